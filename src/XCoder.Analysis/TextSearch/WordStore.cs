using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.TextSearch;

/// <summary>
/// The full-text index of a workspace: SQLite's FTS5 over the fields of <see cref="SnippetWords"/>, with the Porter stemmer. FTS5
/// ranks by BM25 with weighted fields, whose sum is saturated once (BM25F; Robertson, Zaragoza and Taylor, "Simple BM25 Extension
/// to Multiple Weighted Fields", 2004; k1 = 1.2, b = 0.75 over all fields together). The index is made from the store at the first
/// question and follows it from then on; one that is damaged, or that another version made, is made again.
/// </summary>
internal sealed class WordStore : IDisposable
{
    /// <summary>Name of the database within a workspace.</summary>
    public const string FileName = "words.db";

    private const int Version = 1;
    private const int BatchFiles = 256;
    private const int Corrupt = 11, NotADatabase = 26;

    private static readonly string Columns = string.Join(", ", SnippetWords.Fields.Select(static field => field.Name));

    private static readonly string Weights =
        string.Join(", ", SnippetWords.Fields.Select(static field => field.Weight.ToString(CultureInfo.InvariantCulture)));

    private static readonly string Words =
        $"create virtual table words using fts5({Columns}, content='', contentless_delete=1, tokenize='porter unicode61');";

    // file: the stamp of what its words depend on. The words themselves are not stored, only the index of them.
    private static readonly string Tables = $"""
        create table state(key text primary key, value text not null) without rowid;
        create table file(id integer primary key, repository text not null, language text not null, content text not null);
        create table snippet(row integer primary key, file_id integer not null);
        create index snippet_file on snippet(file_id);
        {Words}
        """;

    private readonly SqliteConnection _connection;
    private readonly string _path;

    private WordStore(SqliteConnection connection, string path) => (_connection, _path) = (connection, path);

    /// <summary>Opens the index of a workspace; null if there is none that can be used.</summary>
    public static WordStore? Find(WorkspaceFolder folder) => TryOpen(Path.Combine(folder.Folder, FileName), mustExist: true);

