namespace XCoder.Analysis.Reports.Html;

/// <summary>
/// Renders <c>report.html</c>: one file that loads nothing from elsewhere, with a light and a dark theme. Tables work
/// without JavaScript. With it, tables can be sorted, duplicate groups can be filtered and opened to show their code,
/// concepts by language become a heat map, and snippets a map to explore.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="writer">Receives the page; must encode as UTF-8.</param>
    /// <param name="report">The content of the page.</param>
    /// <param name="code">
    /// Returns the code of a snippet by id, or null if there is none; called only for snippets whose code is on the
    /// page.
    /// </param>
    /// <param name="options">Contents and limits; null uses the defaults.</param>
    public static void Write(TextWriter writer, AnalysisReport report, Func<string, string?> code, HtmlReportOptions? options = null)
    {
        var chosen = options ?? new HtmlReportOptions();
        new Page(new Markup(writer), report, code, chosen).Write();
    }
}

/// <summary>Contents and limits of the page. The limits make it open at once whatever the size of the workspace.</summary>
public sealed record HtmlReportOptions
{
    /// <summary>Title of the page. Default <c>XCoder report</c>.</summary>
    public string Title { get; init; } = "XCoder report";

    /// <summary>Whether languages, repositories, skipped files, losses and licences are shown. Default true.</summary>
    public bool Coverage { get; init; } = true;

    /// <summary>Whether duplicates are shown. Default true.</summary>
    public bool Duplicates { get; init; } = true;

    /// <summary>Most groups on the page; those with the most repeated tokens are shown. Default 10,000.</summary>
    public int MaxGroups { get; init; } = 10_000;

    /// <summary>Most groups with code on the page; those with the most repeated tokens are chosen. Default 200.</summary>
    public int MaxCodeGroups { get; init; } = 200;

    /// <summary>Most members shown of a group. Default 20.</summary>
    public int MaxMembers { get; init; } = 20;

    /// <summary>Most members of a group shown with code, including the representative. Default 6.</summary>
    public int MaxCodeMembers { get; init; } = 6;

    /// <summary>Most lines of a snippet's code. Default 160.</summary>
    public int MaxCodeLines { get; init; } = 160;

    /// <summary>Approximate limit of characters of all groups' code. Default 1,200,000.</summary>
    public int MaxCodeCharacters { get; init; } = 1_200_000;

    /// <summary>Most concepts on the page, the first of the matrix. Default 5,000.</summary>
    public int MaxConcepts { get; init; } = 5_000;

    /// <summary>Most lines of a snippet's code in the concept matrix. Default 40.</summary>
    public int MaxConceptCodeLines { get; init; } = 40;

    /// <summary>Approximate limit of characters of all code in the concept matrix. Default 3,000,000.</summary>
    public int MaxConceptCodeCharacters { get; init; } = 3_000_000;

    /// <summary>Most lines of a snippet's code on the map. Default 12.</summary>
    public int MaxMapCodeLines { get; init; } = 12;

    /// <summary>Approximate limit of characters of all code on the map, spread evenly over the points. Default 3,000,000.</summary>
    public int MaxMapCodeCharacters { get; init; } = 3_000_000;

    /// <summary>Most rows of every other table. Default 1,000.</summary>
    public int MaxRows { get; init; } = 1_000;
}
