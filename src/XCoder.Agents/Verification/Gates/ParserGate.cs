using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Compiling;
using XCoder.Analysis.Extraction;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;

namespace XCoder.Agents.Verification.Gates;

/// <summary>Parses code and tells whether it is in the claimed language and free of syntax errors. Safe for concurrent use.</summary>
internal sealed class ParserGate(LanguageCatalog catalog) : IDisposable
{
    /// <summary>Names of the gates: <see cref="Syntax"/> reports syntax errors, <see cref="Identification"/> another language.</summary>
    public const string Syntax = GateNames.Parse, Identification = GateNames.Language;

    private readonly CodeReaderPool _readers = new(catalog, TrialReader.IsSafe);

    /// <summary>Parses code in the claimed language. If that fails or finds no definition, tries the languages of other families.</summary>
    /// <param name="language">Id of the claimed language.</param>
    /// <param name="code">The code to parse.</param>
    /// <param name="whole">The code as a whole file where that differs, for example with an opening tag or a package; null: try the code
    /// alone.</param>
    public GateResult Check(string language, string code, string? whole = null)
    {
        if (catalog.Find(language) is not { } claimed)
        {
            return new GateResult(Syntax, GateOutcome.Unknown, GateReason.NoParser, $"There is no parser for '{language}'.");
        }

        if (code.Trim().Length == 0)
        {
            return new GateResult(Syntax, GateOutcome.Failed, GateReason.NoCode, "There is no code.");
        }

        var reader = _readers.Take();
        try
        {
            var (hasErrors, defined) = Read(reader, claimed, code);
            if ((hasErrors || defined == 0) && whole is not null && Read(reader, claimed, whole) is (false, > 0) found)
            {
                (hasErrors, defined) = found;
            }

            return defined < 0 ? new GateResult(Syntax, GateOutcome.Unknown, GateReason.ParserGaveUp, $"The {claimed.Name} parser gave up.")
                : (hasErrors || defined == 0) && Other(reader, claimed, code) is { } other
                    ? new GateResult(Identification, GateOutcome.Failed, GateReason.OtherLanguage,
                        $"It reads as {other.Name}, not as {claimed.Name}.")
                : hasErrors ? new GateResult(Syntax, GateOutcome.Failed, GateReason.SyntaxError,
                    $"The {claimed.Name} parser finds a syntax error.")
                : new GateResult(Syntax, GateOutcome.Passed, null,
                    $"The {claimed.Name} parser finds no syntax error; {defined} functions and structures.");
        }
        finally
        {
            _readers.Return(reader);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _readers.Dispose();

    // Finds a language of another family in which the code has no syntax error and defines something.
    private Language? Other(CodeReader reader, Language claimed, string code) =>
        catalog.Languages.FirstOrDefault(language => catalog.FamilyOf(language.Id) != catalog.FamilyOf(claimed.Id)
            && Read(reader, language, code) is (false, > 0));

    private static (bool HasErrors, int Defined) Read(CodeReader reader, Language language, string code) =>
        reader.Extract(language, code) is { } file ? (file.HasErrors, file.Snippets.Count) : (true, -1);
}
