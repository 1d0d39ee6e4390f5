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

/// <summary>Parses responses while they are written; the other gates run at verification. Thread-safe.</summary>
/// <param name="catalog">The languages.</param>
/// <param name="journal">
/// Records which answer is being parsed: if that ends the process, the resumed run skips the answer. Null records nothing.
/// </param>
/// <param name="drafts">Runs drafts; null runs nothing. The caller disposes of it.</param>
internal sealed class CodeCheck(LanguageCatalog catalog, RowJournal? journal = null, DraftRunner? drafts = null) : IDisposable
{
    private readonly ParserGate _gate = new(catalog);
    private readonly DeclarationReader _declarations = new(catalog);

    /// <summary>Returns an inspector of code in a language.</summary>
    /// <param name="language">Language id.</param>
    /// <param name="repositories">Repositories that the code derives from.</param>
    /// <param name="cancellation">Ends programs that run.</param>
    public CodeInspector For(string language, IReadOnlyList<string> repositories, CancellationToken cancellation) =>
        new(code => Faults(language, code), code => Read(language, code, () => _declarations.Read(language, code), ""),
            draft => drafts is null ? Task.FromResult<DraftTrial?>(null)
                : drafts.TryAsync(language, repositories, draft, journal, cancellation));

    /// <summary>Returns the faults that a parser finds in code; empty when there are none or there is no parser.</summary>
    /// <param name="language">Language id.</param>
    /// <param name="code">The code.</param>
    public IReadOnlyList<string> Faults(string language, string code) =>
        Check(language, code) is { Outcome: GateOutcome.Failed } failed ? [failed.Detail] : [];

    /// <summary>Returns the status and the evidence for code.</summary>
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

/// <summary>Reads the declarations in code: what a caller must know, without the bodies. Thread-safe.</summary>
internal sealed class DeclarationReader(LanguageCatalog catalog) : IDisposable
{
    private const int Indent = 2;

    private readonly CodeReaderPool _readers = new(catalog, TrialReader.IsSafe);

    /// <summary>
    /// Returns the signatures of functions and structures in source order, one per line, nested ones indented. A structure without
    /// functions is returned as a whole. Empty when nothing is found.
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
                // A caller needs the fields to construct it.
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
