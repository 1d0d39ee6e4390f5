using Dapper;
using Microsoft.Data.Sqlite;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Store;

/// <summary>
/// What was generated in a workspace, in a database beside that of the snippets: rows are kept when the snippets are indexed
/// anew. One connection, one thread at a time.
/// </summary>
public sealed partial class GenerationStore : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly string _path;

    private GenerationStore(SqliteConnection connection, string path) => (_connection, _path) = (connection, path);

    /// <summary>Name of the database within a workspace.</summary>
    public const string FileName = "generation.db";

    /// <summary>Whether a workspace holds one that is not empty.</summary>
    /// <exception cref="StoreException">What is there is no plain file.</exception>
    public static bool Exists(string folder) => !DatabaseFiles.IsEmpty(Path.Combine(folder, FileName));

    /// <summary>Opens the store of a workspace, making it where there is none.</summary>
    /// <param name="folder">The workspace's folder; it must exist.</param>
    /// <exception cref="StoreException">The store is damaged, of another version, or cannot be opened.</exception>
    public static GenerationStore Open(string folder) => Open(folder, mustExist: false);

    /// <summary>Opens the store of a workspace that has one.</summary>
    /// <param name="folder">The workspace's folder.</param>
    /// <exception cref="StoreException">There is none, it is empty, damaged, of another version or program, or cannot be opened.</exception>
    public static GenerationStore OpenExisting(string folder) => Open(folder, mustExist: true);

    private static GenerationStore Open(string folder, bool mustExist)
    {
        var path = Path.Combine(folder, FileName);
        DatabaseFiles.Check(path, mustExist);
        var connection = PlainFileSystem.Connect(path, mustExist);
        var store = new GenerationStore(connection, path);
        try
        {
            store.Guard(() =>
            {
                connection.Open();
                if (DatabaseFiles.VersionOf(connection, path, SchemaOf) == 0 && mustExist)
                {
                    throw DatabaseFiles.Empty(path);
                }

                connection.Execute("pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on; pragma temp_store = memory;");
                store.EnsureSchema();
                return true;
            });
            return store;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Another connection to the store of a workspace; the caller closes it.</summary>
    internal static SqliteConnection Connect(string folder) => Open(folder)._connection;

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static string? SchemaOf(int version) => version switch
    {
        1 => GenerationSchema.Sql + EpochSchema.Sql,
        GenerationSchema.Version => GenerationSchema.Sql + EpochSchema.Sql + ExportSchema.Sql,
        _ => null,
    };

    private void EnsureSchema()
    {
        if (_connection.ExecuteScalar<int>("pragma user_version") == GenerationSchema.Version)
        {
            return;
        }

        using var transaction = new StoreTransaction(_connection);
        var version = _connection.ExecuteScalar<int>("pragma user_version");
        if (version is < 0 or > GenerationSchema.Version)
        {
            throw new StoreException($"The store {_path} has version {version}, this program reads version {GenerationSchema.Version}. Use the program that made it to export its rows, then move it away.");
        }

        if (version < GenerationSchema.Version)
        {
            _connection.Execute((version == 0 ? GenerationSchema.Sql + EpochSchema.Sql : "") + ExportSchema.Sql + $"pragma user_version = {GenerationSchema.Version};");
        }

        transaction.Commit();
    }

    private T Write<T>(Func<T> action) => Guard(() =>
    {
        using var transaction = new StoreTransaction(_connection);
        var result = action();
        transaction.Commit();
        return result;
    });

    private T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException exception)
        {
            throw GenerationStoreException.From(exception, _path);
        }
        catch (Exception exception) when (exception is InvalidCastException or FormatException or System.Text.Json.JsonException or IndexOutOfRangeException)
        {
            throw GenerationStoreException.Damaged(_path, exception);
        }
    }
}
