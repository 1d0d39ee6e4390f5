using System.Text;
using XCoder.Agents.Verification.Compiling;
using XCoder.Analysis.Extraction;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;

namespace XCoder.Agents.Generation;

/// <summary>Reads what code declares without saying how it does it: what must be known to call it. Safe for concurrent use.</summary>
internal sealed class DeclarationReader(LanguageCatalog catalog) : IDisposable
{
    private const int Indent = 2;

    private readonly CodeReaderPool _readers = new(catalog, TrialReader.IsSafe);

    /// <summary>Signatures of functions and structures in their order, one a line, nested ones indented; a structure without functions as a whole. Empty where nothing is found.</summary>
    /// <param name="language">Language id.</param>
    /// <param name="code">The code.</param>
    public string Read(string language, string code)
    {
        if (catalog.Find(language) is not { } found)
        {
            return "";
        }

        var reader = _readers.Take();
        try
        {
            return reader.Extract(found, code) is { } file ? Join(file.Snippets, Encoding.UTF8.GetBytes(code)) : "";
        }
        finally
        {
            _readers.Return(reader);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _readers.Dispose();

    private static string Join(IReadOnlyList<ExtractedSnippet> snippets, byte[] code)
    {
        var parents = snippets.Select(snippet => snippet.Parent).ToHashSet();
        var lines = new List<string>();
        foreach (var (snippet, i) in snippets.Select((snippet, i) => (snippet, i)).OrderBy(item => item.snippet.Span.StartByte).ThenBy(item => item.i))
        {
            var outer = Outer(snippets, snippet).ToList();
            if (outer.TrueForAll(other => other.Kind.IsStructure()))
            {
                // Without its fields nobody could make one.
                var text = snippet.Kind.IsStructure() && !parents.Contains(i) ? Encoding.UTF8.GetString(code.AsSpan(snippet.Span.StartByte..snippet.Span.EndByte)) : snippet.Signature;
                lines.AddRange(text.ReplaceLineEndings("\n").Split('\n').Select(line => new string(' ', Indent * outer.Count) + line));
            }
        }

        return string.Join('\n', lines);
    }

    private static IEnumerable<ExtractedSnippet> Outer(IReadOnlyList<ExtractedSnippet> snippets, ExtractedSnippet snippet)
    {
        for (var parent = snippet.Parent; parent >= 0; parent = snippets[parent].Parent)
        {
            yield return snippets[parent];
        }
    }
}
