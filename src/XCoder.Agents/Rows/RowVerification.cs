using System.Text.Json.Serialization;

namespace XCoder.Agents.Rows;

/// <summary>What was checked of a response without believing any model.</summary>
/// <param name="Status">What the gates came to.</param>
/// <param name="Evidence">What shows it: what each gate found, in order; bounded. Rows of earlier versions, which held sentences, are
/// migrated when they are read.</param>
/// <param name="Lacks">What this machine lacked to say more, so that it is tried again once that is here: <see cref="Isolation"/> or
/// <see cref="Toolchain"/>; null: nothing.</param>
public sealed record RowVerification(
    RowStatus Status, [property: JsonConverter(typeof(EvidenceConverter))] IReadOnlyList<GateEvidence> Evidence,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Lacks = null)
{
    /// <summary>Lacked where programs cannot be isolated.</summary>
    public const string Isolation = "isolation";

    /// <summary>Lacked where the tools of a language are not here, or do not work.</summary>
    public const string Toolchain = "toolchain";

    /// <summary>Lacked where the machine was too busy to tell. Such a verdict is not kept.</summary>
    public const string Time = "time";

    // A gate beyond the parser has spoken.
    internal bool WentThroughGates() => Evidence.Any(evidence => evidence.IsBeyondParser);
}

/// <summary>Another answer to a row's instruction, to be compared with its response (Qwen2.5-xCoder, section 3: Ds4).</summary>
/// <param name="Response">The answer, in the form of <see cref="InstructionRow.Response"/>.</param>
/// <param name="Verification">What was checked of it, against the row's tests; null before.</param>
public sealed record RowCandidate(string Response, RowVerification? Verification = null);

/// <summary>Two answers to a row's instruction, ordered. Answers are numbered: 0 is the row's response, from 1 on its candidates.</summary>
/// <param name="Chosen">Number of the better answer.</param>
/// <param name="Rejected">Number of the worse one.</param>
/// <param name="Margin">By how much it is better, in (0, 1]: of the steps on the way from text to code that passes all tests those between
/// the two; by a judge a tenth of the difference in points.</param>
/// <param name="Basis"><see cref="Execution"/> or <see cref="Judge"/>.</param>
/// <param name="Evidence">What shows it, one a line.</param>
public sealed record RowPreference(int Chosen, int Rejected, double Margin, string Basis, IReadOnlyList<string> Evidence)
{
    /// <summary>Compilers and tests told them apart.</summary>
    public const string Execution = "execution";

    /// <summary>A chat model told them apart: neither could be run.</summary>
    public const string Judge = "judge";
}

/// <summary>Evidence that a text holds part of a benchmark's problem.</summary>
/// <param name="Benchmark">Name of the benchmark.</param>
/// <param name="Problem">Id of the problem.</param>
/// <param name="Kind"><c>10-gram</c>: words in a row that are equal; <c>minhash</c>: words that are alike all over.</param>
/// <param name="Part">Where: <c>instruction</c>, <c>response</c>, <c>candidate</c>, <c>tests</c>, <c>code</c> or
/// <c>documentation</c>.</param>
/// <param name="Line">Line of the first shared 10-gram in that part, 1-based; 1 for <c>minhash</c>.</param>
/// <param name="Count">10-grams shared with the problem; 0 for <c>minhash</c>.</param>
/// <param name="Jaccard">Estimated Jaccard similarity of 3-word shingles, in [0, 1]; null for 10-grams.</param>
public sealed record Contamination(string Benchmark, string Problem, string Kind, string Part, int Line, int Count, double? Jaccard = null)
{
    /// <summary>Equal words in a row.</summary>
    public const string Grams = "10-gram";

    /// <summary>Words alike all over.</summary>
    public const string MinHash = "minhash";

    /// <summary>A row with this evidence: rejected, whatever the verdict on it was.</summary>
    public InstructionRow Reject(InstructionRow row) => row with
    {
        Contamination = this,
        Critique = row.Critique with { Verdict = Verdict.Reject,
            Faults = [ToString(), .. row.Critique.Faults.Where(fault => fault != ToString())] },
    };

    /// <summary>In one sentence.</summary>
    public override string ToString() => Kind == Grams
        ? FormattableString.Invariant($"It shares {Count} word 10-grams with problem {Problem} of {Benchmark} ({Part}, line {Line}).")
        : FormattableString.Invariant($"It is like problem {Problem} of {Benchmark} ({Part}, Jaccard {Jaccard:0.00}).");
}

/// <summary>The verdict on a row.</summary>
public sealed record RowCritique
{
    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Scores by criterion, each in [0, 10]; empty where no chat model judged.</summary>
    public required IReadOnlyDictionary<string, double> Scores { get; init; }

    /// <summary>Weighted mean of the scores, in [0, 10]; null where there are none.</summary>
    public double? Total { get; init; }

    /// <summary>What is good.</summary>
    public IReadOnlyList<string> Merits { get; init; } = [];

    /// <summary>What is not, or why it was rejected.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>
    /// The one of <see cref="Faults"/> that a gate added after the verdict, and takes back where it says otherwise later; null where none
    /// did. Exports leave it out.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? GateFault { get; init; }
}

/// <summary>What a critique says of a row.</summary>
public enum Verdict
{
    /// <summary>Good as it is.</summary>
    [JsonStringEnumMemberName("accept")]
    Accept,

    /// <summary>To be written again with the faults named.</summary>
    [JsonStringEnumMemberName("revise")]
    Revise,

    /// <summary>Not to be used; kept, marked.</summary>
    [JsonStringEnumMemberName("reject")]
    Reject,
}

/// <summary>What the gates came to, best first.</summary>
public enum RowStatus
{
    /// <summary>It passed every gate, its tests in isolation among them.</summary>
    [JsonStringEnumMemberName("verified")]
    Verified,

    /// <summary>A parser read it without an error.</summary>
    [JsonStringEnumMemberName("parsed-only")]
    ParsedOnly,

    /// <summary>It failed a check.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Nothing here can check it.</summary>
    [JsonStringEnumMemberName("unverifiable")]
    Unverifiable,
}
