using System.Text.RegularExpressions;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Reports;

/// <summary>A piece of evidence as the gates write it into a row, taken apart.</summary>
/// <param name="Gate">The gate; <c>build</c> where the program with its tests could not be built.</param>
/// <param name="Outcome"><c>passed</c>, <c>failed</c> or <c>unknown</c>.</param>
/// <param name="Detail">What the gate said; all there is where nothing was run.</param>
/// <param name="Ended">How the program ended: <c>exit code 1</c>, <c>TimedOut</c>, …; empty where nothing was run.</param>
/// <param name="Message">What the tool said; the detail where nothing was run.</param>
internal sealed partial record GateEvidence(string Gate, string Outcome, string Detail, string Ended, string Message)
{
    public const string Failed = "failed", Passed = "passed", Tests = "tests", Compile = "compile", Check = "check", Language = "language";

    private const string Independent = "independent", Build = "build", NotBuilt = "With its tests it ";

    /// <summary>The evidence of a row's gates, in their order; lines in no such form are left out.</summary>
    public static IEnumerable<GateEvidence> Of(InstructionRow row) => row.Verification.Evidence.Select(Read).OfType<GateEvidence>();

    /// <summary>A line of evidence, or null where it is none.</summary>
    public static GateEvidence? Read(string line)
    {
        if (Form().Match(line) is not { Success: true } form)
        {
            return null;
        }

        // Tests are tests, whoever wrote them.
        var (gate, rest) = (form.Groups["gate"].Value is var name && name == Independent ? Tests : name, line[form.Length..]);
        var run = Run().Match(rest);
        var detail = run.Success ? rest[..Math.Max(0, rest.IndexOf(';', StringComparison.Ordinal))] : rest;
        return new GateEvidence(
            gate == Tests && detail.StartsWith(NotBuilt, StringComparison.Ordinal) ? Build : gate, form.Groups["outcome"].Value, detail,
            run.Success ? run.Groups["ended"].Value : "", run.Success ? rest[(run.Index + run.Length)..] : rest);
    }

    [GeneratedRegex("^(?<gate>[a-z]+): (?<outcome>passed|failed|unknown): ", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();

    [GeneratedRegex("; (?<ended>exit code -?[0-9]+|[A-Za-z]+); [0-9]+ ms(; |$)", RegexOptions.ExplicitCapture)]
    private static partial Regex Run();
}
