using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace XCoder.Analysis.Store;

/// <summary>
/// The workspace's database. One connection, one thread at a time; open several for several threads. Readers do
/// not block the writer (WAL).
/// </summary>
public sealed partial class SnippetStore : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly string _path;

    private SnippetStore(SqliteConnection connection, string path) => (_connection, _path) = (connection, path);

    /// <summary>Name of the database within a workspace.</summary>
    public const string FileName = "xcoder.db";

    /// <summary>Opens the store of a workspace, making it where there is none.</summary>
    /// <param name="folder">The workspace's folder; it must exist.</param>
    /// <exception cref="StoreException">The store is damaged, of another version or program, or cannot be opened.</exception>
    public static SnippetStore Open(string folder) => Open(folder, mustExist: false);

    /// <summary>Opens the store of a workspace that has one.</summary>
    /// <param name="folder">The workspace's folder.</param>
    /// <exception cref="StoreException">There is none, it is empty, damaged, of another version or program, or cannot be opened.</exception>
    public static SnippetStore OpenExisting(string folder) => Open(folder, mustExist: true);

    private static SnippetStore Open(string folder, bool mustExist)
    {
        var path = Path.Combine(folder, FileName);
        DatabaseFiles.Check(path, mustExist);
        var connection = PlainFileSystem.Connect(path, mustExist);
        var store = new SnippetStore(connection, path);
        try
        {
            store.Guard(() =>
            {
                connection.Open();
                if (DatabaseFiles.VersionOf(connection, path, Schema.Of) == 0 && mustExist)
                {
                    throw DatabaseFiles.Empty(path);
                }

                connection.Execute("pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on; pragma temp_store = memory; pragma cache_size = -16000;");
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

    /// <summary>Version of the SQLite library in use.</summary>
    public string SqliteVersion() => Guard(() => _connection.ExecuteScalar<string>("select sqlite_version()"))!;

    /// <summary>Whether the database is in write-ahead mode; some network file systems cannot do it.</summary>
    public bool UsesWriteAheadLog() => Guard(() => _connection.ExecuteScalar<string>("pragma journal_mode")) == "wal";

    /// <summary>
    /// Keeps what is read from now on as it is now, whatever other processes write, until the result is disposed.
    /// Nothing may be written meanwhile. To be held shortly: it keeps the write-ahead log from being emptied.
    /// </summary>
    public IDisposable Snapshot() => Guard(() => new StoreSnapshot(_connection));

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private void EnsureSchema()
    {
        var version = _connection.ExecuteScalar<int>("pragma user_version");
        if (version == Schema.Version)
        {
            return;
        }

        if (version is not (0 or 1))
        {
            throw new StoreException($"The store {_path} has version {version}, this program reads version {Schema.Version}. Delete it and run index again, or use the program that made it.");
        }

        using var transaction = new StoreTransaction(_connection);

        // Another process may have made the tables between the two looks.
        version = _connection.ExecuteScalar<int>("pragma user_version");
        if (version < Schema.Version)
        {
            _connection.Execute((version == 0 ? Schema.Sql : Schema.Embeddings) + $"pragma user_version = {Schema.Version};");
        }

        transaction.Commit();
    }

    private T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException exception)
        {
            throw StoreException.From(exception, _path);
        }
        catch (Exception exception) when (exception is InvalidCastException or InvalidDataException or FormatException or ArgumentException or OverflowException or JsonException or IndexOutOfRangeException or KeyNotFoundException)
        {
            // SQLite does not look at what its pages say.
            throw StoreException.Damaged(_path, exception);
        }
    }
}
