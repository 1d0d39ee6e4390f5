using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Dapper;
using SQLitePCL;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Store;

/// <content>Writes by the indexer. Each method is one transaction.</content>
public sealed partial class SnippetStore
{
    private const string NextGeneration = "update state set value = hex(randomblob(16)) where key = 'generation';";

    /// <summary>A text that changes whenever stored repositories, files or skips change. Vectors and quarantine do not count.</summary>
    public string Generation() => Guard(() => _connection.ExecuteScalar<string>("select value from state where key = 'generation'"))!;

    /// <summary>Adds a repository or updates its facts.</summary>
    /// <returns>Row id of the repository.</returns>
    public long PutRepository(Repository repository) => Guard(() =>
    {
        foreach (var (id, stored) in Repositories())
        {
            if (stored == repository)
            {
                return id;
            }
        }

        _connection.Execute(NextGeneration);
        return _connection.ExecuteScalar<long>("""
            insert into repository(name, root, remote, commit_id) values(@Name, @Root, @Remote, @Commit)
            on conflict(root) do update set remote = excluded.remote, commit_id = excluded.commit_id
            returning id
            """, repository);
    });

    /// <summary>Writes files with their snippets in one transaction. Replaces what was stored for them.</summary>
    public void PutFiles(IReadOnlyList<(long Repository, FileRecord File)> files) => Guard(() =>
    {
        using var transaction = new StoreTransaction(_connection);
        _connection.Execute(NextGeneration);
        _connection.Execute("delete from file where repository_id = @Repository and path = @Path",
            files.Select(file => new { file.Repository, file.File.Path }));
        var next = 1 + _connection.ExecuteScalar<long>("select coalesce(max(id), 0) from file");
        using var insertFile = new InsertStatement(_connection.Handle!, "file",
            "id", "repository_id", "path", "language", "hash", "extractor", "bytes", "has_errors", "invalid_bytes", "inactive_bytes",
            "licence", "licence_source", "imports", "content", "tokens");
        using var insertSnippet = new InsertStatement(_connection.Handle!, "snippet",
            "snippet_id", "file_id", "ordinal", "parent", "kind", "form", "name", "qualified_name",
            "start_byte", "end_byte", "start_line", "end_line", "first_token", "tokens", "signature", "documentation", "parameters",
            "decorators", "imports", "is_test", "has_errors", "exact_hash", "renamed_hash", "resolved");
        foreach (var (repository, file) in files)
        {
            Insert(insertFile, next, repository, file);
            for (var ordinal = 0; ordinal < file.Keys.Count; ordinal++)
            {
                Insert(insertSnippet, next, ordinal, file.Extracted.Snippets[ordinal], file.Keys[ordinal]);
            }

            PutIgnores(next, file.Ignores);

            next++;
        }

        transaction.Commit();
        return true;
    });

    /// <summary>
    /// Completes the indexing of a part of a repository: removes files that no longer exist and records what was
    /// skipped.
    /// </summary>
    /// <param name="repository">Row id of the repository.</param>
    /// <param name="scopes">Folders or files below the root that were walked; <c>""</c> for the whole repository.</param>
    /// <param name="gone">Row ids of stored files in these scopes to remove.</param>
    /// <param name="skips">What was skipped in these scopes.</param>
    public void Finish(long repository, IReadOnlyList<string> scopes, IReadOnlyCollection<long> gone,
        IReadOnlyCollection<SkipRecord> skips) => Guard(() =>
    {
        var stored = scopes.SelectMany(scope => SkipsIn(repository, scope));
        if (gone.Count == 0 && skips.Order(SkipOrder).SequenceEqual(stored.Order(SkipOrder)))
        {
            return true;
        }

        using var transaction = new StoreTransaction(_connection);
        _connection.Execute(NextGeneration);
        _connection.Execute("delete from file where id = @id", gone.Select(id => new { id }));
        _connection.Execute("delete from skip where " + SkipScope, scopes.Select(scope => new { repository, scope }));
        _connection.Execute(
            "insert or replace into skip(repository_id, path, reason, files, language, detail) "
                + "values(@repository, @Path, @Reason, @Files, @Language, @Detail)",
            skips.Select(skip => new { repository, skip.Path, Reason = skip.Reason.Name(), skip.Files, skip.Language, skip.Detail }));
        transaction.Commit();
        return true;
    });

    /// <summary>Removes a repository and everything stored about it.</summary>
    /// <returns>Whether a repository with this name existed.</returns>
    public bool RemoveRepository(string name) =>
        Guard(() => _connection.Execute(NextGeneration + "delete from repository where name = @name", new { name }) > 0);

    /// <summary>
    /// Removes a repository without leaving a trace in the database: its vectors that no other repository uses, and its
    /// quarantined files, go too. Freed pages are overwritten, the database is rebuilt and its log emptied. Repeating
    /// the call changes nothing.
    /// </summary>
    /// <param name="name">Name of the repository.</param>
    public void Purge(string name) => Guard(() =>
    {
        _connection.Execute("pragma secure_delete = on");
        using (var transaction = new StoreTransaction(_connection))
        {
            _connection.Execute(NextGeneration + """
                delete from repository where name = @name;
                delete from quarantine where repository = @name;
                delete from embedding where not exists (select 1 from snippet_embedding e where e.embedding_id = embedding.id);
                """, new { name });
            transaction.Commit();
        }

        // VACUUM builds the new database on disk, because it may be larger than memory.
        return _connection.Execute("pragma temp_store = file; vacuum; pragma wal_checkpoint(truncate); pragma temp_store = memory;");
    });

