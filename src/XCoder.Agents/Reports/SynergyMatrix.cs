namespace XCoder.Agents.Reports;

/// <summary>
/// How much neighbours in one language help rows answered in another: the share of good rows among those whose best neighbour
/// is in the source, less the share among rows of held-out seeds, which were shown none. The measure is ours.
/// </summary>
public sealed record SynergyMatrix
{
    /// <summary>Whether good means accepted by the critique and verified by tests that ran; else no test of the run's rows has run yet, and good means accepted alone.</summary>
    public required bool IsExecuted { get; init; }

    /// <summary>Least cosine of a neighbour that counts as a hit: the run's own bound, in [-1, 1].</summary>
    public required double LeastCosine { get; init; }

    /// <summary>Rows by agents that have neighbours or are held out: those that could count.</summary>
    public required long Rows { get; init; }

    /// <summary>How many of them were left out because they have not been verified, where others were.</summary>
    public required long NotVerified { get; init; }

    /// <summary>How many of them were left out because nothing here can tell whether their tests pass, where others ran.</summary>
    public required long Unverifiable { get; init; }

    /// <summary>How many of them were left out because the language of their neighbours is not recorded.</summary>
    public required long Unplaced { get; init; }

    /// <summary>Cells of each language whose snippets were shown and each that was answered in, by source, then target.</summary>
    public required IReadOnlyList<SynergyCell> Cells { get; init; }
}
