using System.Globalization;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Reports.Html;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;
using XCoder.Server.Index;

namespace XCoder.Server.Pages;

/// <summary>The start page: searches by words, by pasted code, and by place; and the results alone, for the script.</summary>
internal static class SearchPage
{
    private const int MostCharacters = 20_000;
    private const int MostResults = 30;

    /// <summary>The whole page.</summary>
    public static SitePage Page(PageRequest request)
    {
        var asked = SearchQuestion.Of(request);
        var form = new PagePart(PageLane.Store, (markup, page) => WriteForm(markup, page.Facts, asked));
        return new SitePage(asked.Text.Length == 0 ? "Search" : "Results")
        {
            Current = "/",
            Parts = [form, Part(asked), new PagePart(PageLane.None, static (markup, _) => markup.Raw("</div>\n"))],
        };
    }

    /// <summary>The results alone.</summary>
    public static SitePage Results(PageRequest request) =>
        new("Results") { IsFragment = true, Parts = [Part(SearchQuestion.Of(request))] };

    /// <summary>Writes a list of snippets, each a link with its place, documentation and a fact.</summary>
    public static void WriteList(Markup markup, IEnumerable<(Snippet Snippet, string Fact)> found)
    {
        markup.Raw("<ol class=\"hits\">\n");
        foreach (var (snippet, fact) in found)
        {
            markup.Raw("<li>");
            WriteLink(markup, snippet);
            markup.Raw(" ").Element("span", fact, "class=\"fact\"").Raw(" ")
                .Element("span", $"{snippet.Language} {snippet.Kind.Name()}{(snippet.IsTest ? ", test" : "")}", "class=\"tag\"")
                .Element("span", PlaceText.Of(snippet), "class=\"path\"");
            if (PlaceText.FirstLine(snippet.Documentation) is { } line)
            {
                markup.Element("p", line);
            }

            markup.Raw("</li>\n");
        }

        markup.Raw("</ol>\n");
    }

    /// <summary>Writes a link to the page of a snippet.</summary>
    public static void WriteLink(Markup markup, Snippet snippet) => markup.Raw($"<a href=\"/snippet/{Uri.EscapeDataString(snippet.Id)}\">")
        .Element("code", PlaceText.Cut(snippet.QualifiedName.Length > 0 ? snippet.QualifiedName : snippet.Name)).Raw("</a>");

    /// <summary>Writes a choice of a form.</summary>
    public static void WriteSelect(Markup markup, string name, string label, string all, string chosen,
        IEnumerable<(string Value, string Title)> values)
    {
        markup.Raw("<label>").Text(label).Raw($" <select name=\"{name}\"><option value=\"\">").Text(all).Raw("</option>");
        foreach (var (value, title) in values)
        {
            markup.Raw("<option value=\"").Text(value).Raw(value == chosen ? "\" selected>" : "\">").Text(title).Raw("</option>");
        }

        markup.Raw("</select></label>");
    }

    private static void WriteForm(Markup markup, SiteFacts facts, SearchQuestion asked)
    {
        markup.Raw("<h1 class=\"quiet\">Search</h1>\n<form id=\"search\" action=\"/\" role=\"search\"><label class=\"quiet\" "
                + "for=\"q\">Words, code, or path:line</label>\n<textarea id=\"q\" name=\"q\" rows=\"1\" spellcheck=\"false\" "
                + $"autocapitalize=\"off\" maxlength=\"{MostCharacters}\" placeholder=\"Words, pasted code, or path:line\">")
            .Lines(asked.Text).Raw("</textarea>\n<div class=\"filters\">");
        WriteSelect(markup, "repository", "Repository", "all", asked.Repository,
            facts.Repositories.Select(static row => (row.Name, row.Name)));
        WriteSelect(markup, "language", "Language", "all", asked.Language, facts.Languages.Select(static row => (row.Id, row.Id)));
        WriteSelect(markup, "from", "Pasted code is", "recognised", asked.From, facts.Languages.Select(static row => (row.Id, row.Id)));
        markup.Raw("<button>Search</button></div></form>\n<div id=\"results\" role=\"region\" aria-label=\"Results\">\n");
    }

    private static PagePart Part(SearchQuestion asked) => asked.Text.Length == 0
        ? new(PageLane.Store, static (markup, page) => WriteOverview(markup, page.Facts))
        : new(PageLane.Search, (markup, page) => WriteResults(markup, page, asked));

    private static void WriteOverview(Markup markup, SiteFacts facts)
    {
        markup.Element("p", $"{NumberText.Count(facts.Repositories.Sum(static row => row.Snippets), "function or structure",
            "functions and structures")} in {NumberText.Count(facts.Repositories.Count, "repository", "repositories")}.")
            .Raw("\n<p><a class=\"next\" href=\"/duplicates\">See which copies can be removed</a></p>\n");
        markup.OpenTable("Repositories", "Repository", "#Files", "#Functions and structures");
        foreach (var (name, files, snippets) in facts.Repositories)
        {
            markup.Raw("<tr>").Element("th", name, "scope=\"row\" class=\"path\"").Number(files).Number(snippets).Raw("</tr>\n");
        }

