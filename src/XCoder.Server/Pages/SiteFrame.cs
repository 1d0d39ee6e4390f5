using Microsoft.AspNetCore.Http;
using XCoder.Analysis.Reports.Html;

namespace XCoder.Server.Pages;

/// <summary>What all pages have: head, navigation, style and script. Style and script are those of the report page and more.</summary>
internal static class SiteFrame
{
    private static readonly (string Path, string Title)[] Navigation =
        [("/", "Search"), ("/duplicates", "Duplicates"), ("/coverage", "Coverage")];

    private static readonly Lazy<string> Css = new(() => Join(["report.css"], "site.css"));
    private static readonly Lazy<string> Script = new(() => Join(["report.js", "report.code.js"], "site.js"));

    /// <summary>The end of a page.</summary>
    public const string End = "</main>\n</body>\n</html>\n";

    /// <summary>The stylesheet.</summary>
    public static SitePage StyleFile { get; } = new("style") { File = ("text/css; charset=utf-8", Css.Value) };

    /// <summary>The script.</summary>
    public static SitePage ScriptFile { get; } = new("script") { File = ("text/javascript; charset=utf-8", Script.Value) };

    /// <summary>The icon.</summary>
    public static SitePage Icon { get; } = new("icon")
    {
        File = ("image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\"><rect width=\"16\" height=\"16\" "
            + "rx=\"3\" fill=\"#2456b8\"/><path d=\"M4 4l8 8M12 4l-8 8\" stroke=\"#fff\" stroke-width=\"2\"/></svg>"),
    };

    /// <summary>The begin of a page, up to its first part.</summary>
    public static string Head(SitePage page)
    {
        var writer = new StringWriter();
        var markup = new Markup(writer)
            .Raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                + "content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n")
            .Element("title", page.Title.Length > 0 ? $"{page.Title} - XCoder" : "XCoder")
            .Raw("\n<link rel=\"stylesheet\" href=\"/site.css\">\n<link rel=\"icon\" href=\"/icon.svg\">\n<script defer "
                + "src=\"/site.js\"></script>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to content</a>\n"
                + "<header class=\"site\"><nav aria-label=\"Pages\">");
        foreach (var (path, title) in Navigation)
        {
            markup.Element("a", title, $"href=\"{path}\"{(path == page.Current ? " aria-current=\"page\"" : "")}");
        }

        markup.Raw("</nav>\n<button type=\"button\" id=\"theme\" hidden>Theme: system</button></header>\n<main id=\"main\">\n");
        return writer.ToString();
    }

    private static string Join(string[] reports, string own) =>
        string.Join('\n', reports.Select(static name => PageFrame.Resource(typeof(PageFrame), name)).Append(
            PageFrame.Resource(typeof(SiteFrame), own)));
}

/// <summary>The paths of the site.</summary>
internal static class SiteMap
{
    /// <summary>What answers each path. Parts in braces are values.</summary>
    public static IReadOnlyDictionary<string, Func<PageRequest, SitePage>> Paths { get; } =
        new Dictionary<string, Func<PageRequest, SitePage>>
    {
        ["/"] = SearchPage.Page,
        ["/results"] = SearchPage.Results,
        ["/snippet/{id}"] = SnippetPage.Page,
        ["/compare"] = ComparePage.Page,
        ["/duplicates"] = DuplicatesPage.Page,
        ["/group/{id}"] = GroupPage.Page,
        ["/coverage"] = CoveragePage.Page,
        ["/site.css"] = static _ => SiteFrame.StyleFile,
        ["/site.js"] = static _ => SiteFrame.ScriptFile,
        ["/icon.svg"] = static _ => SiteFrame.Icon,
        ["/favicon.ico"] = static _ => SiteFrame.Icon,
    };

    /// <summary>
    /// What each path does to which a form is posted, once the user has allowed writing. The result is the path to go on to.
    /// </summary>
    public static IReadOnlyDictionary<string, Func<PageRequest, IFormCollection, PageContext, string>> Writes { get; } =
        new Dictionary<string, Func<PageRequest, IFormCollection, PageContext, string>> { ["/group/{id}/ignore"] = GroupPage.Ignore };

    /// <summary>The page of every other path.</summary>
    public static SitePage Missing(PageRequest request) => SitePage.Failure(404, "There is no such page",
        "Pages are those of the navigation, of snippets, and of groups of duplicates. No file is served by its path; to find code by its "
            + "place, search for path:line.");
}
