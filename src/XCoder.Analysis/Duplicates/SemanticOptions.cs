using XCoder.Analysis.Text;
using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Analysis.Duplicates;

/// <summary>
/// The rule that makes a pair a semantic duplicate. Margins are those of <see
/// cref="XCoder.Analysis.Vectors.Graph.MarginGraph"/>. The defaults were measured on problems that the model was not
/// trained on (RESULTS.md).
/// </summary>
public sealed record SemanticOptions
{
    /// <summary>
    /// Lowest margin of a pair in two languages of one project or of ports of each other, in [-0.1, 1]. Default 0.12; calibration finds
    /// the threshold of a corpus.
    /// </summary>
    public double Threshold { get; init; } = 0.12;

    /// <summary>
    /// Lowest margin of a pair in two languages of projects that are no ports of each other, in [-0.1, 1]. Default 0.3: of the pairs
    /// between 0.12 and that about one in eight does the same.
    /// </summary>
    public double UnrelatedThreshold { get; init; } = 0.3;

    /// <summary>Added to the threshold for a pair in one language and two repositories, in [0, 1]. Default 0.05.</summary>
    public double SameLanguage { get; init; } = 0.05;

    /// <summary>
    /// Added to the threshold for a pair in one language and repository, in [0, 1]. Default 0.35: authors seldom write
    /// the same thing twice, but often write similar things.
    /// </summary>
    public double SameRepository { get; init; } = 0.35;

    /// <summary>
    /// A pair is dropped if, in one's repository and language, the other has a partner whose margin is larger by more
    /// than this. In [0, 2]; default 0.1.
    /// </summary>
    public double Competition { get; init; } = 0.1;

    /// <summary>Lowest cosine of a pair, in [0, 1]. Default 0.35.</summary>
    public double LowestCosine { get; init; } = 0.35;

    /// <summary>Throws if an option is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An option is outside its range; the exception gives its name, value and range.
    /// </exception>
    public void Validate()
    {
        OptionRange.Check(Threshold is >= -0.1 and <= 1, nameof(Threshold), Threshold, "-0.1 to 1");
        OptionRange.Check(UnrelatedThreshold is >= -0.1 and <= 1, nameof(UnrelatedThreshold), UnrelatedThreshold, "-0.1 to 1");
        OptionRange.Check(SameLanguage is >= 0 and <= 1, nameof(SameLanguage), SameLanguage, "0 to 1");
        OptionRange.Check(SameRepository is >= 0 and <= 1, nameof(SameRepository), SameRepository, "0 to 1");
        OptionRange.Check(Competition is >= 0 and <= 2, nameof(Competition), Competition, "0 to 2");
        OptionRange.Check(LowestCosine is >= 0 and <= 1, nameof(LowestCosine), LowestCosine, "0 to 1");
    }
}
