using System.Globalization;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Reports.Html;
using XCoder.Analysis.Text;

namespace XCoder.Server.Pages;

/// <summary>The groups of duplicates, those with most repeated tokens first. At first those with copies that can be removed.</summary>
internal static class DuplicatesPage
{
    private const int PageSize = 50;

    private const string Everything = "all";

    /// <summary>The page.</summary>
    public static SitePage Page(PageRequest request)
    {
        var filter = new GroupFilter(request);
        return new SitePage("Duplicates")
        {
            Current = "/duplicates",
            Parts =
            [
                new(PageLane.Store, (markup, page) => WriteForm(markup, page.Facts, filter)),
                new(PageLane.Facts, (markup, page) => WriteGroups(markup, page, filter)),
            ],
        };
    }

    private static void WriteForm(Markup markup, SiteFacts facts, GroupFilter filter)
    {
        markup.Raw("<h1>Duplicates</h1>\n<form action=\"/duplicates\"><div class=\"filters\">");
        SearchPage.WriteSelect(markup, "section", "Section", SectionRule.Of(DuplicateSection.Remove).Title, filter.Section,
            [.. SectionRule.All.Skip(1).Select(static rule => (rule.Name, rule.Title)), (Everything, "all sections")]);
        SearchPage.WriteSelect(markup, "kind", "Kind", "all", filter.Kind, DuplicateRule.All.Select(static rule => (rule.Name, rule.Name)));
        SearchPage.WriteSelect(markup, "repository", "Repository", "all", filter.Repository,
            facts.Repositories.Select(static row => (row.Name, row.Name)));
        SearchPage.WriteSelect(markup, "language", "Language", "all", filter.Language,
            facts.Languages.Select(static row => (row.Id, row.Id)));
        markup.Raw("<label>Name or path <input type=\"search\" name=\"text\" value=\"").Text(filter.Text)
            .Raw("\"></label><button>Show</button></div></form>\n");
    }

    private static void WriteGroups(Markup markup, PageContext page, GroupFilter filter)
    {
        var state = page.Served.Duplicates(page.Cancellation);
        var total = SectionTotal.Of(DuplicateSection.Remove, state.Groups);
        markup.Element("p", total.Groups == 0 ? "To remove: nothing that was found."
            : $"To remove: {NumberText.Count(total.Copies, "copy", "copies")} in {NumberText.Count(total.Groups, "group")}, "
                + $"{NumberText.Count(total.Tokens, "token")}.", "id=\"headline\"").Raw("\n");
        if (!state.HasSemantic)
        {
            markup.Element("p", "Duplicates by meaning are shown once xcoder analyze has looked for them.", "class=\"note\"");
        }

        var groups = state.Groups.Outermost().Where(filter.Fits).OrderByDescending(static group => group.RepeatedTokens())
            .ThenBy(static group => group.Group, StringComparer.Ordinal).ToList();
        var shown = groups.Skip(filter.Page * PageSize).Take(PageSize).ToList();
        markup.Element("p", $"{NumberText.Count(groups.Count, "group")}"
            + (shown.Count < groups.Count ? $", {filter.Page * PageSize + 1} to {filter.Page * PageSize + shown.Count} shown" : ""),
            "class=\"note\" role=\"status\"");
        if (shown.Count > 0)
        {
            WriteTable(markup, shown);
        }

        WriteSteps(markup, filter, groups.Count);
    }

    private static void WriteTable(Markup markup, List<DuplicateGroup> groups)
    {
        markup.OpenTable("Groups, most repeated tokens first", "Representative", "Kind", "Language", "#Copies", "#Repeated tokens",
            "#Similarity");
        foreach (var group in groups)
        {
            var kept = group.Kept();
            markup.Raw("<tr><td class=\"name\">").Raw($"<a href=\"/group/{group.Group}\">").Element("code", PlaceText.Cut(kept.Name))
                .Raw("</a> ").Element("span", PlaceText.Of(kept), "class=\"path\"").Raw("</td><td>")
                .Element("span", group.Kind.Name(), $"class=\"kind k{(int)group.Kind}\"").Raw("</td>")
                .Element("td", string.Join(", ", group.Languages()))
                .Number(group.Members.Count).Number(group.RepeatedTokens())
                .Number(group.Similarity, NumberText.Similarity(group.Similarity)).Raw("</tr>\n");
        }

        markup.CloseTable();
    }

    private static void WriteSteps(Markup markup, GroupFilter filter, int count)
    {
        markup.Raw("<p class=\"steps\">");
        if (filter.Page > 0)
        {
            markup.Raw("<a rel=\"prev\" href=\"").Text(filter.Address(filter.Page - 1)).Raw("\">Previous</a> ");
        }

        if ((filter.Page + 1) * PageSize < count)
        {
            markup.Raw("<a rel=\"next\" href=\"").Text(filter.Address(filter.Page + 1)).Raw("\">Next</a>");
        }

        markup.Raw("</p>\n");
    }

    /// <summary>Which groups a reader wants to see.</summary>
    private sealed class GroupFilter(PageRequest request)
    {
        private const int MostPages = 1_000_000;

        public string Section { get; } = request.Text("section");

        public string Kind { get; } = request.Text("kind");

        public string Repository { get; } = request.Text("repository");

        public string Language { get; } = request.Text("language");

        public string Text { get; } = request.Text("text");

        public int Page { get; } = request.Number("page", 0, 0, MostPages);

        public bool Fits(DuplicateGroup group)
        {
            var section = Section.Length == 0 ? SectionRule.Of(DuplicateSection.Remove).Name : Section;
            return (section == Everything || SectionRule.Of(group.Section()).Name == section)
                && (Kind.Length == 0 || group.Kind.Name() == Kind)
                && (Repository.Length == 0 || group.Members.Any(member => member.Repository == Repository))
                && (Language.Length == 0 || group.Members.Any(member => member.Language == Language))
                && (Text.Length == 0 || group.Members.Any(member => $"{member.Repository}/{member.Path} {member.QualifiedName}"
                    .Contains(Text, StringComparison.OrdinalIgnoreCase)));
        }

        public string Address(int page) => "/duplicates?" + string.Join('&', new[]
        {
            ("section", Section), ("kind", Kind), ("repository", Repository), ("language", Language), ("text", Text),
            ("page", page.ToString(CultureInfo.InvariantCulture)),
        }.Where(static pair => pair.Item2.Length > 0).Select(static pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2)}"));
    }
}
