using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Duplicates;

/// <summary>Builds a group from its members: contents, id, representative, and the reason for choosing it.</summary>
internal sealed class GroupBuilder(SnippetFacts[] snippets)
{
    private const string Known = "in the baseline";

    // Ordered by weight: the first difference decides. Ties go to the shallowest path, then to the first in the input.
    private static readonly (SnippetTraits Trait, bool Wanted, string Words)[] Preferences =
    [
        (SnippetTraits.Errors, false, "no syntax error"),
        (SnippetTraits.Documented, true, "documented"),
        (SnippetTraits.Test, false, "not a test"),
    ];

    /// <summary>Builds a group of exact or renamed duplicates, which any member may represent.</summary>
    public FoundGroup Build(DuplicateKind kind, int[] members) => Build(kind, members, members, static _ => 1);

    /// <summary>Builds a group whose representative is one of <paramref name="candidates"/>.</summary>
    /// <param name="kind">Kind of the group.</param>
    /// <param name="members">Ordinals of the members, ascending.</param>
    /// <param name="candidates">Members to which every other member is similar enough, ascending.</param>
    /// <param name="similarity">Returns the lowest similarity of any member to a given representative.</param>
    public FoundGroup Build(DuplicateKind kind, int[] members, int[] candidates, Func<int, double> similarity)
    {
        var (representative, reason) = Choose(candidates, candidates.Length < members.Length ? ["similar to every other member"] : []);
        UInt128[] hashes = [.. members.Select(ordinal => snippets[ordinal].Exact)];
        GroupContent[] contents = [.. hashes
            .CountBy(static hash => hash)
            .Select(static content => new GroupContent(content.Key, content.Value))
            .OrderBy(static content => content.Hash)];
        return new FoundGroup
        {
            Group = GroupId.Of(kind, snippets[representative].IsStructure, contents),
            Kind = kind,
            Similarity = similarity(representative),
            Representative = representative,
            Reason = reason,
            Members = members,
            Contents = contents,
            MemberHashes = hashes,
            RepeatedTokens = Repeated(members, representative),
        };
    }

    /// <summary>
    /// The group with a representative among <paramref name="known"/>, members that a baseline has. A group that has one
    /// already, or none of whose members is known, stays as it is.
    /// </summary>
    /// <param name="group">The group.</param>
    /// <param name="known">The known members, ascending.</param>
    /// <param name="measure">Returns the lowest similarity and margin of any member to a given representative.</param>
    public FoundGroup Keep(FoundGroup group, int[] known, Func<int, (double Similarity, double? Margin)> measure)
    {
        if (known.Length == 0 || known.Length == group.Members.Count)
        {
            return group;
        }

        if (known.Contains(group.Representative))
        {
            return group with { Reason = group.Reason.Length == 0 ? Known : $"{Known}, {group.Reason}" };
        }

        // Members of a near or semantic group are similar to the representative that was chosen, but not all to each other.
        var measured = known.ToDictionary(static ordinal => ordinal, measure);
        var highest = measured.Values.Max(static value => value.Similarity);
        var (representative, reason) = Choose([.. known.Where(ordinal => measured[ordinal].Similarity >= highest)], [Known]);
        return group with
        {
            Representative = representative,
            Reason = reason,
            Similarity = measured[representative].Similarity,
            Margin = measured[representative].Margin,
            RepeatedTokens = Repeated(group.Members, representative),
        };
    }

    /// <summary>The group with some of its members only, at least two; its representative stays if it is one of them.</summary>
    /// <param name="group">The group.</param>
    /// <param name="members">The members that stay, ascending.</param>
    /// <param name="measure">Returns the lowest similarity and margin of any member to a given representative.</param>
    public FoundGroup Only(FoundGroup group, int[] members, Func<int, (double Similarity, double? Margin)> measure)
    {
        if (members.Length == group.Members.Count)
        {
            return group;
        }

        var stays = Array.IndexOf(members, group.Representative) >= 0;
        int[] candidates = stays ? [group.Representative] : members;
        var highest = candidates.Length == 1 ? 0 : candidates.Max(ordinal => measure(ordinal).Similarity);
        var left = Build(group.Kind, members, [.. candidates.Where(ordinal => stays || measure(ordinal).Similarity >= highest)],
            ordinal => measure(ordinal).Similarity);
        return left with
        {
            Reason = stays ? group.Reason : left.Reason,
            Margin = group.Margin is null ? null : measure(left.Representative).Margin,
            IsUnrelated = group.IsUnrelated,
            Measured = group.Measured,
        };
    }

    private long Repeated(IEnumerable<int> members, int representative) =>
        members.Sum(ordinal => (long)snippets[ordinal].TokenCount) - snippets[representative].TokenCount;

