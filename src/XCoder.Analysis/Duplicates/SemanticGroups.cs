namespace XCoder.Analysis.Duplicates;

/// <summary>
/// Joins pairs to groups, largest margin first, where every member of the one may be in a group with every member of the
/// other (complete linkage; Defays 1977): A like B and B like C does not make A like C. Deterministic.
/// </summary>
internal static class SemanticGroups
{
    /// <summary>Groups of two nodes or more, each ascending, ordered by first node.</summary>
    public static List<int[]> Join(SemanticPairs pairs, List<SemanticPair> found, CancellationToken cancellation)
    {
        var order = found.ToArray();
        Array.Sort(order, (x, y) =>
        {
            var (left, right) = (x.Margin - pairs.Extra(x.Scope), y.Margin - pairs.Extra(y.Scope));
            return left != right ? right.CompareTo(left) : x.A != y.A ? x.A.CompareTo(y.A) : x.B.CompareTo(y.B);
        });
        var groups = new Dictionary<int, List<int>>();
        foreach (var pair in order)
        {
            cancellation.ThrowIfCancellationRequested();
            var (a, b) = (Of(pair.A), Of(pair.B));
            if (a != b && a.TrueForAll(x => b.TrueForAll(y => pairs.MayMeet(x, y))))
            {
                var (larger, smaller) = a.Count >= b.Count ? (a, b) : (b, a);
                larger.AddRange(smaller);
                smaller.ForEach(node => groups[node] = larger);
            }
        }

        return [.. groups.Values.Distinct().Where(group => group.Count > 1).Select(group => group.Order().ToArray()).OrderBy(group => group[0])];

        List<int> Of(int node) => groups.TryGetValue(node, out var group) ? group : groups[node] = [node];
    }
}
