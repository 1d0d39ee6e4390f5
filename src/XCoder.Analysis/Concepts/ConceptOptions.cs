using XCoder.Analysis.Text;

namespace XCoder.Analysis.Concepts;

/// <summary>How concepts are looked for. The weights of the graph's edges are margins (CSLS, Conneau et al. 2018).</summary>
internal sealed record ConceptOptions
{
    /// <summary>
    /// Lowest mean margin of a member to the other members, in [-1, 1]: the lower, the larger and the looser the
    /// concepts. Default 0: as near as the members are to their 30 nearest neighbours on average. The graph should hold
    /// the pairs down to about a tenth below it.
    /// </summary>
    public float Threshold { get; init; } = 0;

    /// <summary>
    /// What a pair without an edge counts as, below <see cref="Threshold"/>: the lower, the more of the pairs of a
    /// concept must be edges. Edges below it count as none. Default -0.2.
    /// </summary>
    public float Missing { get; init; } = -0.2f;

    /// <summary>Fewest distinct contents of a concept, 2 or more; what does not come to as many is noise. Default 3.</summary>
    public int MinMembers { get; init; } = 3;

    /// <summary>Fewest languages of a concept, 1 or more. Default 1.</summary>
    public int MinLanguages { get; init; } = 1;

    /// <summary>Most rounds of improvement, 1 or more. Default 10; a few suffice.</summary>
    public int Rounds { get; init; } = 10;

    /// <summary>Throws if a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option, its value and its range.</exception>
    public void Validate()
    {
        OptionRange.Check(Threshold is >= -1 and <= 1, nameof(Threshold), Threshold, "-1 to 1");
        OptionRange.Check(Missing >= -4 && Missing < Threshold, nameof(Missing), Missing, $"-4 to below the threshold, {Threshold}");
        OptionRange.Check(MinMembers >= 2, nameof(MinMembers), MinMembers, "2 or more");
        OptionRange.Check(MinLanguages >= 1, nameof(MinLanguages), MinLanguages, "1 or more");
        OptionRange.Check(Rounds >= 1, nameof(Rounds), Rounds, "1 or more");
    }
}
