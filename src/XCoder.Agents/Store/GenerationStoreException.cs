using Microsoft.Data.Sqlite;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Store;

/// <summary>Says what an error of SQLite means for generated rows, which unlike snippets cannot be made again for nothing.</summary>
internal static class GenerationStoreException
{
    private const int Corrupt = 11, NotADatabase = 26;

    public static StoreException From(SqliteException exception, string path) =>
        exception.SqliteErrorCode is Corrupt or NotADatabase ? Damaged(path, exception) : StoreException.From(exception, path);

    public static StoreException Damaged(string path, Exception exception) =>
        new($"The store of generated rows {path} is damaged. SQLite's own '.recover' may save what is in it; else move it away (with {path}-wal and {path}-shm) and generate again.", exception);
}
