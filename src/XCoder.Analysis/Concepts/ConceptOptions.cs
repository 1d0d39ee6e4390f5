using XCoder.Analysis.Text;

namespace XCoder.Analysis.Concepts;

/// <summary>Options of the search for concepts. The weights of the graph's edges are margins (CSLS, Conneau et al. 2018).</summary>
internal sealed record ConceptOptions
{
    /// <summary>
    /// Lowest mean margin of a member to the other members, in [-1, 1]; a lower value gives larger and looser concepts.
    /// Default 0: the members are as near to each other as to their 30 nearest neighbours on average. The graph should
    /// contain pairs down to about 0.1 below it.
    /// </summary>
    public float Threshold { get; init; } = 0;

    /// <summary>
    /// Margin assumed for a pair without an edge, below <see cref="Threshold"/>; edges below it count as missing. The
    /// lower it is, the more of a concept's pairs must have an edge. Default -0.2.
    /// </summary>
    public float Missing { get; init; } = -0.2f;

    /// <summary>Fewest distinct contents of a concept, 2 or more; smaller clusters are noise. Default 3.</summary>
    public int MinMembers { get; init; } = 3;

    /// <summary>Fewest languages of a concept, 1 or more. Default 1.</summary>
    public int MinLanguages { get; init; } = 1;

    /// <summary>Most rounds of improvement, 1 or more. Default 10; usually a few suffice.</summary>
    public int Rounds { get; init; } = 10;

    /// <summary>Throws if an option is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An option is outside its range; the exception gives its name, value and range.
    /// </exception>
    public void Validate()
    {
        OptionRange.Check(Threshold is >= -1 and <= 1, nameof(Threshold), Threshold, "-1 to 1");
        OptionRange.Check(Missing >= -4 && Missing < Threshold, nameof(Missing), Missing,
            $"at least -4 and below the threshold ({Threshold})");
        OptionRange.Check(MinMembers >= 2, nameof(MinMembers), MinMembers, "2 or more");
        OptionRange.Check(MinLanguages >= 1, nameof(MinLanguages), MinLanguages, "1 or more");
        OptionRange.Check(Rounds >= 1, nameof(Rounds), Rounds, "1 or more");
    }
}