    /// <summary>Creates the index of a workspace anew. This process must hold the lock of the workspace.</summary>
    /// <exception cref="StoreException">The index cannot be written.</exception>
    public static WordStore Create(WorkspaceFolder folder)
    {
        var path = Path.Combine(folder.Folder, FileName);
        try
        {
            foreach (var part in WorkspaceNames.DatabaseParts)
            {
                File.Delete(path + part);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The index {path} cannot be made again: {exception.Message}", exception);
        }

        return TryOpen(path, mustExist: false)
            ?? throw new StoreException($"The index {path} cannot be written. Check the folder's permissions, or choose "
                + "another --workspace.");
    }

    /// <summary>Creates an index in memory, for those who may not write to the workspace.</summary>
    /// <param name="start">The index that it begins with; null begins with an empty one.</param>
    /// <exception cref="StoreException"><paramref name="start"/> cannot be read.</exception>
    public static WordStore InMemory(WordStore? start)
    {
        const string Memory = ":memory:";
        var connection = new SqliteConnection($"Data Source={Memory};Pooling=False");
        var store = new WordStore(connection, start?._path ?? Memory) { IsInMemory = true };
        try
        {
            store._connection.Open();
            store.Guard(() =>
            {
                if (start is null)
                {
                    store._connection.Execute(Tables);
                }
                else
                {
                    start._connection.BackupDatabase(store._connection);
                }

                return true;
            });
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Whether it is lost when it is disposed.</summary>
    public bool IsInMemory { get; private init; }

    /// <summary>Whether an exception says that an index is damaged, so that a new one helps.</summary>
    public static bool IsDamage(StoreException exception) =>
        exception.InnerException is SqliteException { SqliteErrorCode: Corrupt or NotADatabase } or InvalidCastException
            or InvalidDataException or FormatException or OverflowException;

    /// <summary>Whether the index holds what the store holds.</summary>
    public bool IsCurrent(SnippetStore store) =>
        Guard(() => _connection.ExecuteScalar<string>("select value from state where key = 'generation'")) == store.Generation();

    /// <summary>Brings the index to the state of the store, which must not change meanwhile.</summary>
    /// <param name="store">The store.</param>
    /// <param name="threads">Threads that read files.</param>
    /// <param name="progress">Receives the files done and their number.</param>
    /// <param name="cancellation">Cancels the work; what is indexed stays.</param>
    /// <exception cref="StoreException">The store cannot be read, or the index not written.</exception>
    public void Update(SnippetStore store, int threads, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        var generation = store.Generation();
        var known = Guard(() => _connection.Query<(long Id, string Repository, string Language, string Content)>(
            "select id, repository, language, content from file")
            .ToDictionary(static row => row.Id, static row => new FileStamp(row.Repository, row.Language, row.Content)));
        var stamps = store.FileStamps();
        var gone = known.Where(file => stamps.GetValueOrDefault(file.Key) != file.Value).Select(static file => file.Key).ToList();
        Write(connection => Remove(connection, gone));
        if (gone.Count > 0 && IsWorn())
        {
            Write(Clear);
            known = [];
        }

        var added = stamps.Where(file => known.GetValueOrDefault(file.Key) != file.Value).Select(static file => file.Key).Order().ToList();
        var done = 0;
        foreach (var batch in added.Chunk(BatchFiles))
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new StageProgress("words", done, added.Count) { Unit = "files" });
            var files = store.FilesWithSnippets(batch).ToArray();
            var words = new List<(long Row, SnippetWords Words)>[files.Length];
            Parallel.For(0, files.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
                i => words[i] = [.. SnippetWords.Of(files[i])]);
            Write(connection =>
            {
                for (var i = 0; i < files.Length; i++)
                {
                    Insert(connection, files[i].File.Id, stamps[files[i].File.Id], words[i]);
                }
            });
            done += batch.Length;
        }

        Write(connection => connection.Execute("insert or replace into state values('generation', @generation)", new { generation }));
    }

    /// <summary>Finds the snippets that hold any of some words, the best first.</summary>
    /// <param name="words">Words of letters and digits.</param>
    /// <param name="most">Number of snippets, 1 or more.</param>
    /// <param name="repository">Name of a repository; null for all.</param>
    /// <param name="language">Language id; null for all.</param>
    /// <returns>Row ids and scores; a score is above 0, and greater for better ones.</returns>
    public IReadOnlyList<(long Row, double Score)> Find(IReadOnlyCollection<string> words, int most, string? repository, string? language)
    {
        if (words.Count == 0)
        {
            return [];
        }

        var query = string.Join(" OR ", words.Select(static word => $"\"{word}\""));
        // The sign keeps SQLite from looking the words up once for each of these rows.
        var filter = repository is null && language is null ? "" : """
             and +rowid in (select s.row from file f join snippet s on s.file_id = f.id
                where (@repository is null or f.repository = @repository) and (@language is null or f.language = @language))
            """;
        return Guard(() => _connection.Query<(long, double)>(
            $"select rowid, -bm25(words, {Weights}) as score from words where words match @query{filter} order by score desc, rowid "
                + "limit @most", new { query, most, repository, language }).AsList());
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static WordStore? TryOpen(string path, bool mustExist)
    {
        if (mustExist && !File.Exists(path))
        {
            return null;
        }

        var connection = PlainFileSystem.Connect(path, mustExist);
        var store = new WordStore(connection, path);
        try
        {
            DatabaseFiles.Check(path, mustExist);
            var isOurs = store.Guard(() =>
            {
                DatabaseFiles.Open(connection, path, mustExist, static version => version == Version ? Tables : null);
                var version = connection.ExecuteScalar<int>("pragma user_version");
                if (version == 0 && !mustExist)
                {
                    store.Write(static connection => connection.Execute(Tables + $"pragma user_version = {Version};"));
                    version = Version;
                }

                // The names of tables tell not what a virtual one is made of.
                return version == Version
                    && connection.ExecuteScalar<string>("select sql from sqlite_master where name = 'words'") is { } sql
                    && string.Equals(sql + ";", Words, StringComparison.OrdinalIgnoreCase);
            });
            if (isOurs)
            {
                return store;
            }
        }
        catch (StoreException) when (mustExist)
        {
            // It is made again.
        }
        catch
        {
            store.Dispose();
            throw;
        }

        store.Dispose();
        return null;
    }

    // FTS5 cannot take the lengths of removed texts out of the mean length, so an index is made anew once half as many were removed as are
    // left.
    private bool IsWorn() => Guard(() => _connection.ExecuteScalar<long>("""
        select 2 * coalesce((select cast(value as integer) from state where key = 'removed'), 0) > (select count(*) from snippet)
        """)) != 0;

    private static void Clear(SqliteConnection connection) =>
        connection.Execute($"drop table words; delete from snippet; delete from file; delete from state; {Words}");

    private static void Remove(SqliteConnection connection, IReadOnlyList<long> files)
    {
        foreach (var id in files)
        {
            connection.Execute("""
                insert into state select 'removed', count(*) from snippet where file_id = @id
                    on conflict(key) do update set value = cast(value as integer) + excluded.value;
                delete from words where rowid in (select row from snippet where file_id = @id);
                delete from snippet where file_id = @id;
                delete from file where id = @id;
                """, new { id });
        }
    }

    private static void Insert(SqliteConnection connection, long file, FileStamp stamp, List<(long Row, SnippetWords Words)> snippets)
    {
        connection.Execute("insert into file values(@file, @Repository, @Language, @Content)",
            new { file, stamp.Repository, stamp.Language, stamp.Content });
        using var words = new InsertStatement(connection.Handle!, "words",
            ["rowid", .. SnippetWords.Fields.Select(static field => field.Name)]);
        using var places = new InsertStatement(connection.Handle!, "snippet", "row", "file_id");
        foreach (var (row, fields) in snippets)
        {
            words.Add(row);
            foreach (var field in SnippetWords.Fields)
            {
                words.Add(field.Of(fields));
            }

            words.Run();
            places.Add(row).Add(file).Run();
        }
    }

    private void Write(Action<SqliteConnection> action) => Guard(() =>
    {
        using var transaction = new StoreTransaction(_connection);
        action(_connection);
        transaction.Commit();
        return true;
    });

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
        catch (Exception exception) when (exception is InvalidCastException or InvalidDataException or FormatException or OverflowException)
        {
            throw StoreException.Damaged(_path, exception);
        }
    }
}
