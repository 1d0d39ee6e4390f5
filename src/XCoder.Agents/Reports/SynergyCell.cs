using XCoder.Analysis.Duplicates;

namespace XCoder.Agents.Reports;

/// <summary>What neighbours in one language did for rows answered in another.</summary>
public sealed record SynergyCell
{
    /// <summary>Fewest rows with neighbours, and fewest without, from which a synergy is known.</summary>
    public const int LeastRows = 20;

    /// <summary>Language id of the neighbours.</summary>
    public required string Source { get; init; }

    /// <summary>Language id of the responses.</summary>
    public required string Target { get; init; }

    /// <summary>Seeds of rows answered in the target, held-out ones not among them.</summary>
    public required long Seeds { get; init; }

    /// <summary>How many of them were shown a neighbour in the source with at least <see cref="SynergyMatrix.LeastCosine"/>.</summary>
    public required long Hits { get; init; }

    /// <summary>Rows answered in the target whose best neighbour is in the source.</summary>
    public required long Rows { get; init; }

    /// <summary>How many of them are good.</summary>
    public required long Good { get; init; }

    /// <summary>Rows answered in the target that were shown no neighbours.</summary>
    public required long HeldOut { get; init; }

    /// <summary>How many of them are good.</summary>
    public required long HeldOutGood { get; init; }

    /// <summary>Share of seeds with a hit, in [0, 1]; null without seeds.</summary>
    public double? Hit => Seeds == 0 ? null : (double)Hits / Seeds;

    /// <summary>Whether both sides have <see cref="LeastRows"/> rows; else the synergy is unknown, which is not zero.</summary>
    public bool IsKnown => Rows >= LeastRows && HeldOut >= LeastRows;

    /// <summary>Share of good rows less that of held-out ones, in [-1, 1]; null where it is unknown.</summary>
    public double? Synergy => IsKnown ? Interval!.Value : null;

    /// <summary>The difference of both shares with its 95 % interval, whatever the rows; null where a side has none.</summary>
    public Estimate? Interval => Rows == 0 || HeldOut == 0 ? null : ShareDifference.Of((Good, Rows), (HeldOutGood, HeldOut));
}
