namespace XCoder.Analysis.Reports.Html;

/// <summary>
/// Renders <c>report.html</c>: one file that loads nothing from anywhere, in light and dark. Tables are there
/// without JavaScript; with it they sort, duplicate groups filter and open on their code, concepts
/// by language are a heat map, and snippets a map to look around in.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="writer">Where to; must encode as UTF-8.</param>
    /// <param name="report">What it shows.</param>
    /// <param name="code">Code of a snippet by id, or null where there is none; asked only for snippets whose code is on the page.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    public static void Write(TextWriter writer, AnalysisReport report, Func<string, string?> code, HtmlReportOptions? options = null)
    {
        var chosen = options ?? new HtmlReportOptions();
        new Page(new Markup(writer), report, code, chosen).Write();
    }
}

/// <summary>What the page holds and where it stops, so that it opens at once whatever the size of the workspace.</summary>
public sealed record HtmlReportOptions
{
    /// <summary>Title of the page. Default <c>XCoder report</c>.</summary>
    public string Title { get; init; } = "XCoder report";

    /// <summary>Whether languages, repositories, skipped files, losses and licences are shown. Default true.</summary>
    public bool Coverage { get; init; } = true;

    /// <summary>Whether duplicates are shown. Default true.</summary>
    public bool Duplicates { get; init; } = true;

    /// <summary>Groups on the page, those with the most repeated tokens. Default 10,000.</summary>
    public int MaxGroups { get; init; } = 10_000;

    /// <summary>Groups whose code is on the page, those with the most repeated tokens. Default 200.</summary>
    public int MaxCodeGroups { get; init; } = 200;

    /// <summary>Members of a group on the page. Default 20.</summary>
    public int MaxMembers { get; init; } = 20;

    /// <summary>Members of a group whose code is on the page, the representative among them. Default 6.</summary>
    public int MaxCodeMembers { get; init; } = 6;

    /// <summary>Lines of a snippet's code on the page. Default 160.</summary>
    public int MaxCodeLines { get; init; } = 160;

    /// <summary>Characters of code on the page in all. Default 1,200,000.</summary>
    public int MaxCodeCharacters { get; init; } = 1_200_000;

    /// <summary>Concepts on the page, the first of the matrix. Default 5,000.</summary>
    public int MaxConcepts { get; init; } = 5_000;

    /// <summary>Lines of a snippet's code in the matrix of concepts. Default 40.</summary>
    public int MaxConceptCodeLines { get; init; } = 40;

    /// <summary>Characters of code in the matrix of concepts in all. Default 3,000,000.</summary>
    public int MaxConceptCodeCharacters { get; init; } = 3_000_000;

    /// <summary>Lines of a snippet's code on the map. Default 12.</summary>
    public int MaxMapCodeLines { get; init; } = 12;

    /// <summary>Characters of code on the map in all, of points taken evenly. Default 3,000,000.</summary>
    public int MaxMapCodeCharacters { get; init; } = 3_000_000;

    /// <summary>Rows of every other table. Default 1,000.</summary>
    public int MaxRows { get; init; } = 1_000;
}
