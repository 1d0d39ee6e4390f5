using System.Globalization;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Concepts;

/// <summary>
/// Ids of concepts. A concept keeps the id of the earlier one that it shares most contents with (Jaccard), each id
/// going to one concept: of a split the largest part keeps it, of a merge the largest part's id stays. A new concept's
/// id is a hash of its most central member, so that a first run gives the same ids on every machine.
/// </summary>
internal static class ConceptIds
{
    /// <summary>Least Jaccard similarity of the contents of a concept to those of the earlier one whose id it keeps.</summary>
    public const double LeastOverlap = 0.1;

    /// <summary>Gives each concept an id.</summary>
    /// <param name="contents">Content keys of the members of each concept; a key in one concept at most.</param>
    /// <param name="central">Content key of the most central member of each.</param>
    /// <param name="known">Concepts of the run before; ids differ, order does not matter.</param>
    /// <returns>Ids, all different, in the order of <paramref name="contents"/>.</returns>
    /// <exception cref="ArgumentException">Not as many central members as concepts.</exception>
    public static string[] Assign(IReadOnlyList<IReadOnlyCollection<ulong>> contents, IReadOnlyList<ulong> central, IReadOnlyCollection<KnownConcept> known)
    {
        if (central.Count != contents.Count)
        {
            throw new ArgumentException($"Found {central.Count} central members for {contents.Count} concepts.", nameof(central));
        }

        var ids = new string?[contents.Count];
        var taken = new HashSet<string>();
        foreach (var (concept, id) in Matches(contents, central, known))
        {
            if (ids[concept] is null && taken.Add(id))
            {
                ids[concept] = id;
            }
        }

        // An id never comes back for something else.
        taken.UnionWith(known.Select(static concept => concept.Id));
        foreach (var concept in Enumerable.Range(0, contents.Count).Where(concept => ids[concept] is null).OrderBy(concept => central[concept]))
        {
            var hash = SpanHash.Spread(central[concept]);
            while (!taken.Add(ids[concept] = hash.ToString("x16", CultureInfo.InvariantCulture)))
            {
                hash = SpanHash.Spread(hash + 1);
            }
        }

        return ids!;
    }

    // Pairs of a concept and an earlier one's id, in the order in which they may choose each other.
    private static IEnumerable<(int Concept, string Id)> Matches(IReadOnlyList<IReadOnlyCollection<ulong>> contents, IReadOnlyList<ulong> central, IReadOnlyCollection<KnownConcept> known)
    {
        var of = new Dictionary<ulong, int>();
        for (var concept = 0; concept < contents.Count; concept++)
        {
            foreach (var key in contents[concept])
            {
                of[key] = concept;
            }
        }

        var matches = new List<(double Overlap, string Id, int Concept)>();
        foreach (var earlier in known)
        {
            foreach (var shared in earlier.Contents.Where(of.ContainsKey).CountBy(key => of[key]))
            {
                var overlap = shared.Value / (double)(earlier.Contents.Count + contents[shared.Key].Count - shared.Value);
                if (overlap >= LeastOverlap)
                {
                    matches.Add((overlap, earlier.Id, shared.Key));
                }
            }
        }

        return matches.OrderByDescending(static match => match.Overlap).ThenBy(static match => match.Id, StringComparer.Ordinal)
            .ThenBy(match => central[match.Concept]).Select(static match => (match.Concept, match.Id));
    }
}
