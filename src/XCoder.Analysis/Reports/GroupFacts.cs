using XCoder.Analysis.Model;

namespace XCoder.Analysis.Reports;

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
