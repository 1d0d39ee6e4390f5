using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Store;

/// <summary>
/// The workspace's database. An instance has one connection and is not thread-safe; open one per thread. Readers do not
/// block the writer (WAL).
/// </summary>
public sealed partial class SnippetStore : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly string _path;

    private SnippetStore(SqliteConnection connection, string path) => (_connection, _path) = (connection, path);

    /// <summary>Name of the database within a workspace.</summary>
    public const string FileName = "xcoder.db";

    /// <summary>Opens the store of a workspace, or creates it.</summary>
    /// <param name="folder">Folder of the workspace; it must exist.</param>
    /// <exception cref="StoreException">
    /// The store is damaged, belongs to another version or program, or cannot be opened.
    /// </exception>
    public static SnippetStore Open(string folder) => Open(folder, mustExist: false);

    /// <summary>Opens the store of a workspace that has one.</summary>
    /// <param name="folder">Folder of the workspace.</param>
    /// <exception cref="StoreException">
    /// The store is missing, empty, damaged, belongs to another version or program, or cannot be opened.
    /// </exception>
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
                DatabaseFiles.Open(connection, path, mustExist, Schema.Of);
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

    /// <summary>Whether the database uses write-ahead logging, which some network file systems do not support.</summary>
    public bool UsesWriteAheadLog() => Guard(() => _connection.ExecuteScalar<string>("pragma journal_mode")) == "wal";

    /// <summary>
    /// Freezes what this store reads, whatever other processes write, until the result is disposed. Nothing may be
    /// written through this store meanwhile. Hold it only briefly, because it keeps the write-ahead log from being
    /// emptied.
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

        if (version is < 0 or > Schema.Version)
        {
            throw new StoreException(
                $"The store {_path} has version {version}, but this program reads version {Schema.Version}. "
                    + $"Delete it and run index again, or use the program that made it.");
        }

        using var transaction = new StoreTransaction(_connection);

        // Another process may have created the tables between the two checks.
        version = _connection.ExecuteScalar<int>("pragma user_version");
        if (version < Schema.Version)
        {
            _connection.Execute(Schema.Since(version) + $"pragma user_version = {Schema.Version};");
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
            // SQLite does not validate the values in its pages.
            throw StoreException.Damaged(_path, exception);
        }
    }


    // Follow the values that Columns selects.
    private const string OriginColumns = ", r.root, r.remote, r.commit_id, f.licence, f.licence_source, s.resolved";

    /// <summary>The snippets with these row ids, with code and origin, ordered by file. Missing row ids are left out.</summary>
    public IEnumerable<SnippetOrigin> Origins(IEnumerable<long> rows)
    {
        foreach (var some in rows.Distinct().Chunk(5000))
        {
            // Numbers cannot inject SQL.
            var found = Read(Columns + OriginColumns + From + $"s.id in ({string.Join(',', some)}) order by s.file_id, s.ordinal", null,
                row => (File: row.GetInt64(18), Origin: new SnippetOrigin(
                    row.GetInt64(0), ReadSnippet(row), "",
                    new Repository(row.GetString(2), row.GetString(19), Text(row, 20), Text(row, 21)),
                    row.IsDBNull(22) ? null : new Licence(row.GetString(22), row.GetString(23)),
                    row.IsDBNull(24) ? null : StoredFacts.Read(row.GetString(24))))).ToList();
            foreach (var file in found.GroupBy(item => item.File))
            {
                var text = File(file.Key).Text;
                foreach (var (_, origin) in file)
                {
                    yield return origin with
                    {
                        Code = Encoding.UTF8.GetString(text.AsSpan(origin.Snippet.Span.StartByte..origin.Snippet.Span.EndByte)),
                    };
                }
            }
        }
    }
}

/// <summary>Fixes one state of the store for several reads, in a deferred transaction that has begun to read.</summary>
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
            // The first read determines the state.
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
/// Writes everything or nothing. The provider's own transaction hides the cause of a failure: SQLite rolls back by
/// itself when the disk is full, and the provider's second rollback then throws another error.
/// </summary>
internal sealed class StoreTransaction : IDisposable
{
    private readonly SqliteConnection _connection;

    /// <summary>Begins a write transaction; waits for another writer.</summary>
    public StoreTransaction(SqliteConnection connection)
    {
        _connection = connection;
        connection.Execute("begin immediate");
    }

    /// <summary>Makes the changes permanent.</summary>
    public void Commit() => _connection.Execute("commit");

    /// <summary>Rolls back changes that were not committed.</summary>
    public void Dispose()
    {
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            raw.sqlite3_exec(_connection.Handle, "rollback");
        }
    }
}

/// <summary>A snippet with its code and origin.</summary>
/// <param name="Row">Row id.</param>
/// <param name="Snippet">The snippet without its code.</param>
/// <param name="Code">Text of the snippet.</param>
/// <param name="Repository">The repository that contains it.</param>
/// <param name="Licence">Licence of its file, or null if nothing states one.</param>
/// <param name="Facts">What a compiler resolved, or null.</param>
public sealed record SnippetOrigin(long Row, Snippet Snippet, string Code, Repository Repository, Licence? Licence, ResolvedFacts? Facts);

/// <summary>The SQL that creates the tables. SQLite's <c>user_version</c> stores <see cref="Version"/>.</summary>
internal static class Schema
{
    public const int Version = 3;

    /// <summary>The SQL that creates the tables of a version, or null for an unknown version.</summary>
    public static string? Of(int version) => version switch
    {
        1 => Tables,
        2 => Embeddings + Tables,
        Version => Ignores + Embeddings + Tables,
        _ => null,
    };

    /// <summary>The SQL that adds to the tables of an earlier version, 0 for none, those that it lacks.</summary>
    public static string Since(int version) => version switch
    {
        0 => Of(Version)!,
        1 => Ignores + Embeddings,
        _ => Ignores,
    };

    private const string Ignores = """
        -- Comments that take code out of reports; see IgnoreComment.
        create table ignore_comment(
            file_id integer not null references file(id) on delete cascade,
            start_byte integer not null,
            end_byte integer not null,
            line integer not null,
            reason text not null);
        create index ignore_comment_file on ignore_comment(file_id);

        """;

    private const string Embeddings = """
        -- Embedding models by the hash of their files. Vectors of different models are never compared.
        create table model(
            id integer primary key,
            hash text not null unique,
            name text not null,
            dimension integer not null);

        -- One vector (float16, little-endian, L2-normalised) per distinct input of a model. key: hash of that input.
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

    private const string Tables = """
        -- generation: changes whenever stored repositories, files or skips change.
        create table state(key text primary key, value text not null) without rowid;
        insert into state values('generation', hex(randomblob(16)));

        create table repository(
            id integer primary key,
            name text not null unique,
            root text not null unique,
            remote text,
            commit_id text);

        -- A parsed file: its text (Brotli), its token stream (TokenStream.Encode) and the key of its extraction.
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

        -- Skipped files: one row per file, or per folder skipped as a whole (path ends in /) with the number of its files.
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

        -- Files whose parser hung or crashed. A file is skipped while its content has this hash (null: always).
        create table quarantine(
            repository text not null,
            path text not null,
            hash text,
            detail text not null,
            primary key(repository, path)) without rowid;
        """;
}