        markup.CloseTable();
    }

    private static void WriteResults(Markup markup, PageContext page, SearchQuestion asked)
    {
        var repository = page.Facts.Repositories.Any(row => row.Name == asked.Repository) ? asked.Repository : null;
        var filter = new SearchFilter
        {
            Count = MostResults,
            Repository = repository,
            Language = asked.Language.Length > 0 ? page.Served.Workspace.Language(asked.Language).Id : null,
        };
        if (asked.Repository.Length > 0 && repository is null)
        {
            throw PageException.Missing("There is no such repository", "The workspace has: "
                + string.Join(", ", page.Facts.Repositories.Select(static row => row.Name)));
        }

        if (ByPlace(page.Store, asked) is { } placed)
        {
            WriteCount(markup, placed.Count, "at this place");
            WriteList(markup, placed.Select(static snippet => (snippet, "")));
            return;
        }

        var code = asked.IsCode ? asked.From.Length > 0 ? page.Served.Workspace.Language(asked.From).Id
            : page.Served.Search.Recognise(asked.Text, page.Facts.Languages.Select(static row => row.Id), page.Cancellation) : null;
        var found = code is null ? page.Served.Search.ByWords(page.Store, asked.Text, filter, page.Cancellation)
            : page.Served.Search.ByCode(page.Store, code, asked.Text, filter, page.Cancellation);
        WriteCount(markup, found.Count, code is null ? "by words, best first" : $"like this {code} code: copies, then the nearest");
        WriteList(markup, found.Select(static item => (item.Snippet, item.Copy is { } copy ? $"{copy.Name()} copy"
            : NumberText.Similarity(item.Similarity))));
        if (page.Served.Search.Missing > 0)
        {
            markup.Element("p", $"{NumberText.Count(page.Served.Search.Missing, "snippet")} without a vector: code like them is not found, "
                + "and words rank them less well. Run xcoder index PATH without --no-embed.", "class=\"note\"");
        }
    }

    private static void WriteCount(Markup markup, int count, string how) => markup.Element("p", count == 0 ? "Nothing was found."
        : $"{NumberText.Count(count, "result")} {how}", "class=\"note\" role=\"status\"").Raw("\n");

    // The snippet of an id, or those at FILE:LINE; null if the question is something else.
    private static IReadOnlyList<Snippet>? ByPlace(SnippetStore store, SearchQuestion asked)
    {
        List<long> rows = asked.Text.Length <= 40 && store.FindSnippet(asked.Text) is { } row ? [row]
            : asked.Place is { } place
                ? [.. store.FindSnippetsAt(place.Path, place.Path, place.Line).Take(MostResults).Select(static at => at.Snippet)] : [];
        var facts = store.Snippets(rows);
        return rows.Count == 0 ? null : [.. rows.Select(found => facts[found])];
    }
}

/// <summary>What a reader asks.</summary>
/// <param name="Text">Words, code, a place or an id; empty for nothing.</param>
/// <param name="Repository">Name of the repository of results; empty for all.</param>
/// <param name="Language">Language id of results; empty for all.</param>
/// <param name="From">Language id of code; empty to recognise it.</param>
internal sealed record SearchQuestion(string Text, string Repository, string Language, string From)
{
    /// <summary>Reads the question of a request.</summary>
    public static SearchQuestion Of(PageRequest request) => new(
        new string([.. request.Text("q", 20_000).Where(static letter => letter is '\n' or '\t' || !char.IsControl(letter))]),
        request.Text("repository"), request.Text("language"), request.Text("from"));

    /// <summary>Whether it is code: the reader says so, or it has several lines.</summary>
    public bool IsCode => From.Length > 0 || Text.Contains('\n');

    /// <summary>A path and a line, if it has that form; repository before path or not, lines as <c>3</c> or <c>3-9</c>.</summary>
    public (string Path, int Line)? Place
    {
        get
        {
            var colon = Text.LastIndexOf(':');
            var number = Text.AsSpan(colon + 1);
            number = number.IndexOf('-') is var dash and > 0 ? number[..dash] : number;
            return colon > 0 && !Text.Contains('\n') && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var line)
                ? (Text[..colon].Replace('\\', '/'), line) : null;
        }
    }
}

/// <summary>Names, places and documentation as a list shows them.</summary>
internal static class PlaceText
{
    private const int Most = 300;

    /// <summary><c>repository/path:first-last</c>.</summary>
    public static string Of(Snippet snippet) => Cut($"{snippet.Repository}/{snippet.Path}")
        + (snippet.IsFile ? "" : $":{snippet.Span.StartLine}-{snippet.Span.EndLine}");

    /// <summary>A text without its middle, if it is long.</summary>
    public static string Cut(string text) => text.Length <= Most ? text : $"{text[..(Most * 2 / 3)]}…{text[^(Most / 3)..]}";

    /// <summary>The first line that is not empty; null if there is none.</summary>
    public static string? FirstLine(string? text)
    {
        var line = (text ?? "").AsSpan().Trim();
        var end = line.IndexOfAny('\n', '\r');
        return line.IsEmpty ? null : Cut((end < 0 ? line : line[..end]).ToString());
    }
}
