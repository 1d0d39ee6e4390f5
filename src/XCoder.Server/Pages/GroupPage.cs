using Microsoft.AspNetCore.Http;
using XCoder.Analysis;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Reports.Html;
using XCoder.Analysis.Settings;
using XCoder.Analysis.Text;
using XCoder.Server.Index;

namespace XCoder.Server.Pages;

/// <summary>A group of duplicates: why, which member to keep, which can go, and one of them beside the one that is kept.</summary>
internal static class GroupPage
{
    private const int MostMembers = 200, MostReason = 500;

    /// <summary>The page.</summary>
    public static SitePage Page(PageRequest request)
    {
        var (id, with) = (request.Part("id"), request.Number("with", 1, 1, MostMembers));
        return new SitePage("Duplicates")
        {
            Current = "/duplicates",
            Parts = [new(PageLane.Facts, (markup, page) => Write(markup, page, id, with))],
        };
    }

    /// <summary>Leaves the group out of reports, as its form says.</summary>
    public static string Ignore(PageRequest request, IFormCollection form, PageContext page)
    {
        var (id, reason, name) = (request.Part("id"), form["reason"].ToString().Trim(), form["repository"].ToString());
        if (reason.Length > MostReason)
        {
            throw new PageException(StatusCodes.Status400BadRequest, "That is too long",
                $"A reason may have {NumberText.Count(MostReason)} characters.");
        }

        var folder = Folders(page).FirstOrDefault(folder => folder.Repository == name).Folder
            ?? throw PageException.Missing("Nothing may be written there", "The server was started with --write for other repositories.");
        page.Served.Ignore(id, reason, folder, page.Cancellation);
        return $"/group/{Uri.EscapeDataString(id)}";
    }

    private static void Write(Markup markup, PageContext page, string id, int with)
    {
        var state = page.Served.Duplicates(page.Cancellation);
        var ignored = state.Ignored.FirstOrDefault(found => found.Group.Group == id);
        var group = state.Groups.FirstOrDefault(found => found.Group == id) ?? ignored?.Group ?? throw PageException.Missing(
            "There is no such group of duplicates", "The id of a group changes with the code of its members: they may have been edited or "
                + "removed." + (state.HasSemantic ? "" : " Groups by meaning are shown once xcoder analyze has looked for them."));
        var rule = DuplicateRule.Of(group.Kind);
        var kept = group.Kept();
        markup.Raw("<h1>").Text($"{NumberText.Count(group.Members.Count, "copy", "copies")} of ").Element("code", PlaceText.Cut(kept.Name))
            .Raw("</h1>\n<p class=\"facts\">").Element("span", rule.Name, $"class=\"kind k{(int)group.Kind}\"")
            .Text($", {SectionRule.Of(group.Section()).Title}"
                + (rule.Measure == "hash" ? "" : $", lowest {rule.Measure} {NumberText.Similarity(group.Similarity)}")).Raw("</p>\n")
            .Element("p", $"{rule.Meaning(new DuplicateOptions())} {rule.Advice}").Raw("\n")
            .Element("p", $"The one to keep: {group.Reason}.").Raw("\n");
        WriteIgnored(markup, ignored);
        if (ignored?.IsWhole != true)
        {
            WriteForm(markup, page, group);
        }

        var others = group.Members.Where(member => member.Id != kept.Id).Take(MostMembers).ToList();
        with = Math.Min(with, others.Count);
        if (others.Count > 0)
        {
            ComparePage.Write(markup, page.Store, kept, others[with - 1], kept.Language == others[with - 1].Language);
        }

        WriteMembers(markup, group, kept, others, with);
    }

    private static void WriteIgnored(Markup markup, IgnoredGroup? ignored)
    {
        foreach (var reason in ignored?.Reasons.OfType<IgnoreReason>().Distinct() ?? [])
        {
            markup.Element("p", $"{(ignored!.IsWhole ? "People chose to ignore it" : "People chose to ignore some members")} "
                + $"({reason.Place}): {reason.Text}", "class=\"alert\"").Raw("\n");
        }
    }

    // Where the user allowed to write, and a member stands.
    private static void WriteForm(Markup markup, PageContext page, DuplicateGroup group)
    {
        var names = Folders(page).Select(static folder => folder.Repository).Distinct()
            .Where(name => group.Members.Any(member => member.Repository == name)).ToList();
        if (names.Count == 0)
        {
            return;
        }

        markup.Raw($"<form method=\"post\" action=\"/group/{group.Group}/ignore\" class=\"decide\"><label>Keep these copies, because "
            + $"<input name=\"reason\" required maxlength=\"{MostReason}\" autocomplete=\"off\"></label> ");
        if (names.Count == 1)
        {
            markup.Raw($"<input type=\"hidden\" name=\"repository\" value=\"{Markup.Escape(names[0])}\">");
        }
        else
        {
            markup.Raw("<label>in the file of <select name=\"repository\">");
            foreach (var name in names)
            {
                markup.Element("option", name);
            }

            markup.Raw("</select></label> ");
        }

        markup.Raw("<button type=\"submit\">Ignore</button></form>\n")
            .Element("p", $"This adds the group to {IgnoredGroups.FileName} there, to be committed and reviewed.", "class=\"note\"")
            .Raw("\n");
    }

    private static IEnumerable<(string Repository, string Folder)> Folders(PageContext page) => page.Written
        .Select(folder => (Workspace.RepositoryAround(page.Store, folder)?.Name, folder))
        .Where(static folder => folder.Name is not null).Select(static folder => (folder.Name!, folder.folder));

    private static void WriteMembers(Markup markup, DuplicateGroup group, Snippet kept, List<Snippet> others, int with)
    {
        var removable = group.Removable().Select(static member => member.Id).ToHashSet();
        markup.Raw("<h2>Members</h2>\n<ol class=\"hits members-of\">\n");
        WriteMember(markup, kept, "keep", "");
        for (var i = 0; i < others.Count; i++)
        {
            WriteMember(markup, others[i], removable.Contains(others[i].Id) ? "can be removed" : others[i].IsTest ? "test" : "",
                i + 1 == with ? " <strong>compared above</strong>" : $" <a class=\"aside\" href=\"?with={i + 1}\">compare</a>");
        }

        markup.Raw("</ol>\n");
        if (group.Members.Count > others.Count + 1)
        {
            markup.Element("p", $"and {NumberText.Count(group.Members.Count - others.Count - 1)} more", "class=\"note\"");
        }
    }

    private static void WriteMember(Markup markup, Snippet member, string tag, string link)
    {
        markup.Raw("<li>");
        if (member.IsFile)
        {
            markup.Element("code", PlaceText.Cut(member.Path));
        }
        else
        {
            SearchPage.WriteLink(markup, member);
        }

        markup.Raw(" ").Element("span", tag, "class=\"tag\"").Raw(link).Element("span", PlaceText.Of(member), "class=\"path\"")
            .Raw("</li>\n");
    }
}
