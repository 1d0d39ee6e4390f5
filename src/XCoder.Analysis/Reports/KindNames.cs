using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports;

/// <summary>The names of kinds as every report writes them.</summary>
public static class KindNames
{
    private static readonly string[] SnippetKinds = ["function", "method", "constructor", "structure", "interface", "enumeration"];

    /// <summary>The kind's name, for example <c>renamed</c>.</summary>
    public static string Name(this DuplicateKind kind) => DuplicateRule.Of(kind).Name;

    /// <summary>The kind's name, for example <c>constructor</c>.</summary>
    public static string Name(this SnippetKind kind) => SnippetKinds[(int)kind];
}

/// <summary>Where a snippet stands, for people.</summary>
public static class SnippetPlace
{
    /// <summary><c>repository/path:line</c>, not yet made safe.</summary>
    public static string Of(Snippet snippet) => $"{snippet.Repository}/{snippet.Path}:{snippet.Span.StartLine}";
}

/// <summary>What the duplicates were found with, in words.</summary>
public static class ThresholdText
{
    /// <summary><c>near: Jaccard >= 0.7, 32 bands x 4 rows, shingles of 3 tokens; snippets under 25 tokens not compared</c>.</summary>
    public static string Of(DuplicateOptions options) =>
        $"near: Jaccard >= {NumberText.Plain(options.Threshold)}, {options.Bands} bands x {options.Rows} rows, "
        + $"shingles of {options.ShingleSize} tokens; snippets under {options.MinTokens} tokens not compared";

    /// <summary>
    /// <c>semantic: margin >= 0.12 (calibrated), model default, expected precision 0.96 (0.93 to 0.99), recall 0.7 (0.6 to 0.8) of known
    /// twins</c>.
    /// </summary>
    public static string Of(SemanticBasis basis) =>
        $"semantic: margin >= {NumberText.Plain(basis.Threshold)} across languages ({basis.Source}), "
            + $"model {SafeText.ForTerminal(basis.Model)}, expected precision of pairs "
        + (basis.Precision is { } precision ? Of(precision) : "unknown")
        + (basis.Recall is { } recall ? $", recall {Of(recall)} of known twins" : "");

    /// <summary><c>0.96 (0.93 to 0.99)</c>.</summary>
    public static string Of(Estimate estimate) =>
        FormattableString.Invariant($"{estimate.Value:0.00} ({estimate.Low:0.00} to {estimate.High:0.00})");
}
