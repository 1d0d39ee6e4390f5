using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Store;

/// <content>Queries of the other stages.</content>
public sealed partial class SnippetStore
{
    private const string From = " from snippet s join file f on f.id = s.file_id join repository r on r.id = f.repository_id where ";

    private const string Columns = """
        select s.id, s.snippet_id, r.name, f.path, f.language, s.kind, s.form, s.name, s.qualified_name,
            s.start_byte, s.end_byte, s.start_line, s.end_line, s.signature, s.documentation, s.tokens, s.has_errors, s.is_test, s.file_id
        """;

    /// <summary>All repositories with their row ids, ordered by name.</summary>
    public IReadOnlyList<(long Id, Repository Repository)> Repositories() =>
        [.. Read("select id, name, root, remote, commit_id from repository order by name", null,
            row => (row.GetInt64(0), new Repository(row.GetString(1), row.GetString(2), Text(row, 3), Text(row, 4))))];

    /// <summary>The state of each file in a repository, by path.</summary>
    public Dictionary<string, FileState> FileStates(long repository) =>
        Read("select path, id, hash, extractor, licence, licence_source from file where repository_id = @repository", new { repository },
            row => (Path: row.GetString(0),
                State: new FileState(row.GetInt64(1), row.GetString(2), row.GetString(3),
                    row.IsDBNull(4) ? null : new Licence(row.GetString(4), row.GetString(5)))))
                    .ToDictionary(row => row.Path, row => row.State);

    /// <summary>
    /// Quarantined files: (repository, path) → hash of the bytes that caused it (null for any) and what happened.
    /// </summary>
    public Dictionary<(string Repository, string Path), (string? Hash, string Detail)> Quarantined() =>
        Read("select repository, path, hash, detail from quarantine", null,
            row => (Key: (row.GetString(0), row.GetString(1)), Value: (Text(row, 2), row.GetString(3))))
            .ToDictionary(row => row.Key, row => row.Value);

    /// <summary>Files with text and tokens, ordered by repository and path. Read lazily.</summary>
    public IEnumerable<StoredFile> Files(StoreSelection selection) =>
        Read("select f.id, f.content, f.tokens from file f join repository r on r.id = f.repository_id where " + selection.Sql
            + " order by r.name, f.path", selection.Parameters, ReadFile);

    /// <summary>
    /// Everything stored about all repositories but one, except the texts of files: paths, names, signatures,
    /// documentation, facts, details of skips.
    /// </summary>
    /// <param name="repository">Name of the repository to leave out.</param>
    public IEnumerable<string> FactsOfOthers(string repository) => Read("""
        select coalesce(f.path, '') || char(10) || coalesce(f.imports, '') || char(10) || coalesce(s.qualified_name, '') || char(10) ||
          coalesce(s.form, '') || char(10) || coalesce(s.signature, '') || char(10) || coalesce(s.documentation, '') || char(10) ||
          coalesce(s.parameters, '') || char(10) || coalesce(s.decorators, '') || char(10) || coalesce(s.imports, '') || char(10) ||
          coalesce(s.resolved, '')
        from file f join repository r on r.id = f.repository_id left join snippet s on s.file_id = f.id where r.name <> @repository
        union all select coalesce(r.name, '') || char(10) || coalesce(r.root, '') || char(10) || coalesce(r.remote, '') || char(10) ||
          coalesce(r.commit_id, '')
        from repository r where r.name <> @repository
        union all select coalesce(k.path, '') || char(10) || coalesce(k.detail, '')
        from skip k join repository r on r.id = k.repository_id where r.name <> @repository
        union all select i.reason
        from ignore_comment i join file f on f.id = i.file_id join repository r on r.id = f.repository_id where r.name <> @repository
        union all select coalesce(path, '') || char(10) || coalesce(detail, '') from quarantine where repository <> @repository
        """, new { repository }, row => row.GetString(0));

    /// <summary>Row ids of the selected files.</summary>
    public IEnumerable<long> FileIds(StoreSelection selection) =>
        Read("select f.id from file f join repository r on r.id = f.repository_id where " + selection.Sql, selection.Parameters,
            row => row.GetInt64(0));

    /// <summary>Files that have snippets, together with these, ordered by repository and path. Read lazily.</summary>
    public IEnumerable<FileSnippets> FilesWithSnippets(StoreSelection selection) => WithSnippets(Files(selection));

    /// <summary>Files with these row ids, together with their snippets, in this order; not those without any. Read lazily.</summary>
    internal IEnumerable<FileSnippets> FilesWithSnippets(IEnumerable<long> files) => WithSnippets(files.Select(File));

