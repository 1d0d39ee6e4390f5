using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Compiling;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Agents.Verification.Gates;

/// <summary>
/// A gate that an answer goes through. Safe for concurrent use. <see cref="Verifier"/> holds the list of all, in order: another gate
/// is a class and an entry there.
/// </summary>
internal interface IGate
{
    /// <summary>
    /// Whether it is asked even after an earlier gate ended the list, unless that gate refused the answer: it can tell what tools and
    /// tests could not. Default no.
    /// </summary>
    bool IsAskedAnyway => false;

    /// <summary>Adds what it finds to the results.</summary>
    /// <returns>The status that the answer ends with here; null where it goes on to the next gate, or keeps the status that it
    /// has.</returns>
    RowStatus? Pass(GateCase answer);
}

/// <summary>An answer on its way through the gates. One thread at a time.</summary>
/// <param name="language">Language id that it claims to be in.</param>
/// <param name="code">The code.</param>
/// <param name="tests">Sets of tests; all must pass.</param>
/// <param name="translation">The row with this answer as its response, if the answer is to be compared with the code it translates; else
/// null.</param>
/// <param name="cancellation">Ends it.</param>
internal sealed class GateCase(string language, string code, TestSets tests, InstructionRow? translation, CancellationToken cancellation)
{
    public string Language => language;

    public string Code => code;

    public TestSets Tests => tests;

    public InstructionRow? Translation => translation;

    public CancellationToken Cancellation => cancellation;

    /// <summary>What the gates found so far, in order.</summary>
    public List<GateResult> Results { get; } = [];

    /// <summary>The tools that read and run it; null where there are none for the language.</summary>
    public Toolchain? Toolchain { get; set; }

    /// <summary>The same as they stand on this machine; null before they are found.</summary>
    public InstalledToolchain? Installed { get; set; }

    /// <summary>Whether the parser refuses it and no compiler has said otherwise yet.</summary>
    public bool IsRefusedByParser { get; set; }

    /// <summary>What its sets of tests showed; empty before they have run.</summary>
    public IReadOnlyList<TestResult> Tested { get; set; } = [];
}

/// <summary>What one gate found, with the run it found it by.</summary>
/// <param name="Gate">One of <see cref="GateNames"/>.</param>
/// <param name="Outcome">What it says.</param>
/// <param name="Reason">Why; null where there is no more to say than the outcome.</param>
/// <param name="Detail">What was found, for people.</param>
/// <param name="Command">What was run, or null.</param>
/// <param name="Run">How it ended, or null where nothing was run in the sandbox.</param>
/// <param name="Lacks">What this machine lacked to say more, as <see cref="RowVerification.Lacks"/> names it, or null.</param>
/// <param name="Messages">What a tool outside the sandbox said; null where the run says it.</param>
internal sealed record GateResult(
    string Gate, GateOutcome Outcome, GateReason? Reason, string Detail, string? Command = null, SandboxResult? Run = null,
    string? Lacks = null, string? Messages = null)
{
    private const int LongestOutput = 600, LongestEnd = 300, LeastEnd = 100;

    /// <summary>As a row holds it: with both ends of the output where it did not pass.</summary>
    public GateEvidence ToEvidence() => new(
        Gate, Outcome, Reason ?? (Run is null ? null : ReasonOf(Run)), Command,
        Run is { Outcome: SandboxOutcome.Exited } ? Run.ExitCode : null,
        Run is null ? null : (long)Math.Round(Run.Wall.TotalMilliseconds), Outcome == GateOutcome.Passed ? null
            : Shown() is { Length: > 0 } shown ? shown : null, Detail);

    /// <summary>How a program was ended, as a reason; null where it ended by itself.</summary>
    internal static GateReason? ReasonOf(SandboxResult run) => run.Outcome switch
    {
        SandboxOutcome.TimedOut => GateReason.TimedOut,
        SandboxOutcome.Waited => run.WasStarved ? GateReason.TooLittleTime : GateReason.Waited,
        SandboxOutcome.OutOfMemory => GateReason.OutOfMemory,
        SandboxOutcome.TooMuchOutput => GateReason.TooMuchOutput,
        SandboxOutcome.NotStarted => GateReason.SandboxFailed,
        _ => null,
    };

    private string Shown()
    {
        var (output, errors) = (Messages ?? Run?.Output.Trim() ?? "", Run?.Errors.Trim() ?? "");
        return Messages is not null || output.Length + errors.Length <= LongestOutput ? (output + "\n" + errors).Trim()
            : (Ends(output, errors.Length > 0 ? LeastEnd : LongestEnd) + "\n" + Ends(errors, LongestEnd)).Trim();
    }

    // Some tools say first what is wrong, before a long trace; others last.
    private static string Ends(string text, int most) => text.Length <= 2 * most ? text : $"{text[..most]}…{text[^most..]}";
}

/// <summary>The tests of a response: two agents wrote them, one with the response, one without having seen it.</summary>
/// <param name="Own">By the response's author; null or blank where there are none.</param>
/// <param name="Independent">By another agent, from the instruction; null or blank where there are none.</param>
internal sealed record TestSets(string? Own, string? Independent = null)
{
    /// <summary>Names of the gates that run them.</summary>
    public const string OwnGate = GateNames.Tests, IndependentGate = GateNames.Independent;

    /// <summary>Name of the gate that tests a translation by its source: both are given the same values.</summary>
    public const string SourceGate = GateNames.Differential;

    /// <summary>Those that are there.</summary>
    public IReadOnlyList<(string Gate, string Text)> All { get; } =
        [.. new[] { (Gate: OwnGate, Text: Own ?? ""),
            (Gate: IndependentGate, Text: Independent ?? "") }.Where(set => !string.IsNullOrWhiteSpace(set.Text))];

    /// <summary>The gate whose tests are missing while the other's are there; null where both are, or none.</summary>
    public string? Missing => All is [var one] ? one.Gate == OwnGate ? IndependentGate : OwnGate : null;
}

/// <summary>What all gates found of a response.</summary>
/// <param name="Status">What they came to.</param>
/// <param name="Gates">What each gate found, in order.</param>
internal sealed record CodeVerdict(RowStatus Status, IReadOnlyList<GateResult> Gates)
{
    /// <summary>The gate that refused the response, or null.</summary>
    public GateResult? Failure => Gates.FirstOrDefault(gate => gate.Outcome == GateOutcome.Failed);

    /// <summary>What this machine lacked to say more, or null where the verdict would be the same on another.</summary>
    public string? Lacks =>
        Status is RowStatus.Failed or RowStatus.Verified ? null : Gates.FirstOrDefault(gate => gate.Lacks is not null)?.Lacks;

    /// <summary>As a row holds it.</summary>
    public RowVerification ToRow() => new(Status, [.. Gates.Select(gate => gate.ToEvidence())], Lacks);
}

/// <summary>How responses are verified.</summary>
public sealed record VerifierOptions
{
    /// <summary>What a program may use.</summary>
    public SandboxLimits Limits { get; init; } = new();

    /// <summary>What the C# compiler may use for a program.</summary>
    public CompilerLimits Compiler { get; init; } = new();

    /// <summary>
    /// Whether only what passes tests of two agents is verified: those of its author and those of one that has not seen it. Default true.
    /// </summary>
    public bool NeedsIndependentTests { get; init; } = true;

    /// <summary>Changed responses of which the tests must fail at least one, 0 or more; 0 asks for none. Default 8.</summary>
    public int Mutations { get; init; } = 8;
}
