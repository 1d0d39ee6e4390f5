using XCoder.Analysis.Concepts;
using XCoder.Analysis.Duplicates;

namespace XCoder.Analysis.Reports;

/// <summary>Concepts by language and what is missing, with what both rest on.</summary>
public sealed record ConceptReport
{
    /// <summary>Concepts by language.</summary>
    public required ConceptMatrix Matrix { get; init; }

    /// <summary>Concepts that languages lack, highest score first.</summary>
    public required IReadOnlyList<ConceptGap> Gaps { get; init; }

    /// <summary>How many gaps there are in all.</summary>
    public int AllGaps { get; init; }

    /// <summary>The threshold from which on something near fills a gap, the model, the precision expected.</summary>
    public required SemanticBasis Basis { get; init; }

    /// <summary>The language that gaps were asked for, or null for all.</summary>
    public string? Language { get; init; }

    /// <summary>Functions without a partner in <see cref="Language"/>; null where they were not asked for.</summary>
    public IReadOnlyList<FunctionGap>? Functions { get; init; }

    /// <summary>How many such functions there are in all.</summary>
    public int AllFunctions { get; init; }
}
