using Dapper;
using Microsoft.Data.Sqlite;
using XCoder.Agents.Rows;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Store;

/// <summary>
/// Stores generated rows in a database of their own beside that of the snippets, so that indexing again keeps them. Has one connection; use
/// it from one thread at a time.
/// </summary>
public sealed partial class GenerationStore : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly string _path;

    private GenerationStore(SqliteConnection connection, string path) => (_connection, _path) = (connection, path);

    /// <summary>File name of the database within a workspace.</summary>
    public const string FileName = "generation.db";

    /// <summary>Whether a workspace contains a store that is not empty.</summary>
    /// <exception cref="StoreException">The path is not a regular file.</exception>
    public static bool Exists(string folder) => !DatabaseFiles.IsEmpty(Path.Combine(folder, FileName));

    /// <summary>Opens the store of a workspace, and creates it when there is none.</summary>
    /// <param name="folder">The workspace's folder; it must exist.</param>
    /// <exception cref="StoreException">The store is damaged, has another version or cannot be opened.</exception>
    public static GenerationStore Open(string folder) => Open(folder, mustExist: false);

    /// <summary>Opens the existing store of a workspace.</summary>
    /// <param name="folder">The workspace's folder.</param>
    /// <exception cref="StoreException">
    /// The store is missing, empty, damaged, of another version or program, or cannot be opened.
    /// </exception>
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
                DatabaseFiles.Open(connection, path, mustExist, SchemaOf);
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

    /// <summary>Opens another connection to the store of a workspace; the caller disposes it.</summary>
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
            throw new StoreException(
                $"The store {_path} has version {version}, this program reads version {GenerationSchema.Version}. Use the program that "
                    + $"made it to export its rows, then move it away.");
        }

        if (version < GenerationSchema.Version)
        {
            _connection.Execute((version == 0 ? GenerationSchema.Sql + EpochSchema.Sql : "") + ExportSchema.Sql
                + $"pragma user_version = {GenerationSchema.Version};");
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
        catch (Exception exception) when (exception is InvalidCastException or FormatException or System.Text.Json.JsonException
            or IndexOutOfRangeException)
        {
            throw GenerationStoreException.Damaged(_path, exception);
        }
    }


    /// <summary>Returns the row with an id, or null.</summary>
    public InstructionRow? Find(string id) =>
        Guard(() => _connection.QuerySingleOrDefault<byte[]>("select json from row where row_id = @id", new { id })) is { } json
            ? Guard(() => RowJson.Read(json)) : null;


    /// <summary>Returns rows by id, in the given order. Ids that are not in the store are left out.</summary>
    public IReadOnlyList<InstructionRow> FindRows(IEnumerable<string> ids) => Guard(() =>
        ids.Select(id => _connection.QuerySingleOrDefault<byte[]>("select json from row where row_id = @id", new { id })).OfType<byte[]>()
            .Select(json => RowJson.Read(json)).ToList());

    /// <summary>Stores the results of verification in one transaction. Rows that were removed meanwhile are skipped.</summary>
    /// <param name="rows">
    /// Rows whose response, verification, candidates, preferences and critique are stored; all other fields keep their stored values.
    /// </param>
    public void PutVerified(IEnumerable<InstructionRow> rows) => Write(() =>
    {
        foreach (var row in rows)
        {
            if (_connection.QuerySingleOrDefault<byte[]>("select json from row where row_id = @Id", new { row.Id }) is { } json)
            {
                var found = RowJson.Read(json) with { Response = row.Response, Verification = row.Verification, Candidates = row.Candidates,
                    Preferences = row.Preferences, Critique = row.Critique };
                _connection.Execute("update row set status = @Status, verdict = @verdict, json = @json where row_id = @Id",
                    new { row.Id, Status = RowNames.Of(row.Verification.Status), verdict = RowNames.Of(row.Critique.Verdict),
                        json = RowJson.Write(found) });
            }
        }

        return true;
    });


    /// <summary>
    /// Stores evidence that rows contain parts of benchmarks, in one transaction. The rows stay, but exports leave them out.
    /// </summary>
    /// <param name="rows">The rows; those without evidence are skipped.</param>
    /// <returns>The number of rows marked.</returns>
    public int MarkContaminated(IEnumerable<InstructionRow> rows) => Write(() =>
        rows.Where(row => row.Contamination is not null)
            .Sum(row => _connection.Execute("update row set json = @json, verdict = @verdict where row_id = @Id",
                new { row.Id, verdict = RowNames.Of(row.Critique.Verdict), json = RowJson.Write(row) })));


    /// <summary>What the recorded replies of a run took.</summary>
    public ReplyUsage UsageOf(long run) => Guard(() => _connection.QuerySingle<ReplyUsage>("""
        select count(*) as Requests, coalesce(sum(prompt_tokens), 0) as PromptTokens, coalesce(sum(completion_tokens), 0) as
          CompletionTokens
        from request where run_id = @run and role <> @trial
        """, new { run, trial = StoredReply.Trial }));
}

