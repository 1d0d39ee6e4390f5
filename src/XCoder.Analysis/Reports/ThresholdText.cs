using XCoder.Analysis.Duplicates;

namespace XCoder.Analysis.Reports;

/// <summary>What the duplicates were found with, in words.</summary>
internal static class ThresholdText
{
    /// <summary><c>near: Jaccard >= 0.7, 32 bands x 4 rows, shingles of 3 tokens; snippets under 25 tokens not compared</c>.</summary>
    internal static string Of(DuplicateOptions options) =>
        $"near: Jaccard >= {Amounts.Plain(options.Threshold)}, {options.Bands} bands x {options.Rows} rows, "
        + $"shingles of {options.ShingleSize} tokens; snippets under {options.MinTokens} tokens not compared";
}