    /// <summary>Row ids of the files with snippets, each with its stamp.</summary>
    internal IReadOnlyDictionary<long, FileStamp> FileStamps() => Read("""
        select f.id, r.name, f.language, f.path || char(10) || f.hash || ' ' || f.extractor || ' ' || min(s.id) || ' ' || count(*)
        from file f join repository r on r.id = f.repository_id join snippet s on s.file_id = f.id group by f.id
        """, null, static row => (Id: row.GetInt64(0), Stamp: new FileStamp(row.GetString(1), row.GetString(2), row.GetString(3))))
        .ToDictionary(static row => row.Id, static row => row.Stamp);

    /// <summary>The files that hold these snippets, together with all their snippets, ordered by row id. Read lazily.</summary>
    internal IEnumerable<FileSnippets> FilesOf(IEnumerable<long> rows)
    {
        // Numbers cannot inject SQL.
        var files = rows.Distinct().Chunk(5000).SelectMany(some =>
            Read($"select distinct file_id from snippet where id in ({string.Join(',', some)})", null, row => row.GetInt64(0)));
        return WithSnippets(files.ToHashSet().Order().Select(File));
    }

    /// <summary>
    /// The functions with these names: repository, language, name, signature and the licence of the file, which may be null.
    /// </summary>
    internal IReadOnlyList<(string Repository, string Language, string Name, string Signature, string? Licence)> Signatures(
        IReadOnlyCollection<string> names) => names.Count == 0 ? []
            : [.. Read("select r.name, f.language, s.name, s.signature, f.licence, s.kind" + From
                    + "s.name in (select value from json_each(@names)) order by s.id",
                new { names = JsonSerializer.Serialize(names) },
                row => (Found: (row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), Text(row, 4)),
                    Kind: (SnippetKind)row.GetInt32(5)))
                .Where(item => !item.Kind.IsStructure()).Select(item => item.Found)];

    /// <summary>Text and tokens of the file with this row id.</summary>
    public StoredFile File(long id) => Read("select id, content, tokens from file where id = @id", new { id }, ReadFile).Single();

    private IEnumerable<FileSnippets> WithSnippets(IEnumerable<StoredFile> files)
    {
        foreach (var file in files)
        {
            var snippets = Read(Columns + ", s.ordinal, s.parent, s.first_token" + From + "s.file_id = @Id order by s.ordinal",
                new { file.Id },
                row => new SnippetTokens(row.GetInt64(0), row.GetInt32(19), row.GetInt32(20), row.GetInt32(21), ReadSnippet(row))).ToList();
            if (snippets.Count > 0)
            {
                yield return new FileSnippets(file, snippets);
            }
        }
    }

    /// <summary>Facts about the content of snippets, ordered by repository, path and position.</summary>
    public IEnumerable<SnippetRow> Rows(StoreSelection selection) =>
        Read("""
            select s.id, s.file_id, s.kind, s.start_byte, s.end_byte, s.first_token, s.tokens,
                length(f.path) - length(replace(f.path, '/', '')), s.has_errors, s.documentation is not null, s.is_test, s.exact_hash,
                s.renamed_hash
            """ + From + selection.Sql + " order by r.name, f.path, s.ordinal", selection.Parameters,
            row => new SnippetRow(row.GetInt64(0), row.GetInt64(1), (SnippetKind)row.GetInt32(2), row.GetInt32(3), row.GetInt32(4),
                row.GetInt32(5), row.GetInt32(6), row.GetInt32(7), row.GetBoolean(8), row.GetBoolean(9), row.GetBoolean(10),
                MemoryMarshal.Read<UInt128>((byte[])row[11]),
                MemoryMarshal.Read<UInt128>((byte[])row[12])));

    /// <summary>Place and qualified name of snippets, in the order of <see cref="Rows"/>. Read lazily.</summary>
    public IEnumerable<(string Repository, string Path, string Name)> Places(StoreSelection selection) =>
        Read("select r.name, f.path, s.qualified_name" + From + selection.Sql + " order by r.name, f.path, s.ordinal", selection.Parameters,
            row => (row.GetString(0), row.GetString(1), row.GetString(2)));

    /// <summary>The qualified names of the snippets of files, by row id of the snippet.</summary>
    internal Dictionary<long, string> QualifiedNames(IEnumerable<long> files) => files.Chunk(5000)
        .SelectMany(some => Read($"select id, qualified_name from snippet where file_id in ({string.Join(',', some)})", null,
            static row => (Row: row.GetInt64(0), Name: row.GetString(1))))
        .ToDictionary(static snippet => snippet.Row, static snippet => snippet.Name);

    /// <summary>Places and contents of files, ordered by repository and path.</summary>
    public IEnumerable<FileHash> FileHashes(StoreSelection selection) =>
        Read("select f.id, r.name, f.path, f.hash, f.bytes from file f join repository r on r.id = f.repository_id where " + selection.Sql
            + " order by r.name, f.path", selection.Parameters,
            row => new FileHash(row.GetInt64(0), row.GetString(1), row.GetString(2),
                UInt128.Parse(row.GetString(3).AsSpan(0, 32), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                row.GetInt32(4)));

    /// <summary>The language of each file, by row id.</summary>
    internal Dictionary<long, string> FileLanguages(StoreSelection selection) =>
        Read("select f.id, f.language from file f join repository r on r.id = f.repository_id where " + selection.Sql, selection.Parameters,
            row => (Id: row.GetInt64(0), Language: string.Intern(row.GetString(1)))).ToDictionary(row => row.Id, row => row.Language);

    /// <summary>The files with these row ids as snippets that stand for them (<see cref="Snippet.IsFile"/>), without tokens.</summary>
    public Dictionary<long, Snippet> FilesAsSnippets(IEnumerable<long> rows)
    {
        var result = new Dictionary<long, Snippet>();
        foreach (var some in rows.Distinct().Chunk(5000))
        {
            foreach (var (row, file) in Read("select f.id, r.name, f.path, f.language, f.has_errors, f.content "
                + $"from file f join repository r on r.id = f.repository_id where f.id in ({string.Join(',', some)})", null,
                row => (row.GetInt64(0), ReadAsSnippet(row))))
            {
                result[row] = file;
            }
        }

        return result;
    }

    private static Snippet ReadAsSnippet(DbDataReader row)
    {
        var (path, text) = (row.GetString(2), StoredText.Decompress((byte[])row[5]));
        var lines = text.AsSpan().Count((byte)'\n') + (text.Length > 0 && text[^1] == '\n' ? 0 : 1);
        return new Snippet
        {
            Id = $"{row.GetString(1)}/{path}",
            Repository = row.GetString(1),
            Path = path,
            Language = row.GetString(3),
            Kind = SnippetKind.Structure,
            Name = path[(path.LastIndexOf('/') + 1)..],
            QualifiedName = path,
            Span = new SourceSpan(0, text.Length, 1, lines),
            Signature = "",
            Tokens = 0,
            HasErrors = row.GetBoolean(4),
        };
    }

    /// <summary>Snippets ordered by repository, path and position. Read lazily.</summary>
    public IEnumerable<Snippet> Snippets(StoreSelection selection) =>
        Read(Columns + From + selection.Sql + " order by r.name, f.path, s.ordinal", selection.Parameters, ReadSnippet);

    /// <summary>The snippets with these row ids, by row id.</summary>
    public Dictionary<long, Snippet> Snippets(IEnumerable<long> rows)
    {
        var result = new Dictionary<long, Snippet>();
        foreach (var some in rows.Distinct().Chunk(5000))
        {
            // Numbers cannot inject SQL, and there are more than SQLite allows as parameters.
            foreach (var (row, snippet) in Read(Columns + From + $"s.id in ({string.Join(',', some)})", null,
                row => (row.GetInt64(0), ReadSnippet(row))))
            {
                result[row] = snippet;
            }
        }

        return result;
    }

    /// <summary>Row id, bare name, documentation and test mark of every snippet, ordered by row id.</summary>
    public IEnumerable<(long Row, string Name, string? Documentation, bool IsTest)> Names() =>
        Read("select id, name, documentation, is_test from snippet order by id", null,
            row => (row.GetInt64(0), row.GetString(1), Text(row, 2), row.GetBoolean(3)));

    /// <summary>Row id of the snippet with this id, or null.</summary>
    public long? FindSnippet(string id) =>
        Read("select id from snippet where snippet_id = @id", new { id }, row => (long?)row.GetInt64(0)).FirstOrDefault();

    // Files that match a path, with how well they match.
    private const string FilesThatFit = """
        with candidate as (
            select f.id, r.name as repository, f.path, r.root || '/' || f.path as full_path,
                4 * (r.root || '/' || f.path = @fullPath) + 2 * (r.name || '/' || f.path = @path) + (f.path = @path) as fit
            from file f join repository r on r.id = f.repository_id
            where f.path = @path or r.name || '/' || f.path = @path or r.root || '/' || f.path = @fullPath
                or substr(f.path, -length('/' || @path)) = '/' || @path)

        """;

    /// <summary>
    /// The innermost snippet at a line, in each of the files that match a path best. An absolute path matches best,
    /// then repository and path, then the path below a root, then the end of a path. Ordered by repository and path.
    /// </summary>
    /// <param name="path">
    /// Path below a repository's root, with or without the repository's name before it, or the end of such a path.
    /// </param>
    /// <param name="fullPath">The same path made absolute.</param>
    /// <param name="line">The line, 1-based.</param>
    public IReadOnlyList<(long Snippet, string Repository, string Path, string FullPath)> FindSnippetsAt(string path, string fullPath,
        int line) => [.. Read(FilesThatFit + """
        select s.id, c.repository, c.path, c.full_path from candidate c join snippet s on s.file_id = c.id
        where c.fit = (select max(fit) from candidate) and s.start_line <= @line and s.end_line >= @line
        order by c.repository, c.path, s.end_line - s.start_line, s.id
        """, new { path, fullPath, line },
        row => (Snippet: row.GetInt64(0), Repository: row.GetString(1), Path: row.GetString(2), FullPath: row.GetString(3)))
        .DistinctBy(row => (row.Repository, row.Path))];

    /// <summary>
    /// The snippet nearest to a line, in each of the files that match a path best; null for a file without snippets.
    /// Empty if no stored file matches.
    /// </summary>
    /// <param name="path">As in <see cref="FindSnippetsAt"/>.</param>
    /// <param name="fullPath">As in <see cref="FindSnippetsAt"/>.</param>
    /// <param name="line">The line, 1-based.</param>
    public IReadOnlyList<(string Repository, string Path, (string Name, int StartLine, int EndLine)? Nearest)> FindNearestAt(string path,
        string fullPath, int line) => [.. Read(FilesThatFit + """
        select c.repository, c.path, s.qualified_name, s.start_line, s.end_line from candidate c left join snippet s on s.file_id = c.id
        where c.fit = (select max(fit) from candidate)
        order by c.repository, c.path, max(s.start_line - @line, @line - s.end_line), s.end_line - s.start_line, s.id
        """, new { path, fullPath, line },
        row => (Repository: row.GetString(0), Path: row.GetString(1), Nearest: row.IsDBNull(2) ? ((string, int, int)?)null
            : (row.GetString(2), row.GetInt32(3), row.GetInt32(4)))).DistinctBy(row => (row.Repository, row.Path))];

    /// <summary>The code of the snippet or file with this id, or null if there is none.</summary>
    public string? Code(string snippet)
    {
        foreach (var (file, start, end) in Read("select file_id, start_byte, end_byte from snippet where snippet_id = @snippet",
            new { snippet }, row => (row.GetInt64(0), row.GetInt32(1), row.GetInt32(2))).ToList())
        {
            return System.Text.Encoding.UTF8.GetString(File(file).Text.AsSpan(start..end));
        }

        // The id of a whole file: no repository's name holds a slash.
        var at = snippet.IndexOf('/');
        var files = at < 0 ? [] : Read("select f.id from file f join repository r on r.id = f.repository_id "
            + "where r.name = @repository and f.path = @path", new { repository = snippet[..at], path = snippet[(at + 1)..] },
            row => row.GetInt64(0)).ToList();
        return files.Count == 0 ? null : System.Text.Encoding.UTF8.GetString(File(files[0]).Text);
    }

    /// <summary>Reads rows lazily. Errors of SQLite become a <see cref="StoreException"/>.</summary>
    private IEnumerable<T> Read<T>(string sql, object? parameters, Func<DbDataReader, T> read)
    {
        using var reader = Guard(() => (DbDataReader)_connection.ExecuteReader(sql, parameters));
        while (Guard(reader.Read))
        {
            yield return Guard(() => read(reader));
        }
    }

    private static StoredFile ReadFile(DbDataReader row) =>
        new(row.GetInt64(0), StoredText.Decompress((byte[])row[1]), TokenStream.Decode((byte[])row[2]));

    private static Snippet ReadSnippet(DbDataReader row) => new()
    {
        Id = row.GetString(1),
        Repository = row.GetString(2),
        Path = row.GetString(3),
        Language = row.GetString(4),
        Kind = (SnippetKind)row.GetInt32(5),
        Form = Text(row, 6),
        Name = row.GetString(7),
        QualifiedName = row.GetString(8),
        Span = new SourceSpan(row.GetInt32(9), row.GetInt32(10), row.GetInt32(11), row.GetInt32(12)),
        Signature = row.GetString(13),
        Documentation = Text(row, 14),
        Tokens = row.GetInt32(15),
        HasErrors = row.GetBoolean(16),
        IsTest = row.GetBoolean(17),
    };

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

/// <summary>Place and content of a file.</summary>
/// <param name="Row">Row id.</param>
/// <param name="Repository">Name of its repository.</param>
/// <param name="Path">Path below the repository's root.</param>
/// <param name="Hash">First half of the SHA-256 of its bytes.</param>
/// <param name="Bytes">Bytes of its code.</param>
public readonly record struct FileHash(long Row, string Repository, string Path, UInt128 Hash, int Bytes);

/// <summary>A file with its text, its tokens and its snippets in source order.</summary>
public sealed record FileSnippets(StoredFile File, IReadOnlyList<SnippetTokens> Snippets);

/// <summary>What the index of words knows of a file.</summary>
/// <param name="Repository">Name of its repository.</param>
/// <param name="Language">Language id.</param>
/// <param name="Content">Changes whenever the file, its path or the rows of its snippets do.</param>
internal sealed record FileStamp(string Repository, string Language, string Content);

/// <summary>The stored state of a file, enough to tell whether it changed.</summary>
/// <param name="Id">Row id.</param>
/// <param name="Hash">SHA-256 of the file's bytes, in hex.</param>
/// <param name="Extractor">Key of what extraction depended on besides the bytes.</param>
/// <param name="Licence">The file's licence, which may come from another file; or null.</param>
public sealed record FileState(long Id, string Hash, string Extractor, Licence? Licence);

/// <summary>The facts about a snippet that comparisons need; small enough to keep a million in memory.</summary>
/// <param name="Row">Row id of the snippet.</param>
/// <param name="File">Row id of its file.</param>
/// <param name="Kind">Kind of the snippet.</param>
/// <param name="StartByte">Start of its span.</param>
/// <param name="EndByte">End of its span, exclusive.</param>
/// <param name="FirstToken">Index of its first token.</param>
/// <param name="Tokens">Number of tokens.</param>
/// <param name="PathDepth">Number of folders above its file, within the repository.</param>
/// <param name="HasErrors">Whether it holds a syntax error.</param>
/// <param name="IsDocumented">Whether it has documentation.</param>
/// <param name="IsTest">Whether it is test code.</param>
/// <param name="Exact">Hash of its tokens.</param>
/// <param name="Renamed">Hash of its tokens, with identifiers and literals abstracted.</param>
public readonly record struct SnippetRow(
    long Row, long File, SnippetKind Kind, int StartByte, int EndByte, int FirstToken, int Tokens, int PathDepth, bool HasErrors,
    bool IsDocumented, bool IsTest, UInt128 Exact, UInt128 Renamed);

/// <summary>A snippet with its position in the file's token stream.</summary>
/// <param name="Row">Row id.</param>
/// <param name="Ordinal">Number of the snippet within the file, 0-based.</param>
/// <param name="Parent">Number of the enclosing snippet within the file, or -1.</param>
/// <param name="FirstToken">Index of its first token.</param>
/// <param name="Snippet">The snippet.</param>
public sealed record SnippetTokens(long Row, int Ordinal, int Parent, int FirstToken, Snippet Snippet);

/// <summary>Text and tokens of a stored file.</summary>
/// <param name="Id">Row id.</param>
/// <param name="Text">The file's UTF-8.</param>
/// <param name="Tokens">Its tokens.</param>
public sealed record StoredFile(long Id, byte[] Text, TokenStream Tokens);

/// <summary>A snippet without its location and signature, for concepts and coverage.</summary>
/// <param name="Row">Row id of the snippet.</param>
/// <param name="File">Row id of its file.</param>
/// <param name="Repository">Name of its repository.</param>
/// <param name="Language">Language id.</param>
/// <param name="Kind">Kind of the snippet.</param>
/// <param name="Name">The bare name.</param>
/// <param name="QualifiedName">The name, qualified by the enclosing scopes.</param>
/// <param name="Documentation">The first 400 characters of its documentation, or null.</param>
/// <param name="FirstToken">Index of its first token in its file.</param>
/// <param name="Tokens">Number of tokens.</param>
/// <param name="IsTest">Whether it is test code.</param>
/// <param name="HasErrors">Whether it holds a syntax error.</param>
public readonly record struct SnippetBrief(
    long Row, long File, string Repository, string Language, SnippetKind Kind, string Name, string QualifiedName, string? Documentation,
    int FirstToken, int Tokens, bool IsTest, bool HasErrors);
