using XCoder.Analysis.Model;

namespace XCoder.Analysis.Duplicates;

/// <summary>How much of a corpus is duplicated in one way.</summary>
/// <param name="Kind">The kind of duplicate.</param>
/// <param name="Groups">Number of groups.</param>
/// <param name="Snippets">Number of distinct snippets in them.</param>
/// <param name="Share">Those snippets among all that were compared, in [0, 1].</param>
internal sealed record DuplicateShare(DuplicateKind Kind, int Groups, int Snippets, double Share)
{
    /// <summary>Counts groups by kind, strongest first; kinds without a group are listed too.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="kinds">The kinds that were looked for.</param>
    /// <param name="compared">Number of snippets that were compared.</param>
    public static IReadOnlyList<DuplicateShare> Count(IEnumerable<FoundGroup> groups, IEnumerable<DuplicateKind> kinds, int compared)
    {
        var byKind = groups.ToLookup(static group => group.Kind);
        return [.. kinds.Order().Select(kind =>
        {
            var snippets = new HashSet<int>(byKind[kind].SelectMany(static group => group.Members)).Count;
            return new DuplicateShare(kind, byKind[kind].Count(), snippets, compared == 0 ? 0 : snippets / (double)compared);
        })];
    }
}
