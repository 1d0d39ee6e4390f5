using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Compiling;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Agents.Verification.Gates;

/// <summary>
/// A gate that judges an answer. Safe for concurrent use. <see cref="Verifier"/> lists all gates in order; a new gate is a class and an
/// entry there.
/// </summary>
internal interface IGate
{
    /// <summary>
    /// Whether the gate runs even after an earlier gate ended the list with a status other than failed, because it can decide without tools
    /// and tests. Default false.
    /// </summary>
    bool IsAskedAnyway => false;

    /// <summary>Judges the answer and adds the findings to its results.</summary>
    /// <returns>The answer's final status, or null if it goes on to the next gate or keeps its status.</returns>
    RowStatus? Pass(GateCase answer);
}

/// <summary>An answer on its way through the gates. Use it from one thread at a time.</summary>
/// <param name="language">Language id that the answer claims to be in.</param>
/// <param name="code">The answer's code.</param>
/// <param name="tests">The test sets; all must pass.</param>
/// <param name="task">The instruction that the answer follows; empty if it is not known.</param>
/// <param name="translation">The row with this answer as its response if the answer is to be compared with the code it translates, else
/// null.</param>
/// <param name="cancellation">Ends the verification.</param>
internal sealed class GateCase(string language, string code, TestSets tests, string task, InstructionRow? translation,
    CancellationToken cancellation)
{
    public string Language => language;

    public string Code => code;

    public TestSets Tests => tests;

    public string Task => task;

    public InstructionRow? Translation => translation;

    public CancellationToken Cancellation => cancellation;

    /// <summary>Findings of the gates so far, in order.</summary>
    public List<GateResult> Results { get; } = [];

    /// <summary>The toolchain of the answer's language, or null if there is none.</summary>
    public Toolchain? Toolchain { get; set; }

    /// <summary>The same toolchain as installed on this machine; null until it is found.</summary>
    public InstalledToolchain? Installed { get; set; }

    /// <summary>Whether the parser refuses the code and no compiler has accepted it yet.</summary>
    public bool IsRefusedByParser { get; set; }

    /// <summary>Results of the test sets; empty until they have run.</summary>
    public IReadOnlyList<TestResult> Tested { get; set; } = [];
}

/// <summary>The finding of one gate and the sandbox run that led to it.</summary>
/// <param name="Gate">One of <see cref="GateNames"/>.</param>
/// <param name="Outcome">Passed, failed, or unknown if the gate cannot decide.</param>
/// <param name="Reason">Why, or null if the outcome says it all.</param>
/// <param name="Detail">What was found, for people to read.</param>
/// <param name="Command">The command that was run, or null.</param>
/// <param name="Run">Result of the run, or null if nothing ran in the sandbox.</param>
/// <param name="Lacks">What this machine lacked to decide, as <see cref="RowVerification.Lacks"/> names it, or null.</param>
/// <param name="Messages">Messages of a tool outside the sandbox; null if the run holds the messages.</param>
internal sealed record GateResult(
    string Gate, GateOutcome Outcome, GateReason? Reason, string Detail, string? Command = null, SandboxResult? Run = null,
    string? Lacks = null, string? Messages = null)
{
    private const int LongestOutput = 600, LongestEnd = 300, LeastEnd = 100;

    /// <summary>
    /// Converts the finding to a row's evidence; unless the gate passed, it holds the beginning and the end of the output.
    /// </summary>
    public GateEvidence ToEvidence() => new(
        Gate, Outcome, Reason ?? (Run is null ? null : ReasonOf(Run)), Command,
        Run is { Outcome: SandboxOutcome.Exited } ? Run.ExitCode : null,
        Run is null ? null : (long)Math.Round(Run.Wall.TotalMilliseconds), Outcome == GateOutcome.Passed ? null
            : Shown() is { Length: > 0 } shown ? shown : null, Detail);

    /// <summary>The reason for which the sandbox ended a program; null if the program ended by itself.</summary>
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

    // Some tools report the error before a long trace, others after it, so both ends are kept.
    private static string Ends(string text, int most) => text.Length <= 2 * most ? text : $"{text[..most]}…{text[^most..]}";
}

/// <summary>The tests of a response: one set by the agent that wrote the response, one by another agent that has not seen it.</summary>
/// <param name="Own">Tests by the response's author; null or blank if there are none.</param>
/// <param name="Independent">Tests that another agent wrote from the instruction alone; null or blank if there are none.</param>
internal sealed record TestSets(string? Own, string? Independent = null)
{
    /// <summary>Names of the gates that run the two sets.</summary>
    public const string OwnGate = GateNames.Tests, IndependentGate = GateNames.Independent;

    /// <summary>Name of the gate that calls a translation and its source with the same values.</summary>
    public const string SourceGate = GateNames.Differential;

    /// <summary>The sets that are not blank, each with its gate.</summary>
    public IReadOnlyList<(string Gate, string Text)> All { get; } =
        [.. new[] { (Gate: OwnGate, Text: Own ?? ""),
            (Gate: IndependentGate, Text: Independent ?? "") }.Where(set => !string.IsNullOrWhiteSpace(set.Text))];

    /// <summary>The gate of the one set that is missing; null if both sets are there, or neither.</summary>
    public string? Missing => All is [var one] ? one.Gate == OwnGate ? IndependentGate : OwnGate : null;
}

/// <summary>The findings of all gates about a response.</summary>
/// <param name="Status">The response's final status.</param>
/// <param name="Gates">Findings of the gates, in order.</param>
internal sealed record CodeVerdict(RowStatus Status, IReadOnlyList<GateResult> Gates)
{
    /// <summary>The finding of the gate that refused the response, or null.</summary>
    public GateResult? Failure => Gates.FirstOrDefault(gate => gate.Outcome == GateOutcome.Failed);

    /// <summary>Whether a test set failed, by the answer's fault or by its own.</summary>
    public bool FailsTests =>
        Gates.Any(gate => gate is { Gate: TestSets.OwnGate or TestSets.IndependentGate, Outcome: GateOutcome.Failed });

    /// <summary>What this machine lacked for a decision, or null if another machine would come to the same verdict.</summary>
    public string? Lacks =>
        Status is RowStatus.Failed or RowStatus.Verified ? null : Gates.FirstOrDefault(gate => gate.Lacks is not null)?.Lacks;

    /// <summary>Converts the verdict to a row's verification.</summary>
    public RowVerification ToRow() => new(Status, [.. Gates.Select(gate => gate.ToEvidence())], Lacks);
}

/// <summary>Options for the verification of responses.</summary>
public sealed record VerifierOptions
{
    /// <summary>Limits of one program in the sandbox.</summary>
    public SandboxLimits Limits { get; init; } = new();

    /// <summary>Limits of the C# compiler for one program.</summary>
    public CompilerLimits Compiler { get; init; } = new();

    /// <summary>
    /// Whether a response is verified only if it passes two test sets: its author's, and one by an agent that has not seen it. Default
    /// true.
    /// </summary>
    public bool NeedsIndependentTests { get; init; } = true;

    /// <summary>
    /// Largest number of changed responses that the tests may pass, 0 or more; tests that fail none of them are weak. 0 tries none. Default
    /// 8.
    /// </summary>
    public int Mutations { get; init; } = 8;
}
