using XCoder.Analysis.Model;

namespace XCoder.Analysis.Reports;

/// <summary>Duplicates of a report in numbers, counted once for all formats.</summary>
public sealed class DuplicateTotals
{
    /// <summary>Counts the groups of <paramref name="report"/>.</summary>
    public DuplicateTotals(AnalysisReport report)
    {
        var kinds = report.Kinds.Concat(report.Groups.Select(group => group.Kind)).Distinct().Order().ToArray();
        ByKind = [.. kinds.Select(kind => Count(kind, report))];
        Snippets = Distinct(report.Groups);
        Share = Ratio(Snippets, report.ComparedSnippets);
        RepeatedTokens = ByKind.Sum(total => total.RepeatedTokens);
        Nested = ByKind.Sum(total => total.Nested);
        ByLanguage = CountLanguages(report.Groups, kinds);
    }

    /// <summary>Per kind that was looked for, strongest evidence first.</summary>
    public IReadOnlyList<DuplicateTotal> ByKind { get; }

    /// <summary>
    /// Distinct snippets by language and the strongest kind of a group they are in; same order of kinds as <see cref="ByKind"/>.
    /// </summary>
    public IReadOnlyDictionary<string, int[]> ByLanguage { get; }

    /// <summary>Distinct snippets in any group.</summary>
    public int Snippets { get; }

    /// <summary><see cref="Snippets"/> per compared snippet, in [0, 1].</summary>
    public double Share { get; }

    /// <summary>Tokens of all members but the representatives, groups inside other groups left out.</summary>
    public long RepeatedTokens { get; }

    /// <summary>Groups that stand inside another group.</summary>
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
            Ratio(snippets, report.ComparedSnippets),
            groups.Outermost().Sum(group => group.RepeatedTokens()));
    }

    private static SortedDictionary<string, int[]> CountLanguages(IReadOnlyList<DuplicateGroup> groups, DuplicateKind[] kinds)
    {
        var counts = new SortedDictionary<string, int[]>(StringComparer.Ordinal);
        var seen = new HashSet<string>();
        foreach (var group in groups.OrderBy(group => group.Kind))
        {
            foreach (var member in group.Members.Where(member => seen.Add(member.Id)))
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

/// <summary>All groups of one kind in numbers.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Groups">Groups, those inside other groups included.</param>
/// <param name="Nested">How many of them stand inside another group.</param>
/// <param name="CrossLanguage">How many of them span languages.</param>
/// <param name="Snippets">Distinct snippets in them, representatives included.</param>
/// <param name="Share"><paramref name="Snippets"/> per compared snippet, in [0, 1].</param>
/// <param name="RepeatedTokens">Tokens of the members but the representatives, groups inside other groups left out.</param>
public sealed record DuplicateTotal(
    DuplicateKind Kind,
    int Groups,
    int Nested,
    int CrossLanguage,
    int Snippets,
    double Share,
    long RepeatedTokens);

/// <summary>What reports say of a duplicate group beside its members.</summary>
public static class GroupFacts
{
    /// <summary>The member to keep; the first where the group does not hold the one it names.</summary>
    public static Snippet Kept(this DuplicateGroup group) =>
        group.Members.FirstOrDefault(member => member.Id == group.Representative) ?? group.Members[0];

    /// <summary>Tokens of all members but the representative: what removing the duplicates would save.</summary>
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

    /// <summary>Groups for people: those that do not stand inside another group.</summary>
    public static IEnumerable<DuplicateGroup> Outermost(this IEnumerable<DuplicateGroup> groups) =>
        groups.Where(group => group.Within is null);
}