/// <summary>Explains errors of SQLite for generated rows, which unlike snippets cost money to generate again.</summary>
internal static class GenerationStoreException
{
    private const int Corrupt = 11, NotADatabase = 26;

    public static StoreException From(SqliteException exception, string path) =>
        exception.SqliteErrorCode is Corrupt or NotADatabase ? Damaged(path, exception) : StoreException.From(exception, path);

    public static StoreException Damaged(string path, Exception exception) =>
        new($"The store of generated rows {path} is damaged. SQLite's own '.recover' may save its content; otherwise move it away "
            + $"(with {path}-wal and {path}-shm) and generate again.", exception);
}

/// <summary>The tables of runs, rows and notices. <see cref="Version"/> is stored in SQLite's <c>user_version</c>.</summary>
internal static class GenerationSchema
{
    public const int Version = 2;

    public const string Sql = Rows + "\n" + ReplySchema.Sql;

    private const string Rows = """
        -- A run and its options. key: hash of every option that changes rows.
        create table run(
            id integer primary key,
            key text not null unique,
            kind text not null,
            options text not null,
            created_at text not null,
            finished_at text);

        -- A row (RowJson), in the order of epoch and ordinal within its run.
        create table row(
            id integer primary key,
            row_id text not null unique,
            run_id integer not null references run(id) on delete cascade,
            epoch integer not null,
            ordinal integer not null,
            dataset text not null,
            source_language text not null,
            target_language text not null,
            concept text,
            verdict text not null,
            status text not null,
            json blob not null,
            unique(run_id, epoch, ordinal));

        -- Snippets that a row was made from, contains, or had as context.
        create table row_snippet(
            row_id integer not null references row(id) on delete cascade,
            snippet text not null,
            role text not null,
            repository text not null,
            primary key(row_id, snippet, role)) without rowid;
        create index row_snippet_snippet on row_snippet(snippet);
        create index row_snippet_repository on row_snippet(repository);

        -- Licence notices: text and copyright lines, each stored once.
        create table notice(
            id text primary key,
            spdx text not null,
            repository text not null,
            source text not null,
            text text not null) without rowid;
        """;
}

/// <summary>The tables of runs by agents: epochs, memories and the features by which rows are compared.</summary>
internal static class EpochSchema
{
    public const string Sql = """
        -- A finished epoch. items: the planned rows and their outcomes, in order (JSON).
        create table epoch(
            run_id integer not null references run(id) on delete cascade,
            number integer not null,
            items text not null,
            created_at text not null,
            primary key(run_id, number)) without rowid;

        -- An agent's memory (AgentMemory, JSON).
        create table agent(
            run_id integer not null references run(id) on delete cascade,
            language text not null,
            memory text not null,
            primary key(run_id, language)) without rowid;

        -- Signature (uint32) and vector (float32) of each row, little-endian.
        create table row_print(
            run_id integer not null references run(id) on delete cascade,
            row_id text not null,
            language text not null,
            signature blob not null,
            vector blob not null,
            primary key(run_id, row_id)) without rowid;
        """;
}

/// <summary>The table of exports, which version 1 did not have.</summary>
internal static class ExportSchema
{
    public const string Sql = """

        -- Paths of exports, for purges.
        create table export(
            path text primary key,
            created_at text not null) without rowid;
        """;
}

/// <summary>The tables of recorded replies.</summary>
internal static class ReplySchema
{
    public const string Sql = """
        -- A reply of the chat model under the content hash of its request, which is never sent again.
        create table request(
            id integer primary key,
            key text not null unique,
            run_id integer,
            role text not null,
            model text not null,
            text text not null,
            refusal text,
            finish text not null,
            prompt_tokens integer not null,
            completion_tokens integer not null,
            milliseconds integer not null,
            created_at text not null);
        create index request_run on request(run_id);

        -- Repositories whose text a request contains.
        create table request_repository(
            request_id integer not null references request(id) on delete cascade,
            repository text not null,
            primary key(request_id, repository)) without rowid;
        create index request_repository_repository on request_repository(repository);
        """;
}
