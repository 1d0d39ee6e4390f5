using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using XCoder.Analysis.Model;

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
    /// <exception cref="StoreException">There is none, it is empty, damaged, of another version or program, or cannot be
    /// opened.</exception>
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

                connection.Execute(
                    "pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on; "
                        + "pragma temp_store = memory; pragma cache_size = -16000;");
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
            throw new StoreException(
                $"The store {_path} has version {version}, this program reads version {Schema.Version}. Delete it and run index again, or "
                    + $"use the program that made it.");
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
        catch (Exception exception) when (exception is InvalidCastException or InvalidDataException or FormatException or ArgumentException
            or OverflowException or JsonException or IndexOutOfRangeException or KeyNotFoundException)
        {
            // SQLite does not look at what its pages say.
            throw StoreException.Damaged(_path, exception);
        }
    }

    // Snippets with all that is known of where they come from.

    // A snippet has more columns than Columns names: these follow them.
    private const string OriginColumns = ", r.root, r.remote, r.commit_id, f.licence, f.licence_source, s.resolved";

    /// <summary>The snippets with these row ids, with code and origin, ordered by file; a row id that is not there is left out.</summary>
    public IEnumerable<SnippetOrigin> Origins(IEnumerable<long> rows)
    {
        foreach (var some in rows.Distinct().Chunk(5000))
        {
            // Numbers, so they may stand in the text.
            var found = Read(Columns + OriginColumns + From + $"s.id in ({string.Join(',', some)}) order by s.file_id, s.ordinal", null,
                row => (File: row.GetInt64(18), Origin: new SnippetOrigin(
                row.GetInt64(0), ReadSnippet(row), "", new Repository(row.GetString(2), row.GetString(19), Text(row, 20), Text(row, 21)),
                row.IsDBNull(22) ? null : new Licence(row.GetString(22), row.GetString(23)),
                row.IsDBNull(24) ? null : StoredFacts.Read(row.GetString(24))))).ToList();
            foreach (var file in found.GroupBy(item => item.File))
            {
                var text = File(file.Key).Text;
                foreach (var (_, origin) in file)
                {
                    yield return origin with { Code = Encoding.UTF8.GetString(
                        text.AsSpan(origin.Snippet.Span.StartByte..origin.Snippet.Span.EndByte)) };
                }
            }
        }
    }
}

/// <summary>One state of the store for several reads: a deferred transaction that has begun to read.</summary>
internal sealed class StoreSnapshot : IDisposable
{
    private readonly SqliteConnection _connection;
    private bool _isOver;

    public StoreSnapshot(SqliteConnection connection)
    {
        _connection = connection;
        connection.Execute("begin deferred");
        try
        {
            // The state is that of the first read.
            connection.ExecuteScalar<long>("select count(*) from state");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (!_isOver && raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            raw.sqlite3_exec(_connection.Handle, "rollback");
        }

        _isOver = true;
    }
}

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

/// <summary>A snippet with its code and where it comes from.</summary>
/// <param name="Row">Row id.</param>
/// <param name="Snippet">The snippet.</param>
/// <param name="Code">Its text.</param>
/// <param name="Repository">Its repository.</param>
/// <param name="Licence">Licence of its file, or null where nothing says one.</param>
/// <param name="Facts">What a compiler resolved, or null.</param>
public sealed record SnippetOrigin(long Row, Snippet Snippet, string Code, Repository Repository, Licence? Licence, ResolvedFacts? Facts);

/// <summary>The tables. <see cref="Version"/> is kept in SQLite's <c>user_version</c>.</summary>
internal static class Schema
{
    public const int Version = 2;

    /// <summary>What made the tables of a version, or null.</summary>
    public static string? Of(int version) => version switch { 1 => Tables, Version => Sql, _ => null };

    /// <summary>Version 1 had all but these.</summary>
    public const string Embeddings = """
        -- Embedding models by the hash of their files: vectors of two models never meet.
        create table model(
            id integer primary key,
            hash text not null unique,
            name text not null,
            dimension integer not null);

        -- A vector (float16, little-endian, length 1) a distinct input of a model; key: hash of what the model reads.
        create table embedding(
            id integer primary key,
            model_id integer not null references model(id) on delete cascade,
            key blob not null,
            vector blob not null,
            unique(model_id, key));

        create table snippet_embedding(
            snippet_id integer not null references snippet(id) on delete cascade,
            model_id integer not null references model(id) on delete cascade,
            embedding_id integer not null references embedding(id) on delete cascade,
            primary key(snippet_id, model_id)) without rowid;
        create index snippet_embedding_embedding on snippet_embedding(embedding_id);

        """;

    public const string Sql = Embeddings + Tables;

    private const string Tables = """
        -- generation: another text whenever anything else is stored.
        create table state(key text primary key, value text not null) without rowid;
        insert into state values('generation', hex(randomblob(16)));

        create table repository(
            id integer primary key,
            name text not null unique,
            root text not null unique,
            remote text,
            commit_id text);

        -- A parsed file: its text (Brotli), its token stream (TokenStream.Encode) and what extraction depends on.
        create table file(
            id integer primary key,
            repository_id integer not null references repository(id) on delete cascade,
            path text not null,
            language text not null,
            hash text not null,
            extractor text not null,
            bytes integer not null,
            has_errors integer not null,
            invalid_bytes integer not null,
            inactive_bytes integer not null,
            licence text,
            licence_source text,
            imports text,
            content blob not null,
            tokens blob not null,
            unique(repository_id, path));

        -- Files left out, one row a file, or one a pruned folder (path ends in /) with the number of files in it.
        create table skip(
            repository_id integer not null references repository(id) on delete cascade,
            path text not null,
            reason text not null,
            files integer not null,
            language text,
            detail text,
            primary key(repository_id, path)) without rowid;

        create table snippet(
            id integer primary key,
            snippet_id text not null unique,
            file_id integer not null references file(id) on delete cascade,
            ordinal integer not null,
            parent integer not null,
            kind integer not null,
            form text,
            name text not null,
            qualified_name text not null,
            start_byte integer not null,
            end_byte integer not null,
            start_line integer not null,
            end_line integer not null,
            first_token integer not null,
            tokens integer not null,
            signature text not null,
            documentation text,
            parameters text,
            decorators text,
            imports text,
            is_test integer not null,
            has_errors integer not null,
            exact_hash blob not null,
            renamed_hash blob not null,
            resolved text);
        create index snippet_file on snippet(file_id, ordinal);

        -- A file whose parser hung or died: skipped while its content is this.
        create table quarantine(
            repository text not null,
            path text not null,
            hash text,
            detail text not null,
            primary key(repository, path)) without rowid;
        """;
}
