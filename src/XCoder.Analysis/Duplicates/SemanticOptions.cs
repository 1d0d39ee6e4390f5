using XCoder.Analysis.Text;
using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Analysis.Duplicates;

/// <summary>
/// What makes a pair a semantic duplicate. Margins are those of <see cref="XCoder.Analysis.Vectors.Graph.MarginGraph"/>; the defaults are
/// measured on problems the model was not trained on (RESULTS.md).
/// </summary>
public sealed record SemanticOptions
{
    /// <summary>Lowest margin of a pair in two languages, in [-0.1, 1]. Default 0.12; calibration finds a corpus's own.</summary>
    public double Threshold { get; init; } = 0.12;

    /// <summary>How much more a pair of one language in two repositories must have. Default 0.05.</summary>
    public double SameLanguage { get; init; } = 0.05;

    /// <summary>
    /// How much more a pair of one language and repository must have: authors seldom write the same twice, but often alike. Default 0.35.
    /// </summary>
    public double SameRepository { get; init; } = 0.35;

    /// <summary>
    /// A pair is dropped where one of the two has a partner in the other's repository and language whose margin is larger by more than
    /// this. Default 0.1.
    /// </summary>
    public double Competition { get; init; } = 0.1;

    /// <summary>
    /// Members of a group that are no such pair must still have a margin no lower than the threshold less this. Default 0.2.
    /// </summary>
    public double Slack { get; init; } = 0.2;

    /// <summary>Lowest cosine of a pair, in [0, 1]. Default 0.35.</summary>
    public double LowestCosine { get; init; } = 0.35;

    /// <summary>Throws if a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option, its value and its range.</exception>
    public void Validate()
    {
        OptionRange.Check(Threshold is >= -0.1 and <= 1, nameof(Threshold), Threshold, "-0.1 to 1");
        OptionRange.Check(SameLanguage is >= 0 and <= 1, nameof(SameLanguage), SameLanguage, "0 to 1");
        OptionRange.Check(SameRepository is >= 0 and <= 1, nameof(SameRepository), SameRepository, "0 to 1");
        OptionRange.Check(Competition is >= 0 and <= 2, nameof(Competition), Competition, "0 to 2");
        OptionRange.Check(Slack is >= 0 and <= 1, nameof(Slack), Slack, "0 to 1");
        OptionRange.Check(LowestCosine is >= 0 and <= 1, nameof(LowestCosine), LowestCosine, "0 to 1");
    }
}

/// <summary>Near pairs of distinct code, among which semantic duplicates are looked for.</summary>
public sealed class SemanticCandidates
{
    /// <summary>Near pairs of nodes by margin.</summary>
    public required MarginGraph Graph { get; init; }

    /// <summary>Number of each node's language; dialects of one language share it.</summary>
    public required IReadOnlyList<byte> Languages { get; init; }

    /// <summary>Number of each node's repository.</summary>
    public required IReadOnlyList<int> Repositories { get; init; }

    /// <summary>Functions that belong to each structure; structures are the last nodes, one a row.</summary>
    public required IReadOnlyList<int[]> Members { get; init; }

    /// <summary>
    /// Number of the exact, renamed or near group that each node is in, or -1: those are duplicates by stronger evidence.
    /// </summary>
    public required IReadOnlyList<int> TextGroups { get; init; }
}
