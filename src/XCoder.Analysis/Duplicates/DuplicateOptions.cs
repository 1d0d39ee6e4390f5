using XCoder.Analysis.Text;

namespace XCoder.Analysis.Duplicates;

/// <summary>Options of the search for duplicates.</summary>
public sealed record DuplicateOptions
{
    /// <summary>Lowest Jaccard similarity of a near duplicate to its representative, in (0, 1]. Default 0.7.</summary>
    public double Threshold { get; init; } = 0.7;

    /// <summary>Number of LSH bands, 1 to 256. Default 32.</summary>
    public int Bands { get; init; } = 32;

    /// <summary>
    /// MinHash values per band, 1 to 32. Default 4; with 32 bands, a pair at Jaccard 0.7 is found with probability
    /// 0.9998.
    /// </summary>
    public int Rows { get; init; } = 4;

    /// <summary>Tokens per shingle, 1 to 16. Default 3.</summary>
    public int ShingleSize { get; init; } = 3;

    /// <summary>Snippets with fewer tokens are not compared. 1 or more; default 25.</summary>
    public int MinTokens { get; init; } = 25;

    /// <summary>
    /// Whole files with fewer tokens are not compared: two fifths of <see cref="MinTokens"/>, because equal bytes prove more than
    /// equal tokens, but every project has equal files of a line or two.
    /// </summary>
    public int MinFileTokens => Math.Max(1, MinTokens * 2 / 5);

    /// <summary>Threads for the search for near duplicates, 1 or more; the result does not depend on their number. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Memory for shingle sets while near duplicates are verified, in MiB, 1 to 65,536. If the sets need more, the work
    /// is split into parts and the files are read once for each part. Default 384.
    /// </summary>
    public int VerificationMegabytes { get; init; } = 384;

    /// <summary>Throws if an option is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An option is outside its range; the exception gives its name, value and range.
    /// </exception>
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
