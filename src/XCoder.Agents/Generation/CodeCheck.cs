using XCoder.Agents.Dialogue;
using XCoder.Agents.Rows;
using XCoder.Agents.Verification;
using XCoder.Analysis.Languages;

namespace XCoder.Agents.Generation;

/// <summary>What parsers say of responses while they are written; the other gates come when they are verified. Safe for concurrent use.</summary>
public sealed class CodeCheck(LanguageCatalog catalog) : IDisposable
{
    private readonly ParserGate _gate = new(catalog);
    private readonly DeclarationReader _declarations = new(catalog);

    /// <summary>What parsers say of code in a language.</summary>
    /// <param name="language">Language id.</param>
    public CodeInspector For(string language) => new(code => Faults(language, code), code => _declarations.Read(language, code));

    /// <summary>Faults that a parser finds in code; empty where it finds none, or where there is no parser.</summary>
    /// <param name="language">Language id.</param>
    /// <param name="code">The code.</param>
    public IReadOnlyList<string> Faults(string language, string code) => _gate.Check(language, code) is { Outcome: GateOutcome.Failed } failed ? [failed.Detail] : [];

    /// <summary>Status and evidence of code.</summary>
    /// <param name="language">Language id.</param>
    /// <param name="code">The code.</param>
    public RowVerification Verify(string language, string code)
    {
        var result = _gate.Check(language, code);
        return new RowVerification(result.Outcome switch { GateOutcome.Passed => RowVerification.ParsedOnly, GateOutcome.Failed => RowVerification.Failed, _ => RowVerification.Unverifiable }, [result.ToEvidence()]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gate.Dispose();
        _declarations.Dispose();
    }
}
