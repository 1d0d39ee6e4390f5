using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports;

/// <summary>The names of kinds, as every report writes them.</summary>
public static class KindNames
{
    private static readonly string[] SnippetKinds = ["function", "method", "constructor", "structure", "interface", "enumeration"];

    /// <summary>The kind's name, for example <c>renamed</c>.</summary>
    public static string Name(this DuplicateKind kind) => DuplicateRule.Of(kind).Name;

    /// <summary>Returns the kind's name, for example <c>constructor</c>.</summary>
    public static string Name(this SnippetKind kind) => SnippetKinds[(int)kind];
}

/// <summary>Formats the position of a snippet for readers.</summary>
public static class SnippetPlace
{
    /// <summary>Returns <c>repository/path:line</c>; control characters are not yet made safe.</summary>
    public static string Of(Snippet snippet) => $"{snippet.Repository}/{snippet.Path}:{snippet.Span.StartLine}";
}

/// <summary>Describes the options with which duplicates were found.</summary>
public static class ThresholdText
{
    /// <summary>
    /// Returns, for example, <c>near: Jaccard >= 0.7, 32 bands x 4 rows, shingles of 3 tokens; snippets under 25 tokens
    /// not compared</c>.
    /// </summary>
    public static string Of(DuplicateOptions options) =>
        $"near: Jaccard >= {NumberText.Plain(options.Threshold)}, {options.Bands} bands x {options.Rows} rows, "
        + $"shingles of {options.ShingleSize} tokens; snippets under {options.MinTokens} tokens not compared";

    /// <summary>
    /// Returns, for example, <c>semantic: margin >= 0.12 across languages (calibrated), model default, expected precision of
    /// pairs 0.96 (0.93 to 0.99), recall 0.70 (0.60 to 0.80) of known pairs</c>.
    /// </summary>
    public static string Of(SemanticBasis basis) =>
        $"semantic: margin >= {NumberText.Plain(basis.Threshold)} across languages ({basis.Source}), "
        + $"model {SafeText.ForTerminal(basis.Model)}, expected precision of pairs "
        + (basis.Precision is { } precision ? Of(precision) : "unknown")
        + (basis.Recall is { } recall ? $", recall {Of(recall)} of known pairs" : "");

    /// <summary>Returns, for example, <c>0.96 (0.93 to 0.99)</c>.</summary>
    public static string Of(Estimate estimate) =>
        FormattableString.Invariant($"{estimate.Value:0.00} ({estimate.Low:0.00} to {estimate.High:0.00})");
}
