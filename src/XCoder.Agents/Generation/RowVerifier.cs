using XCoder.Agents.Dialogue;
using XCoder.Agents.Differential;
using XCoder.Agents.Rows;
using XCoder.Agents.Verification;

namespace XCoder.Agents.Generation;

/// <summary>Puts a row through the gates: its response and its candidates, against the same tests. Safe for concurrent use.</summary>
/// <param name="verifier">The gates.</param>
/// <param name="source">The gate of translations: their candidates are compared with the source before they are with one another.</param>
internal sealed class RowVerifier(Verifier verifier, TranslationGate source)
{
    /// <summary>The row with what was found, and the verdict on its response.</summary>
    public (InstructionRow Row, CodeVerdict Verdict) Verify(InstructionRow row, CancellationToken cancellation)
    {
        var tests = new TestSets(row.Tests, row.IndependentTests);
        var verdicts = row.Candidates.Select(candidate => candidate.Response).Prepend(row.Response)
            .Select(answer => Verify(row, answer, tests, cancellation)).ToList();
        return (row with
        {
            Verification = verdicts[0].ToRow(),
            Candidates = [.. row.Candidates.Select((candidate, i) => candidate with { Verification = verdicts[i + 1].ToRow() })],
            Preferences = PreferenceOrder.Of(verdicts),
        }, verdicts[0]);
    }

    private CodeVerdict Verify(InstructionRow row, string answer, TestSets tests, CancellationToken cancellation)
    {
        var verdict = verifier.Verify(row.TargetLanguage, CodeText.Fenced(answer), tests, cancellation);
        return row.Candidates.Count > 0 && verdict.Status != RowStatus.Failed && TranslationGate.IsFor(row) ? TranslationGate.Join(verdict, source.Judge(row with { Response = answer }, cancellation)) : verdict;
    }
}
