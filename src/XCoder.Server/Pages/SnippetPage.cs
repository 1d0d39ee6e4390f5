using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Reports.Html;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;
using XCoder.Server.Index;

namespace XCoder.Server.Pages;

/// <summary>The page of a snippet: code, documentation, neighbours by language, duplicates, callers, callees and concept.</summary>
internal static class SnippetPage
{
    private const int MostNeighbours = 200, MostOfALanguage = 5, MostCalls = 50, MostMembers = 30, MostDocumentation = 4_000;

    /// <summary>The page.</summary>
    public static SitePage Page(PageRequest request)
    {
        var id = request.Part("id");
        return new SitePage("Snippet")
        {
            Parts =
            [
                new(PageLane.Store, (markup, page) => WriteCode(markup, page, Find(page.Store, id).Snippet)),
                new(PageLane.Search, (markup, page) => WriteNeighbours(markup, page, Find(page.Store, id))),
                new(PageLane.Facts, (markup, page) => WriteDuplicates(markup, page, id)),
                new(PageLane.Facts, (markup, page) => WriteCalls(markup, page, Find(page.Store, id))),
                new(PageLane.Facts, (markup, page) => WriteConcept(markup, page, Find(page.Store, id))),
            ],
        };
    }

    /// <summary>The snippet with an id.</summary>
    /// <exception cref="PageException">There is none.</exception>
    public static (long Row, Snippet Snippet) Find(SnippetStore store, string id) =>
        store.FindSnippet(id) is { } row && store.Snippets([row]).TryGetValue(row, out var snippet) ? (row, snippet)
            : throw PageException.Missing("There is no such snippet", "An id changes with the code, its name and its place. Search for its "
                + "name, or for path:line; after changes run xcoder index PATH.");

    private static void WriteCode(Markup markup, PageContext page, Snippet snippet)
    {
        markup.Raw("<h1 class=\"name\">").Element("code", PlaceText.Cut(snippet.QualifiedName)).Raw("</h1>\n<p class=\"place\">")
            .Element("span", PlaceText.Of(snippet), "class=\"path\"").Raw(" ");
        WriteRemote(markup, page.Store, snippet);
        markup.Raw("</p>\n").Element("p", $"{snippet.Language} {snippet.Kind.Name()}, {NumberText.Count(snippet.Tokens, "token")}"
            + (snippet.IsTest ? ", test" : "") + (snippet.HasErrors ? ", with syntax errors" : ""), "class=\"facts\"");
        if (snippet.Documentation is { Length: > 0 } documentation)
        {
            markup.Raw("<div class=\"doc\">").Lines(documentation.Length <= MostDocumentation ? documentation
                : documentation[..MostDocumentation] + "…").Raw("</div>\n");
        }

        CodeMarkup.Write(markup, page.Store, snippet);
    }

    // A link to the file at its commit, where the remote has one.
    private static void WriteRemote(Markup markup, SnippetStore store, Snippet snippet)
    {
        var repository = store.Repositories().Select(static row => row.Repository).FirstOrDefault(row => row.Name == snippet.Repository);
        if (RemotePage.Of(repository?.Remote, repository?.Commit) is { Files: { } files } remote
            && SafeText.ForTerminal(snippet.Path) == snippet.Path)
        {
            var path = string.Join('/', snippet.Path.Split('/').Select(Uri.EscapeDataString));
            var lines = remote.Lines.Replace("{start}", NumberText.Plain(snippet.Span.StartLine), StringComparison.Ordinal)
                .Replace("{end}", NumberText.Plain(snippet.Span.EndLine), StringComparison.Ordinal);
            markup.Raw("<a rel=\"noopener noreferrer\" target=\"_blank\" href=\"").Text(files + path + lines).Raw("\">")
                .Text(new Uri(files).Host).Raw("</a>");
        }
    }

    private static void WriteNeighbours(Markup markup, PageContext page, (long Row, Snippet Snippet) of)
    {
        markup.Raw("<section id=\"neighbours\"><h2>Neighbours by language</h2>\n");
        var found = page.Served.Search.BySnippet(page.Store, of.Row, new SearchFilter { Count = MostNeighbours }, page.Cancellation);
        if (found.Count == 0)
        {
            markup.Element("p", "None: the snippet has no vector yet. Run xcoder index PATH without --no-embed.", "class=\"note\"");
        }

        markup.Raw("<div class=\"cards\">\n");
        foreach (var language in found.GroupBy(static item => item.Snippet.Language)
            .OrderByDescending(language => language.Key == of.Snippet.Language))
        {
            markup.Raw("<section class=\"card\">").Element("h3", language.Key).Raw("<ol class=\"hits\">");
            foreach (var item in language.Take(MostOfALanguage))
            {
                markup.Raw("<li>");
                SearchPage.WriteLink(markup, item.Snippet);
                markup.Raw(" ").Element("span", NumberText.Similarity(item.Similarity), "class=\"fact\"")
                    .Raw($" <a class=\"aside\" href=\"/compare?left={of.Snippet.Id}&amp;right={item.Snippet.Id}\">side by side</a>")
                    .Element("span", PlaceText.Of(item.Snippet), "class=\"path\"").Raw("</li>\n");
            }

            markup.Raw("</ol></section>\n");
        }

        markup.Raw("</div></section>\n");
    }

