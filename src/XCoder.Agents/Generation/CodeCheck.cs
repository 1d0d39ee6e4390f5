using System.Security.Cryptography;
using System.Text;
using XCoder.Agents.Dialogue;
using XCoder.Agents.Rows;
using XCoder.Agents.Verification;
using XCoder.Agents.Verification.Gates;
using XCoder.Analysis.Languages;

namespace XCoder.Agents.Generation;

/// <summary>What parsers say of responses while they are written; the other gates come when they are verified. Safe for concurrent use.</summary>
/// <param name="catalog">The languages.</param>
/// <param name="journal">Notes which answer is being read, lest one that ends this process does so again when the run goes on; null notes nothing.</param>
internal sealed class CodeCheck(LanguageCatalog catalog, RowJournal? journal = null) : IDisposable
{
    private readonly ParserGate _gate = new(catalog);
    private readonly DeclarationReader _declarations = new(catalog);

    /// <summary>What parsers say of code in a language.</summary>
    /// <param name="language">Language id.</param>
    public CodeInspector For(string language) => new(code => Faults(language, code), code => Read(language, code, () => _declarations.Read(language, code), ""));

    /// <summary>Faults that a parser finds in code; empty where it finds none, or where there is no parser.</summary>
    /// <param name="language">Language id.</param>
    /// <param name="code">The code.</param>
    public IReadOnlyList<string> Faults(string language, string code) => Check(language, code) is { Outcome: GateOutcome.Failed } failed ? [failed.Detail] : [];

    /// <summary>Status and evidence of code.</summary>
    /// <param name="language">Language id.</param>
    /// <param name="code">The code.</param>
    public RowVerification Verify(string language, string code)
    {
        var result = Check(language, code);
        return new RowVerification(result.Outcome switch { GateOutcome.Passed => RowStatus.ParsedOnly, GateOutcome.Failed => RowStatus.Failed, _ => RowStatus.Unverifiable }, [result.ToEvidence()]);
    }

    private GateResult Check(string language, string code) =>
        Read(language, code, () => _gate.Check(language, code), new GateResult(ParserGate.Syntax, GateOutcome.Unknown, GateReason.ParserEnded, RowJournal.Reason));

    private T Read<T>(string language, string code, Func<T> read, T unreadable)
    {
        if (journal is null)
        {
            return read();
        }

        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{language}\0{code}")));
        return journal.HasEndedARun(key) ? unreadable : journal.Try(key, read);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gate.Dispose();
        _declarations.Dispose();
    }
}
