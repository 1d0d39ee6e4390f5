using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Reports;

/// <summary>Counts of a report's duplicates, computed once for all formats.</summary>
public sealed class DuplicateTotals
{
    /// <summary>Counts the groups of <paramref name="report"/>.</summary>
    public DuplicateTotals(AnalysisReport report)
    {
        var kinds = report.Kinds.Concat(report.Groups.Select(group => group.Kind)).Distinct().Order().ToArray();
        ByKind = [.. kinds.Select(kind => Count(kind, report))];
        Nested = ByKind.Sum(total => total.Nested);
        ByLanguage = CountLanguages(report.Groups, kinds);
        var sections = report.Groups.Outermost().ToLookup(static group => group.Section());
        Sections = [.. SectionRule.All.Select(rule => SectionTotal.Of(rule.Section, sections[rule.Section]))];
        RemovableByKind = [.. kinds.Where(static kind => !DuplicateRule.Of(kind).NeedsVectors).Select(kind => (kind, SectionTotal.Of(
            DuplicateSection.Remove, sections[DuplicateSection.Remove].Where(group => group.Kind == kind))))];
        HeadlineShare = report.ProductionTokens == 0 ? 0 : Math.Min(1, Headline.Tokens / (double)report.ProductionTokens);
    }

    /// <summary>Totals of each kind that was searched for, strongest evidence first.</summary>
    public IReadOnlyList<DuplicateTotal> ByKind { get; }

    /// <summary>
    /// Number of distinct snippets by language and by the strongest kind of group they are in; the kinds are in the
    /// order of <see cref="ByKind"/>.
    /// </summary>
    public IReadOnlyDictionary<string, int[]> ByLanguage { get; }

    /// <summary>Totals of each section, in the order of <see cref="SectionRule.All"/>.</summary>
    public IReadOnlyList<SectionTotal> Sections { get; }

    /// <summary>What can be removed: the totals that every report begins with.</summary>
    public SectionTotal Headline => Sections[(int)DuplicateSection.Remove];

    /// <summary>Tokens of <see cref="Headline"/> as a share of the tokens outside tests, in [0, 1].</summary>
    public double HeadlineShare { get; }

    /// <summary>What can be removed, by kind; a copy that is in groups of two kinds is counted in both.</summary>
    public IReadOnlyList<(DuplicateKind Kind, SectionTotal Total)> RemovableByKind { get; }

    /// <summary>Number of groups that lie within another group.</summary>
    public int Nested { get; }

    private static DuplicateTotal Count(DuplicateKind kind, AnalysisReport report)
    {
        var groups = report.Groups.Where(group => group.Kind == kind).ToArray();
        var snippets = Distinct(groups);
        return new DuplicateTotal(
            kind,
            groups.Length,
            groups.Count(group => group.Within is not null),
            groups.Count(group => group.CrossLanguage),
            snippets,
            Ratio(snippets, kind == DuplicateKind.File ? report.Coverage.Files.Parsed : report.ComparedSnippets),
            groups.Outermost().Sum(group => group.RepeatedTokens()));
    }

    private static SortedDictionary<string, int[]> CountLanguages(IReadOnlyList<DuplicateGroup> groups, DuplicateKind[] kinds)
    {
        var counts = new SortedDictionary<string, int[]>(StringComparer.Ordinal);
        var seen = new HashSet<string>();
        foreach (var group in groups.OrderBy(group => group.Kind))
        {
            foreach (var member in group.Members.Where(member => !member.IsFile && seen.Add(member.Id)))
            {
                if (!counts.TryGetValue(member.Language, out var row))
                {
                    counts[member.Language] = row = new int[kinds.Length];
                }

                row[Array.IndexOf(kinds, group.Kind)]++;
            }
        }

        return counts;
    }

    private static int Distinct(IEnumerable<DuplicateGroup> groups) =>
        groups.SelectMany(group => group.Members).Select(member => member.Id).Distinct().Count();

    private static double Ratio(int part, int whole) => whole == 0 ? 0 : Math.Min(1, (double)part / whole);
}

/// <summary>Totals of all groups of one kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Groups">Number of groups, including those within other groups.</param>
/// <param name="Nested">How many of them lie within another group.</param>
/// <param name="CrossLanguage">How many of them span several languages.</param>
/// <param name="Snippets">Number of distinct snippets, or files, in them, including representatives.</param>
/// <param name="Share"><paramref name="Snippets"/> as a share of the compared snippets, or of the files read, in [0, 1].</param>
/// <param name="RepeatedTokens">Number of tokens of the members except representatives; groups within other groups are not counted.</param>
public sealed record DuplicateTotal(
    DuplicateKind Kind,
    int Groups,
    int Nested,
    int CrossLanguage,
    int Snippets,
    double Share,
    long RepeatedTokens);

/// <summary>Facts about a duplicate group that reports derive from its members.</summary>
public static class GroupFacts
{
    /// <summary>The member to keep; the first one if the representative is not among the members.</summary>
    public static Snippet Kept(this DuplicateGroup group) =>
        group.Members.FirstOrDefault(member => member.Id == group.Representative) ?? group.Members[0];

    /// <summary>Number of tokens of all members except the representative, which removing the duplicates would save.</summary>
    public static long RepeatedTokens(this DuplicateGroup group) =>
        group.Members.Sum(member => (long)member.Tokens) - group.Kept().Tokens;

    /// <summary>Languages of the members, most members first.</summary>
    public static IReadOnlyList<string> Languages(this DuplicateGroup group) =>
    [
        .. group.Members
            .GroupBy(member => member.Language)
            .OrderByDescending(members => members.Count())
            .ThenBy(members => members.Key, StringComparer.Ordinal)
            .Select(members => members.Key),
    ];

    /// <summary>The groups that do not lie within another group, which is what reports list.</summary>
    public static IEnumerable<DuplicateGroup> Outermost(this IEnumerable<DuplicateGroup> groups) =>
        groups.Where(group => group.Within is null);
}