    /// <summary>
    /// Records that a file's parser hung or crashed. The file is skipped while its bytes hash to
    /// <paramref name="hash"/> (null: always).
    /// </summary>
    public void Quarantine(string repository, string path, string? hash, string detail) => Guard(() => _connection.Execute(
        "insert or replace into quarantine(repository, path, hash, detail) values(@repository, @path, @hash, @detail)",
        new { repository, path, hash, detail }));

    private const string SkipScope =
        "repository_id = @repository and (@scope = '' or path = @scope or substr(path, 1, length(@scope) + 1) = @scope || '/')";

    private static readonly Comparer<SkipRecord> SkipOrder = Comparer<SkipRecord>.Create((a, b) => string.CompareOrdinal(a.Path, b.Path));

    /// <summary>What was left out below a path of a repository; all for <c>""</c>. Read lazily.</summary>
    internal IEnumerable<SkipRecord> SkipsIn(long repository, string scope) => Read(
        "select path, reason, files, language, detail from skip where " + SkipScope, new { repository, scope },
        row => new SkipRecord(row.GetString(0), SkipReasonNames.Parse(row.GetString(1)), row.GetInt32(2), Text(row, 3), Text(row, 4)));

    private static void Insert(InsertStatement statement, long id, long repository, FileRecord file) => statement
        .Add(id)
        .Add(repository)
        .Add(file.Path)
        .Add(file.Extracted.Language)
        .Add(file.Hash)
        .Add(file.Extractor)
        .Add(file.Bytes)
        .Add(file.Extracted.HasErrors)
        .Add(file.InvalidBytes)
        .Add(file.Extracted.InactiveBytes)
        .Add(file.Licence?.Spdx)
        .Add(file.Licence?.Source)
        .Add(Json(file.Extracted.Imports))
        .Add(file.Content)
        .Add(file.Tokens)
        .Run();

    private static void Insert(InsertStatement statement, long file, int ordinal, ExtractedSnippet snippet, SnippetKey key) => statement
        .Add(key.Id)
        .Add(file)
        .Add(ordinal)
        .Add(snippet.Parent)
        .Add((int)snippet.Kind)
        .Add(snippet.Form)
        .Add(snippet.Name)
        .Add(snippet.QualifiedName)
        .Add(snippet.Span.StartByte)
        .Add(snippet.Span.EndByte)
        .Add(snippet.Span.StartLine)
        .Add(snippet.Span.EndLine)
        .Add(snippet.FirstToken)
        .Add(snippet.TokenCount)
        .Add(snippet.Signature)
        .Add(snippet.Documentation)
        .Add(Json(snippet.Parameters))
        .Add(Json(snippet.Decorators))
        .Add(snippet.Imports.Count == 0 ? null : string.Join(',', snippet.Imports))
        .Add(snippet.IsTest)
        .Add(snippet.HasErrors)
        .Add(Bytes(key.Exact))
        .Add(Bytes(key.Renamed))
        .Add(snippet.Resolved is { } facts ? StoredFacts.Write(facts) : null)
        .Run();

    private static ReadOnlySpan<byte> Bytes(in UInt128 value) => MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in value));

    private static string? Json(IReadOnlyList<string> values) => values.Count == 0 ? null : StoredList.Write(values);
}

/// <summary>
/// A prepared insert that binds by position. The provider binds by name, which took a fifth of an index run for the 24
/// columns of a snippet; this takes a fifteenth.
/// </summary>
internal sealed class InsertStatement : IDisposable
{
    private const int Done = 101;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private int _next = 1;

    /// <summary>Prepares the statement on an open connection.</summary>
    public InsertStatement(sqlite3 database, string table, params IReadOnlyList<string> columns)
    {
        _database = database;
        var sql = $"insert into {table}({string.Join(", ", columns)}) values({string.Join(", ", columns.Select(_ => "?"))})";
        Check(raw.sqlite3_prepare_v2(database, sql, out _statement));
    }

    public InsertStatement Add(long value) => Bound(raw.sqlite3_bind_int64(_statement, _next++, value));

    public InsertStatement Add(bool value) => Add(value ? 1 : 0);

    public InsertStatement Add(string? value) =>
        Bound(value is null ? raw.sqlite3_bind_null(_statement, _next++) : raw.sqlite3_bind_text(_statement, _next++, value));

    public InsertStatement Add(ReadOnlySpan<byte> value) => Bound(raw.sqlite3_bind_blob(_statement, _next++, value));

    /// <summary>Inserts a row with the values added since the last call.</summary>
    public void Run()
    {
        var result = raw.sqlite3_step(_statement);
        if (result != Done)
        {
            Check(result);
        }

        raw.sqlite3_reset(_statement);
        _next = 1;
    }

    public void Dispose() => _statement.Dispose();

    private InsertStatement Bound(int result)
    {
        Check(result);
        return this;
    }

    private void Check(int result)
    {
        if (result != 0)
        {
            throw new Microsoft.Data.Sqlite.SqliteException(raw.sqlite3_errmsg(_database).utf8_to_string(), result & 0xFF, result);
        }
    }
}

/// <summary>Converts resolved facts to and from the JSON in the store.</summary>
internal static class StoredFacts
{
    public static string Write(ResolvedFacts facts)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("signature", facts.Signature);
            writer.WriteTexts("calls", facts.Calls);
            writer.WriteTexts("types", facts.Types);
            writer.WriteBoolean("selfContained", facts.IsSelfContained);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public static ResolvedFacts Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new ResolvedFacts(root.GetProperty("signature").GetString()!, List(root, "calls"), List(root, "types"),
            root.GetProperty("selfContained").GetBoolean());
    }

    private static string[] List(JsonElement root, string name) =>
        [.. root.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];
}
