using System.Text.Json.Serialization;

namespace XCoder.Agents.Rows;

/// <summary>The results of the checks of a response. None of them relies on a chat model.</summary>
/// <param name="Status">Overall result of the gates.</param>
/// <param name="Evidence">
/// Findings of the gates, in order. The number and length of the findings are limited. Sentences in rows of earlier versions are converted
/// when they are read.
/// </param>
/// <param name="Lacks">
/// What this machine lacked for a better result: <see cref="Isolation"/> or <see cref="Toolchain"/>. Once it is available, the row is
/// verified again. Null when nothing was missing.
/// </param>
public sealed record RowVerification(
    RowStatus Status, [property: JsonConverter(typeof(EvidenceConverter))] IReadOnlyList<GateEvidence> Evidence,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Lacks = null)
{
    /// <summary>Programs cannot be isolated.</summary>
    public const string Isolation = "isolation";

    /// <summary>The tools of a language are missing or do not work.</summary>
    public const string Toolchain = "toolchain";

    /// <summary>The machine was too busy to get a result. Such a result is not stored.</summary>
    public const string Time = "time";

    /// <summary>Whether the response failed, or a test set of it did, which alone does not make it fail.</summary>
    internal bool HasFailure() => Status == RowStatus.Failed
        || Evidence.Any(evidence => evidence is { Outcome: GateOutcome.Failed, Gate: GateNames.Tests or GateNames.Independent });

    internal bool WentThroughGates() => Evidence.Any(evidence => evidence.IsBeyondParser);
}

/// <summary>Another answer to a row's instruction, to be compared with its response (Ds4 of Qwen2.5-xCoder, section 3).</summary>
/// <param name="Response">The answer, in the form of <see cref="InstructionRow.Response"/>.</param>
/// <param name="Verification">Results of its checks against the row's tests; null before.</param>
public sealed record RowCandidate(string Response, RowVerification? Verification = null);

/// <summary>
/// A preference between two answers to a row's instruction. Answers are numbered: 0 is the response, 1 and up are the candidates.
/// </summary>
/// <param name="Chosen">Number of the better answer.</param>
/// <param name="Rejected">Number of the worse answer.</param>
/// <param name="Margin">
/// How much better the chosen answer is, in (0, 1]. By execution: how many of the four stages (parser, compiler, some tests, all tests) lie
/// between the two, divided by four. By a judge: a tenth of the difference in points.
/// </param>
/// <param name="Basis"><see cref="Execution"/> or <see cref="Judge"/>.</param>
/// <param name="Evidence">The evidence, one line per item.</param>
public sealed record RowPreference(int Chosen, int Rejected, double Margin, string Basis, IReadOnlyList<string> Evidence)
{
    /// <summary>Compilers and tests decided.</summary>
    public const string Execution = "execution";

    /// <summary>A chat model decided, because neither answer could be run.</summary>
    public const string Judge = "judge";
}

/// <summary>Evidence that a text contains part of a benchmark problem.</summary>
/// <param name="Benchmark">Name of the benchmark.</param>
/// <param name="Problem">Id of the problem.</param>
/// <param name="Kind"><c>10-gram</c>: ten consecutive words are equal. <c>minhash</c>: the texts are similar as a whole.</param>
/// <param name="Part">
/// The part of the row or snippet: <c>instruction</c>, <c>response</c>, <c>candidate</c>, <c>tests</c>, <c>code</c> or
/// <c>documentation</c>.
/// </param>
/// <param name="Line">Line of the first shared 10-gram in that part, 1-based; 1 for <c>minhash</c>.</param>
/// <param name="Count">Number of 10-grams shared with the problem; 0 for <c>minhash</c>.</param>
/// <param name="Jaccard">Estimated Jaccard similarity over 3-word shingles, in [0, 1]; null for 10-grams.</param>
public sealed record Contamination(string Benchmark, string Problem, string Kind, string Part, int Line, int Count, double? Jaccard = null)
{
    /// <summary>Kind of evidence: equal consecutive words.</summary>
    public const string Grams = "10-gram";

    /// <summary>Kind of evidence: similarity of the whole text.</summary>
    public const string MinHash = "minhash";

    /// <summary>Returns the row with this evidence, rejected whatever its verdict was.</summary>
    public InstructionRow Reject(InstructionRow row) => row with
    {
        Contamination = this,
        Critique = row.Critique with { Verdict = Verdict.Reject,
            Faults = [ToString(), .. row.Critique.Faults.Where(fault => fault != ToString())] },
    };

    /// <summary>Returns the evidence as one sentence.</summary>
    public override string ToString() => Kind == Grams
        ? FormattableString.Invariant($"It shares {Count} word 10-grams with problem {Problem} of {Benchmark} ({Part}, line {Line}).")
        : FormattableString.Invariant($"It is like problem {Problem} of {Benchmark} ({Part}, Jaccard {Jaccard:0.00}).");
}

/// <summary>The verdict on a row, with scores and reasons.</summary>
public sealed record RowCritique
{
    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Scores by criterion, each in [0, 10]; empty when no chat model judged.</summary>
    public required IReadOnlyDictionary<string, double> Scores { get; init; }

    /// <summary>Weighted mean of the scores, in [0, 10]; null when there are none.</summary>
    public double? Total { get; init; }

    /// <summary>The row's strengths.</summary>
    public IReadOnlyList<string> Merits { get; init; } = [];

    /// <summary>The row's weaknesses, and reasons for a rejection.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>
    /// The entry of <see cref="Faults"/> that a gate added after the verdict; null when there is none. The gate removes it if it later
    /// decides otherwise. Exports leave it out.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? GateFault { get; init; }
}

/// <summary>The possible verdicts of a critique.</summary>
public enum Verdict
{
    /// <summary>The row is good as it is.</summary>
    [JsonStringEnumMemberName("accept")]
    Accept,

    /// <summary>The row must be rewritten to remove its faults.</summary>
    [JsonStringEnumMemberName("revise")]
    Revise,

    /// <summary>The row must not be used; it stays in the store with this verdict.</summary>
    [JsonStringEnumMemberName("reject")]
    Reject,
}

/// <summary>Overall results of the gates, best first.</summary>
public enum RowStatus
{
    /// <summary>The response passed every gate, including its tests in isolation.</summary>
    [JsonStringEnumMemberName("verified")]
    Verified,

    /// <summary>A parser found no syntax error; other gates could not decide or have not run.</summary>
    [JsonStringEnumMemberName("parsed-only")]
    ParsedOnly,

    /// <summary>The response failed a gate.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>No gate on this machine can check the response.</summary>
    [JsonStringEnumMemberName("unverifiable")]
    Unverifiable,
}
