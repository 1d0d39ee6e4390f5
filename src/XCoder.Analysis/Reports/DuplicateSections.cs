using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports;

/// <summary>What a reader can do about a group of duplicates. Each group is in one section.</summary>
public enum DuplicateSection
{
    /// <summary>Copies that can be removed: exact, renamed or near, in one language, outside tests.</summary>
    Remove,

    /// <summary>The same in several languages of one project, or in projects that are ports of each other.</summary>
    Ports,

    /// <summary>The same in several languages, found by embeddings in code that is no port of the other.</summary>
    Unrelated,

    /// <summary>Found by embeddings within one language. Most of these groups need nothing done.</summary>
    Similar,

    /// <summary>At most one member in each language is outside tests.</summary>
    Tests,
}

/// <summary>A section of a report of duplicates. <see cref="All"/> is the table of all sections.</summary>
/// <param name="Section">The section.</param>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Title">What people read.</param>
public sealed record SectionRule(DuplicateSection Section, string Name, string Title)
{
    /// <summary>One rule per section, in the order of <see cref="DuplicateSection"/>, which is that of reports.</summary>
    public static IReadOnlyList<SectionRule> All { get; } =
    [
        new(DuplicateSection.Remove, "remove", "to remove"),
        new(DuplicateSection.Ports, "ports", "parallel implementations"),
        new(DuplicateSection.Unrelated, "unrelated", "unrelated code"),
        new(DuplicateSection.Similar, "similar", "similar in one language"),
        new(DuplicateSection.Tests, "tests", "in tests"),
    ];

    /// <summary>The rule of a section.</summary>
    public static SectionRule Of(DuplicateSection section) => All[(int)section];

    /// <summary>
    /// The precision to expect of the pairs in a section: of ports and of unrelated projects, each its own; null for a section that is
    /// not an estimate or of which nothing is known.
    /// </summary>
    /// <param name="section">The section.</param>
    /// <param name="basis">Model and thresholds of semantic duplicates, or null.</param>
    public static Estimate? Precision(DuplicateSection section, SemanticBasis? basis) => section switch
    {
        DuplicateSection.Ports => basis?.Precision,
        DuplicateSection.Unrelated => basis?.UnrelatedPrecision,
        _ => null,
    };
}

/// <summary>Decides which section a group belongs to, and which members can be removed.</summary>
public static class GroupSections
{
    /// <summary>The section of a group.</summary>
    public static DuplicateSection Section(this DuplicateGroup group)
    {
        var production = group.Members.Where(static member => !member.IsTest).ToArray();
        return group.Removable().Count > 0 ? DuplicateSection.Remove
            : production.Length < 2 ? DuplicateSection.Tests
            : !group.CrossLanguage ? DuplicateSection.Similar
            : production.Select(static member => member.Language).Distinct().Count() < 2 ? DuplicateSection.Tests
            : group.IsUnrelated ? DuplicateSection.Unrelated : DuplicateSection.Ports;
    }

    /// <summary>
    /// The members that need not exist: of the members outside tests, in each language, all but one. None for semantic groups, whose
    /// members may differ in what they do.
    /// </summary>
    public static IReadOnlyList<Snippet> Removable(this DuplicateGroup group)
    {
        if (DuplicateRule.Of(group.Kind).NeedsVectors)
        {
            return [];
        }

        // Dialects of one language may share code; a group in several languages has to be taken apart.
        return [.. group.Members.Where(static member => !member.IsTest)
            .GroupBy(member => group.CrossLanguage ? member.Language : "")
            .SelectMany(members => members.OrderBy(member => member.Id != group.Representative).Skip(1))];
    }
}

/// <summary>Totals of one section of a report.</summary>
/// <param name="Section">The section.</param>
/// <param name="Groups">Number of groups; those within other groups are not counted.</param>
/// <param name="Snippets">Number of distinct members, files included.</param>
/// <param name="Copies">
/// Number of members that can be removed. One that stands in another is counted with it. 0 in other sections than <see
/// cref="DuplicateSection.Remove"/>.
/// </param>
/// <param name="Tokens">Number of tokens of <paramref name="Copies"/>.</param>
public sealed record SectionTotal(DuplicateSection Section, int Groups, int Snippets, int Copies, long Tokens)
{
    /// <summary>Counts the groups of a section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="groups">Groups of any section.</param>
    public static SectionTotal Of(DuplicateSection section, IEnumerable<DuplicateGroup> groups)
    {
        var chosen = groups.Outermost().Where(group => group.Section() == section).ToArray();
        var copies = section == DuplicateSection.Remove ? Apart(chosen.SelectMany(static group => group.Removable())) : [];
        return new SectionTotal(section, chosen.Length,
            chosen.SelectMany(static group => group.Members).Select(static member => member.Id).Distinct().Count(),
            copies.Count, copies.Sum(static copy => (long)copy.Tokens));
    }

    // Copies that stand in no other copy. A file holds all its snippets.
    private static List<Snippet> Apart(IEnumerable<Snippet> copies)
    {
        var apart = new List<Snippet>();
        foreach (var file in copies.DistinctBy(static copy => copy.Id).GroupBy(static copy => (copy.Repository, copy.Path)))
        {
            var end = -1;
            foreach (var copy in file.OrderByDescending(static copy => copy.IsFile).ThenBy(static copy => copy.Span.StartByte)
                .ThenByDescending(static copy => copy.Span.EndByte))
            {
                if (copy.IsFile || copy.Span.StartByte >= end)
                {
                    apart.Add(copy);
                    end = copy.IsFile ? int.MaxValue : copy.Span.EndByte;
                }
            }
        }

        return apart;
    }
}

/// <summary>The first thing a report says about duplicates, in the same words in every format.</summary>
public static class HeadlineText
{
    /// <summary>
    /// Returns, for example, <c>To remove: 1,033 copies in 512 groups, 92,412 tokens, 11.3 % of the code outside tests</c>, or what was
    /// not found.
    /// </summary>
    /// <param name="report">The report.</param>
    /// <param name="totals">Its totals.</param>
    public static string Of(AnalysisReport report, DuplicateTotals totals)
    {
        var removable = totals.Headline;
        return removable.Groups > 0
            ? $"To remove: {NumberText.Count(removable.Copies, "copy", "copies")} in {NumberText.Count(removable.Groups, "group")}, "
                + $"{NumberText.Count(removable.Tokens, "token")}, {NumberText.Share(totals.HeadlineShare)} of the code outside tests"
            : report.ComparedSnippets == 0
                ? UncomparedText.Nothing(report.ComparedSnippets, report.DuplicateOptions.MinTokens, report.IsAgainstBaseline)
                : "To remove: nothing that was found";
    }
}
