namespace XCoder.Agents.Rows;

/// <summary>Evidence that a text holds part of a benchmark's problem.</summary>
/// <param name="Benchmark">Name of the benchmark.</param>
/// <param name="Problem">Id of the problem.</param>
/// <param name="Kind"><c>10-gram</c>: words in a row that are equal; <c>minhash</c>: words that are alike all over.</param>
/// <param name="Part">Where: <c>instruction</c>, <c>response</c>, <c>candidate</c>, <c>tests</c>, <c>code</c> or <c>documentation</c>.</param>
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
        Critique = row.Critique with { Verdict = Verdict.Reject, Faults = [ToString(), .. row.Critique.Faults.Where(fault => fault != ToString())] },
    };

    /// <summary>In one sentence.</summary>
    public override string ToString() => Kind == Grams
        ? FormattableString.Invariant($"It shares {Count} word 10-grams with problem {Problem} of {Benchmark} ({Part}, line {Line}).")
        : FormattableString.Invariant($"It is like problem {Problem} of {Benchmark} ({Part}, Jaccard {Jaccard:0.00}).");
}
