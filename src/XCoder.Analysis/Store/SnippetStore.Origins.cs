using System.Text;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Store;

/// <content>Snippets with all that is known of where they come from.</content>
public sealed partial class SnippetStore
{
    // A snippet has more columns than Columns names: these follow them.
    private const string OriginColumns = ", r.root, r.remote, r.commit_id, f.licence, f.licence_source, s.resolved";

    /// <summary>The snippets with these row ids, with code and origin, ordered by file; a row id that is not there is left out.</summary>
    public IEnumerable<SnippetOrigin> Origins(IEnumerable<long> rows)
    {
        foreach (var some in rows.Distinct().Chunk(5000))
        {
            // Numbers, so they may stand in the text.
            var found = Read(Columns + OriginColumns + From + $"s.id in ({string.Join(',', some)}) order by s.file_id, s.ordinal", null, row => (File: row.GetInt64(18), Origin: new SnippetOrigin(
                row.GetInt64(0), ReadSnippet(row), "", new Repository(row.GetString(2), row.GetString(19), Text(row, 20), Text(row, 21)),
                row.IsDBNull(22) ? null : new Licence(row.GetString(22), row.GetString(23)),
                row.IsDBNull(24) ? null : StoredFacts.Read(row.GetString(24))))).ToList();
            foreach (var file in found.GroupBy(item => item.File))
            {
                var text = File(file.Key).Text;
                foreach (var (_, origin) in file)
                {
                    yield return origin with { Code = Encoding.UTF8.GetString(text.AsSpan(origin.Snippet.Span.StartByte..origin.Snippet.Span.EndByte)) };
                }
            }
        }
    }
}
