namespace XCoder.Analysis.Reports.Html;

/// <summary>
/// Renders <c>report.html</c>: one file that loads nothing from elsewhere, with a light and a dark theme. Tables work
/// without JavaScript. With it, tables can be sorted, duplicate groups can be filtered and opened to show their code,
/// concepts by language become a heat map, and snippets a map to explore. It holds no folder of this machine.
/// </summary>
public static class HtmlReport
{
    internal const string Title = "XCoder report";

    /// <summary>Writes the page.</summary>
    /// <param name="writer">Receives the page; must encode as UTF-8.</param>
    /// <param name="report">The content of the page.</param>
    /// <param name="code">
    /// Returns the code of a snippet by id, or null if there is none; called only for snippets whose code is on the
    /// page.
    /// </param>
    /// <param name="options">Contents and limits; null uses the defaults, without duplicates if none were looked for.</param>
    public static void Write(TextWriter writer, AnalysisReport report, Func<string, string?> code, HtmlReportOptions? options = null)
    {
        // A report for which no duplicates were looked for is one of coverage.
        var chosen = options ?? new HtmlReportOptions { Duplicates = report.Kinds.Count > 0,
            Title = report.Kinds.Count > 0 ? Title : "XCoder coverage" };
        new Page(new Markup(writer), report, code, chosen).Write();
    }
}

/// <summary>Contents and limits of the page. The limits make it open at once whatever the size of the workspace.</summary>
public sealed record HtmlReportOptions
{
    /// <summary>Title of the page. Default <c>XCoder report</c>.</summary>
    public string Title { get; init; } = HtmlReport.Title;

    /// <summary>Whether languages, repositories, skipped files, losses and licences are shown. Default true.</summary>
    public bool Coverage { get; init; } = true;

    /// <summary>Whether duplicates are shown. Default true.</summary>
    public bool Duplicates { get; init; } = true;

    /// <summary>Most groups on the page; those with the most repeated tokens are shown. Default 10,000.</summary>
    public int MaxGroups { get; init; } = 10_000;

    /// <summary>Most members shown of a group, with their code. Default 20.</summary>
    public int MaxMembers { get; init; } = 20;

    /// <summary>Most lines of a snippet's code. Default 400.</summary>
    public int MaxCodeLines { get; init; } = 400;

    /// <summary>
    /// Approximate limit of bytes of the page for all groups' code, which is compressed; the groups with the most repeated tokens come
    /// first. Default 8 MiB.
    /// </summary>
    public int MaxCodeBytes { get; init; } = 8 << 20;

    /// <summary>Most concepts on the page, the first of the matrix. Default 5,000.</summary>
    public int MaxConcepts { get; init; } = 5_000;

    /// <summary>Most lines of a snippet's code in the concept matrix. Default 40.</summary>
    public int MaxConceptCodeLines { get; init; } = 40;

    /// <summary>Approximate limit of bytes of the page for all code in the concept matrix, which is compressed. Default 2 MiB.</summary>
    public int MaxConceptCodeBytes { get; init; } = 2 << 20;

    /// <summary>Most lines of a snippet's code on the map. Default 12.</summary>
    public int MaxMapCodeLines { get; init; } = 12;

    /// <summary>
    /// Approximate limit of bytes of the page for all code on the map, which is compressed and spread evenly over the points.
    /// Default 4 MiB.
    /// </summary>
    public int MaxMapCodeBytes { get; init; } = 4 << 20;

    /// <summary>Most rows of every other table. Default 1,000.</summary>
    public int MaxRows { get; init; } = 1_000;
}
