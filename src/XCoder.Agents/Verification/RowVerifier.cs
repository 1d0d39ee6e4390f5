using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Gates;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Verification;

/// <summary>Puts a row through the gates: its response and its candidates, against the same tests. Safe for concurrent use.</summary>
/// <param name="verifier">The gates.</param>
internal sealed class RowVerifier(Verifier verifier)
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

    // Answers to one instruction are compared with their source before they are with one another. A row with one answer is compared
    // by a later step, which counts it and may reject it.
    private CodeVerdict Verify(InstructionRow row, string answer, TestSets tests, CancellationToken cancellation) =>
        verifier.Verify(new GateCase(row.TargetLanguage, FencedCode.Fenced(answer), tests, row.Candidates.Count > 0 ? row with { Response = answer } : null, cancellation));
}
