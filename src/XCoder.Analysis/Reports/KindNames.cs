using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Indexing;
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

/// <summary>Describes the code that the search for duplicates of snippets does not see.</summary>
public static class UncomparedText
{
    /// <summary>
    /// Returns, for example, <c>In no function or structure, and compared as whole files only: 900 of 4,000 bytes (python 700 of
    /// 3,000, bash 200 of 1,000)</c>; empty if all code lies in snippets.
    /// </summary>
    /// <param name="coverage">The languages searched.</param>
    /// <param name="kinds">The kinds that were looked for.</param>
    public static string Of(CoverageReport coverage, IReadOnlyList<DuplicateKind> kinds)
    {
        var languages = coverage.Languages.Where(static language => language.OutsideBytes > 0)
            .OrderByDescending(static language => language.OutsideBytes).ToList();
        return languages.Count == 0 ? ""
            : $"In no function or structure, and {(kinds.Contains(DuplicateKind.File) ? "compared as whole files only" : "not compared")}: "
                + $"{NumberText.Count(languages.Sum(static language => language.OutsideBytes))} of "
                + $"{NumberText.Count(coverage.Bytes)} bytes ("
                + string.Join(", ", languages.Select(static language => $"{SafeText.ForTerminal(language.Language)} "
                    + $"{NumberText.Count(language.OutsideBytes)} of {NumberText.Count(language.Bytes)}")) + ").";
    }

    /// <summary>Says that no group was found, and among how much; never that there is none where nothing was compared.</summary>
    /// <param name="compared">Number of snippets compared.</param>
    /// <param name="minTokens">Least number of tokens of those.</param>
    /// <param name="isAgainstBaseline">Whether only new groups were looked for.</param>
    public static string Nothing(int compared, int minTokens, bool isAgainstBaseline)
    {
        var what = isAgainstBaseline ? "No new duplicates" : "No duplicates";
        return compared == 0 ? $"Nothing was compared: no function or structure has {minTokens} tokens or more."
            : $"{what} among {NumberText.Count(compared, "snippet")} of {minTokens} tokens or more.";
    }
}

/// <summary>Describes how a group differs from a baseline.</summary>
public static class ChangeText
{
    /// <summary>Returns <c>new group</c>, <c>1 more copy</c> or <c>3 more copies</c>; empty without a baseline.</summary>
    public static string Of(DuplicateGroup group) => group.Change switch
    {
        null => "",
        { IsNewGroup: true } => "new group",
        { Before: var before } when group.Members.Count - before == 1 => "1 more copy",
        { Before: var before } => $"{NumberText.Count(group.Members.Count - before)} more copies",
    };
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
    /// Returns, for example, <c>semantic: model default, margins default; in ports >= 0.12, expected precision of pairs 0.96 (0.93 to
    /// 0.99), recall 0.70 (0.60 to 0.80) of known pairs; elsewhere >= 0.3, expected precision of pairs 0.52 (0.31 to 0.73)</c>.
    /// </summary>
    public static string Of(SemanticBasis basis) =>
        $"semantic: model {SafeText.ForTerminal(basis.Model)}, margins {basis.Source}; in ports {Of(basis.Threshold, basis.Precision)}"
        + (basis.Recall is { } recall ? $", recall {Of(recall)} of known pairs" : "")
        + $"; elsewhere {Of(basis.UnrelatedThreshold, basis.UnrelatedPrecision)}";

    private static string Of(double threshold, Estimate? precision) => threshold >= 1 ? "none, as no margin is precise enough"
        : $">= {NumberText.Plain(threshold)}, expected precision of pairs {(precision is null ? "unknown" : Of(precision))}";

    /// <summary>Returns, for example, <c>0.96 (0.93 to 0.99)</c>.</summary>
    public static string Of(Estimate estimate) =>
        FormattableString.Invariant($"{estimate.Value:0.00} ({estimate.Low:0.00} to {estimate.High:0.00})");
}
