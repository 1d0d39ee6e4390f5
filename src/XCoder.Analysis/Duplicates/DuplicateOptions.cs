using XCoder.Analysis.Text;

namespace XCoder.Analysis.Duplicates;

/// <summary>How duplicates are looked for.</summary>
public sealed record DuplicateOptions
{
    /// <summary>Lowest Jaccard similarity of a near duplicate to its representative, in (0, 1]. Default 0.7.</summary>
    public double Threshold { get; init; } = 0.7;

    /// <summary>LSH bands. Default 32.</summary>
    public int Bands { get; init; } = 32;

    /// <summary>MinHash values a band. Default 4; with 32 bands a pair at Jaccard 0.7 is found with probability 0.9998.</summary>
    public int Rows { get; init; } = 4;

    /// <summary>Tokens a shingle. Default 3.</summary>
    public int ShingleSize { get; init; } = 3;

    /// <summary>Snippets with fewer tokens are not compared. Default 25.</summary>
    public int MinTokens { get; init; } = 25;

    /// <summary>Threads for the search of near duplicates. The result does not depend on it. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Memory for shingle sets while near duplicates are verified, in MiB. Where they need more, the files are read
    /// once more for every such part. Default 384.
    /// </summary>
    public int VerificationMegabytes { get; init; } = 384;

    /// <summary>Throws if a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option, its value and its range.</exception>
    public void Validate()
    {
        OptionRange.Check(Threshold is > 0 and <= 1, nameof(Threshold), Threshold, "above 0, at most 1");
        OptionRange.Check(Bands is >= 1 and <= 256, nameof(Bands), Bands, "1 to 256");
        OptionRange.Check(Rows is >= 1 and <= 32, nameof(Rows), Rows, "1 to 32");
        OptionRange.Check(ShingleSize is >= 1 and <= 16, nameof(ShingleSize), ShingleSize, "1 to 16");
        OptionRange.Check(MinTokens >= 1, nameof(MinTokens), MinTokens, "1 or more");
        OptionRange.Check(Threads >= 1, nameof(Threads), Threads, "1 or more");
        OptionRange.Check(VerificationMegabytes is >= 1 and <= 65536, nameof(VerificationMegabytes), VerificationMegabytes, "1 to 65536");
    }
}