    private (int Representative, string Reason) Choose(int[] candidates, List<string> words)
    {
        var left = candidates;
        foreach (var (trait, wanted, name) in Preferences)
        {
            left = Prefer(left, ordinal => ((snippets[ordinal].Traits & trait) != 0) == wanted, name, words);
        }

        var depth = left.Min(ordinal => snippets[ordinal].PathDepth);
        left = Prefer(left, ordinal => snippets[ordinal].PathDepth == depth, "shortest path", words);
        if (left.Length > 1)
        {
            words.Add($"first of {left.Length}");
        }

        return (left[0], string.Join(", ", words));
    }

    private static int[] Prefer(int[] from, Func<int, bool> isPreferred, string name, List<string> words)
    {
        var preferred = Array.FindAll(from, ordinal => isPreferred(ordinal));
        if (preferred.Length == 0 || preferred.Length == from.Length)
        {
            return from;
        }

        words.Add(name);
        return preferred;
    }
}

/// <summary>Computes the ids of duplicate groups.</summary>
internal static class GroupId
{
    /// <summary>
    /// Hashes the kind and the distinct contents of the members to 16 hex digits. The id is the same across runs,
    /// machines and moves of files, and does not depend on the number of copies.
    /// </summary>
    /// <param name="kind">Kind of the group.</param>
    /// <param name="areStructures">
    /// Whether the members are structures. Part of the hash, because a callable can have the same tokens as a
    /// structure.
    /// </param>
    /// <param name="contents">Distinct contents, ordered by hash.</param>
    public static string Of(DuplicateKind kind, bool areStructures, IEnumerable<GroupContent> contents)
    {
        var hash = SpanHash.Spread(((ulong)kind * 2) + (areStructures ? 2UL : 1UL));
        foreach (var content in contents)
        {
            hash = SpanHash.Spread(hash + (ulong)(content.Hash >> 64));
            hash = SpanHash.Spread(hash + (ulong)content.Hash);
        }

        return hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
    }
}

/// <summary>A duplicate group by ordinals: what the search found, before the store gives names to its members.</summary>
public sealed record FoundGroup
{
    /// <inheritdoc cref="DuplicateGroup.Group"/>
    public required string Group { get; init; }

    /// <inheritdoc cref="DuplicateGroup.Kind"/>
    public required DuplicateKind Kind { get; init; }

    /// <inheritdoc cref="DuplicateGroup.Similarity"/>
    public required double Similarity { get; init; }

    /// <inheritdoc cref="DuplicateGroup.Margin"/>
    public double? Margin { get; init; }

    /// <summary>Ordinal of the snippet to keep.</summary>
    public required int Representative { get; init; }

    /// <inheritdoc cref="DuplicateGroup.Reason"/>
    public required string Reason { get; init; }

    /// <inheritdoc cref="DuplicateGroup.IsUnrelated"/>
    public bool IsUnrelated { get; init; }

    /// <inheritdoc cref="DuplicateGroup.Within"/>
    public string? Within { get; init; }

    /// <summary>Ordinals of the members, ascending; none stands within another.</summary>
    public required IReadOnlyList<int> Members { get; init; }

    /// <summary>The distinct contents of the members, by hash.</summary>
    public required IReadOnlyList<GroupContent> Contents { get; init; }

    /// <summary>The content of each member, in their order.</summary>
    internal IReadOnlyList<UInt128> MemberHashes { get; init; } = [];

    /// <summary>
    /// Returns the lowest similarity and margin of any member to a given one. Null where all are 1, or where the tokens tell.
    /// </summary>
    internal Func<int, (double Similarity, double? Margin)>? Measured { get; init; }

    /// <summary>Number of tokens that would be saved if only the representative were kept.</summary>
    public required long RepeatedTokens { get; init; }

    /// <inheritdoc cref="DuplicateGroup.Measure"/>
    public string Measure => DuplicateRule.Of(Kind).Measure;

    /// <summary>The group with its snippets.</summary>
    /// <param name="snippet">Returns the snippet of an ordinal.</param>
    /// <param name="family">Returns the language of which a language id is a dialect, or the id itself.</param>
    public DuplicateGroup Describe(Func<int, Snippet> snippet, Func<string, string> family)
    {
        var members = Members.Select(snippet).ToArray();
        return new DuplicateGroup
        {
            Group = Group,
            Kind = Kind,
            Measure = Measure,
            Similarity = Similarity,
            Margin = Margin,
            Representative = snippet(Representative).Id,
            Reason = Reason,
            Within = Within,
            IsUnrelated = IsUnrelated,
            Members = members,
            CrossLanguage = Array.Exists(members, member => family(member.Language) != family(members[0].Language)),
        };
    }
}

/// <summary>One distinct content of a group. It does not change when files move.</summary>
/// <param name="Hash">Fingerprint of the token texts.</param>
/// <param name="Count">Members that have it.</param>
public readonly record struct GroupContent(UInt128 Hash, int Count);
