using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace XCoder.Analysis.Store;

/// <summary>
/// Writes all or nothing. The provider's own transaction hides why one failed: SQLite rolls back by itself when the
/// disk is full, and the provider's second attempt throws another error.
/// </summary>
internal sealed class StoreTransaction : IDisposable
{
    private readonly SqliteConnection _connection;

    /// <summary>Begins to write; waits for another writer.</summary>
    public StoreTransaction(SqliteConnection connection)
    {
        _connection = connection;
        connection.Execute("begin immediate");
    }

    /// <summary>Keeps what was written.</summary>
    public void Commit() => _connection.Execute("commit");

    /// <summary>Takes back what was not committed.</summary>
    public void Dispose()
    {
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            raw.sqlite3_exec(_connection.Handle, "rollback");
        }
    }
}
