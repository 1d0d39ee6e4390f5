using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Settings;

/// <summary>A group of duplicates of which members are not reported.</summary>
/// <param name="Group">The group as it was found.</param>
/// <param name="Reasons">For each member why it is left out; null for one that is reported.</param>
public sealed record IgnoredGroup(DuplicateGroup Group, IReadOnlyList<IgnoreReason?> Reasons)
{
    /// <summary>Whether nothing of the group is reported: fewer than two members are left.</summary>
    public bool IsWhole => Reasons.Count(static reason => reason is null) < 2;
}

/// <summary>Takes out of groups what is to be ignored.</summary>
internal static class GroupFilter
{
    /// <summary>Splits groups into what is reported and what is not, each in their order.</summary>
    /// <param name="ignores">What is to be ignored.</param>
    /// <param name="analysis">The search that found the groups.</param>
    /// <param name="store">The store that was searched.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="catalog">The languages.</param>
    public static (IReadOnlyList<FoundGroup> Kept, IReadOnlyList<IgnoredGroup> Ignored) Run(IgnoreSet ignores, DuplicateAnalysis analysis,
        SnippetStore store, IReadOnlyList<FoundGroup> groups, LanguageCatalog catalog)
    {
        if (ignores.IsEmpty)
        {
            return (groups, []);
        }

        var described = analysis.Describe(store, groups, catalog);
        var fingerprints = groups.Zip(described).Where(_ => ignores.HasGroups)
            .SelectMany(static pair => pair.Second.Members.Zip(pair.First.MemberHashes)).DistinctBy(static member => member.First.Id)
            .ToDictionary(static member => member.First.Id, static member => member.Second);
        var reasons = described.Select(group => Of(ignores, group, fingerprints)).ToList();

        // What lies within a group that people decided to keep is kept with it.
        var entries = described.Zip(reasons).Where(static pair => Array.Exists(pair.Second, IsEntry)).ToDictionary(
            static pair => pair.First.Group,
            static pair => pair.First.Members.Zip(pair.Second).Where(static member => IsEntry(member.Second))
                .DistinctBy(static member => member.First.Repository)
                .ToDictionary(static member => member.First.Repository, static member => member.Second));
        var outer = entries.Count == 0 ? [] : described.DistinctBy(static group => group.Group)
            .ToDictionary(static group => group.Group, static group => group.Within);
        for (var i = 0; i < described.Count && entries.Count > 0; i++)
        {
            for (var around = described[i].Within; around is not null; around = outer.GetValueOrDefault(around))
            {
                if (entries.GetValueOrDefault(around) is { } said)
                {
                    reasons[i] = [.. described[i].Members.Zip(reasons[i]).Select(member => member.Second
                        ?? said.GetValueOrDefault(member.First.Repository))];
                    break;
                }
            }
        }

        var ignored = described.Zip(reasons).Where(static pair => Array.Exists(pair.Second, static reason => reason is not null))
            .Select(static pair => new IgnoredGroup(pair.First, pair.Second)).ToList();
        var kept = groups.Zip(reasons).Where(static pair => pair.Second.Count(static reason => reason is null) >= 2)
            .Select(pair => analysis.Keep(store, pair.First,
                [.. pair.First.Members.Where((_, at) => pair.Second[at] is null)])).ToList();
        return (ignored.Count == 0 ? groups : analysis.Nested(kept), ignored);

        static bool IsEntry(IgnoreReason? reason) => reason is { Source: IgnoreSource.Group };
    }

    private static IgnoreReason?[] Of(IgnoreSet ignores, DuplicateGroup group, Dictionary<string, UInt128> fingerprints)
    {
        IgnoreReason?[] members = [.. group.Members.Select(member => ignores.Of(member, group.Kind, group.Similarity))];
        Snippet[] left = [.. group.Members.Where((_, at) => members[at] is null)];
        return left.Length >= 2 && ignores.HasGroups && ignores.OfGroup(left, fingerprints) is { Count: > 0 } said
            ? [.. members.Select((member, at) => member ?? said.GetValueOrDefault(group.Members[at].Repository))] : members;
    }
}
