using System.Runtime.InteropServices;
using Dapper;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Store;

/// <content>Comments that take code out of reports.</content>
public sealed partial class SnippetStore
{
    /// <summary>The comments of all files, ordered by repository, path and line.</summary>
    public IReadOnlyList<StoredIgnore> IgnoreComments() => [.. Read("""
        select r.name, f.path, i.start_byte, i.end_byte, i.line, i.reason
        from ignore_comment i join file f on f.id = i.file_id join repository r on r.id = f.repository_id
        order by r.name, f.path, i.line
        """, null, static row => new StoredIgnore(row.GetString(0), row.GetString(1),
            new IgnoreComment(row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetString(5))))];

    /// <summary>The fingerprints of the tokens of snippets with these ids; of a file that stands as a snippet, that of its bytes.</summary>
    internal Dictionary<string, UInt128> Fingerprints(IEnumerable<Snippet> snippets)
    {
        var result = new Dictionary<string, UInt128>();
        var all = snippets.DistinctBy(static snippet => snippet.Id).ToList();
        foreach (var some in all.Where(static snippet => !snippet.IsFile).Select(static snippet => snippet.Id).Chunk(500))
        {
            foreach (var (id, hash) in Read("select snippet_id, exact_hash from snippet where snippet_id in @some", new { some },
                static row => (row.GetString(0), MemoryMarshal.Read<UInt128>((byte[])row[1]))))
            {
                result[id] = hash;
            }
        }

        if (all.Exists(static snippet => snippet.IsFile))
        {
            var files = FileHashes(StoreSelection.All).ToDictionary(static file => file.Repository + "/" + file.Path);
            foreach (var file in all.Where(snippet => snippet.IsFile && files.ContainsKey(snippet.Id)))
            {
                result[file.Id] = files[file.Id].Hash;
            }
        }

        return result;
    }

    private void PutIgnores(long file, IReadOnlyList<IgnoreComment> ignores)
    {
        if (ignores.Count > 0)
        {
            _connection.Execute("""
                insert into ignore_comment(file_id, start_byte, end_byte, line, reason)
                values(@file, @StartByte, @EndByte, @Line, @Reason)
                """, ignores.Select(ignore => new { file, ignore.StartByte, ignore.EndByte, ignore.Line, ignore.Reason }));
        }
    }
}

/// <summary>A comment that takes code out of reports, and where it stands.</summary>
/// <param name="Repository">Name of the repository.</param>
/// <param name="Path">Path of the file below the repository's root.</param>
/// <param name="Comment">The comment.</param>
public sealed record StoredIgnore(string Repository, string Path, IgnoreComment Comment);
