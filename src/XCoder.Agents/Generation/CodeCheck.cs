using System.Security.Cryptography;
using System.Text;
using XCoder.Agents.Dialogue;
using XCoder.Agents.Rows;
using XCoder.Agents.Verification;
using XCoder.Agents.Verification.Compiling;
using XCoder.Agents.Verification.Gates;
using XCoder.Analysis.Extraction;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Generation;

/// <summary>
/// What parsers say of responses while they are written; the other gates come when they are verified. Safe for concurrent use.
/// </summary>
/// <param name="catalog">The languages.</param>
/// <param name="journal">Notes which answer is being read, lest one that ends this process does so again when the run goes on; null notes
/// nothing.</param>
internal sealed class CodeCheck(LanguageCatalog catalog, RowJournal? journal = null) : IDisposable
{
    private readonly ParserGate _gate = new(catalog);
    private readonly DeclarationReader _declarations = new(catalog);

    /// <summary>What parsers say of code in a language.</summary>
    /// <param name="language">Language id.</param>
    public CodeInspector For(string language) =>
        new(code => Faults(language, code), code => Read(language, code, () => _declarations.Read(language, code), ""));

    /// <summary>Faults that a parser finds in code; empty where it finds none, or where there is no parser.</summary>
    /// <param name="language">Language id.</param>
    /// <param name="code">The code.</param>
    public IReadOnlyList<string> Faults(string language, string code) =>
        Check(language, code) is { Outcome: GateOutcome.Failed } failed ? [failed.Detail] : [];

    /// <summary>Status and evidence of code.</summary>
    /// <param name="language">Language id.</param>
    /// <param name="code">The code.</param>
    public RowVerification Verify(string language, string code)
    {
        var result = Check(language, code);
        return new RowVerification(
            result.Outcome switch { GateOutcome.Passed => RowStatus.ParsedOnly, GateOutcome.Failed => RowStatus.Failed,
                _ => RowStatus.Unverifiable }, [result.ToEvidence()]);
    }

    private GateResult Check(string language, string code) =>
        Read(language, code, () => _gate.Check(language, code),
            new GateResult(ParserGate.Syntax, GateOutcome.Unknown, GateReason.ParserEnded, RowJournal.Reason));

    private T Read<T>(string language, string code, Func<T> read, T unreadable)
    {
        if (journal is null)
        {
            return read();
        }

        var key = HexHash.Of($"{language}\0{code}");
        return journal.HasEndedARun(key) ? unreadable : journal.Try(key, read);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gate.Dispose();
        _declarations.Dispose();
    }
}

/// <summary>Reads what code declares without saying how it does it: what must be known to call it. Safe for concurrent use.</summary>
internal sealed class DeclarationReader(LanguageCatalog catalog) : IDisposable
{
    private const int Indent = 2;

    private readonly CodeReaderPool _readers = new(catalog, TrialReader.IsSafe);

    /// <summary>
    /// Signatures of functions and structures in their order, one a line, nested ones indented; a structure without functions as a whole.
    /// Empty where nothing is found.
    /// </summary>
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
        foreach (var (snippet, i) in snippets.Select((snippet, i) => (snippet, i)).OrderBy(item => item.snippet.Span.StartByte)
            .ThenBy(item => item.i))
        {
            var outer = Outer(snippets, snippet).ToList();
            if (outer.TrueForAll(other => other.Kind.IsStructure()))
            {
                // Without its fields nobody could make one.
                var text = snippet.Kind.IsStructure() && !parents.Contains(i)
                    ? Encoding.UTF8.GetString(code.AsSpan(snippet.Span.StartByte..snippet.Span.EndByte)) : snippet.Signature;
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