    private static void WriteDuplicates(Markup markup, PageContext page, string id)
    {
        var state = page.Served.Duplicates(page.Cancellation);
        var groups = state.Of(id).ToList();
        markup.Raw("<section id=\"duplicates\"><h2>Duplicates</h2>\n");
        if (groups.Count == 0)
        {
            markup.Element("p", "It is in no group of duplicates.", "class=\"note\"");
        }

        markup.Raw("<ul class=\"hits\">\n");
        foreach (var group in groups)
        {
            markup.Raw("<li>").Raw($"<a href=\"/group/{group.Group}\">")
                .Text($"{NumberText.Count(group.Members.Count, "copy", "copies")}, {group.Kind.Name()}").Raw("</a> ")
                .Element("span", NumberText.Similarity(group.Similarity), "class=\"fact\"").Raw(" ")
                .Element("span", SectionRule.Of(group.Section()).Title, "class=\"tag\"").Raw("</li>\n");
        }

        markup.Raw("</ul>\n");
        if (!state.HasSemantic)
        {
            markup.Element("p", "Duplicates by meaning are shown once xcoder analyze has looked for them.", "class=\"note\"");
        }

        markup.Raw("</section>\n");
    }

    private static void WriteCalls(Markup markup, PageContext page, (long Row, Snippet Snippet) of)
    {
        if (of.Snippet.Kind.IsStructure())
        {
            return;
        }

        var calls = page.Served.Calls(page.Store, page.Cancellation);
        markup.Raw("<section id=\"calls\"><div class=\"pair\">\n");
        WriteCalls(markup, page.Store, "Callers", calls.Callers(of.Row));
        WriteCalls(markup, page.Store, "Callees", calls.Callees(of.Row));
        markup.Raw("</div>\n").Element("p", "By symbol: the compiler resolved the call. By name: something of that name is called, "
            + "whatever its type. By mention: the name stands there without parentheses.", "class=\"note\"").Raw("</section>\n");
    }

    private static void WriteConcept(Markup markup, PageContext page, (long Row, Snippet Snippet) of)
    {
        if (page.Served.ConceptOf(of.Row, page.Cancellation) is not { } concept)
        {
            return;
        }

        var facts = page.Store.Snippets(concept.Rows.Where(row => row != of.Row).Take(MostMembers));
        markup.Raw("<section id=\"concept\">").Element("h2", $"Concept: {concept.Label}").Raw("\n")
            .Element("p", $"{NumberText.Count(concept.Rows.Count, "function")} that behave alike"
                + (concept.Rows.Count > facts.Count + 1 ? $", {NumberText.Count(facts.Count)} shown" : ""), "class=\"note\"");
        SearchPage.WriteList(markup, facts.Values.OrderBy(static snippet => snippet.Language, StringComparer.Ordinal)
            .ThenBy(static snippet => snippet.Repository, StringComparer.Ordinal).Select(static snippet => (snippet, "")));
        markup.Raw("</section>\n");
    }

    private static void WriteCalls(Markup markup, SnippetStore store, string title, IReadOnlyList<CallEdge> edges)
    {
        var facts = store.Snippets(edges.Take(MostCalls).Select(static edge => edge.Row));
        markup.Raw("<section>").Element("h2", title);
        if (edges.Count == 0)
        {
            markup.Element("p", "None is indexed.", "class=\"note\"");
        }

        SearchPage.WriteList(markup, edges.Where(edge => facts.ContainsKey(edge.Row)).Select(edge => (facts[edge.Row], edge.Evidence switch
        {
            CallEvidence.Symbol => "by symbol",
            CallEvidence.Name => "by name",
            _ => "by mention",
        })));
        if (edges.Count > MostCalls)
        {
            markup.Element("p", $"and {NumberText.Count(edges.Count - MostCalls)} more", "class=\"note\"");
        }

        markup.Raw("</section>\n");
    }
}
