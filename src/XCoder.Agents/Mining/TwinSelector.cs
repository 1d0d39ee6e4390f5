using System.Runtime.InteropServices;

namespace XCoder.Agents.Mining;

/// <summary>
/// Keeps pairs in which each is the other's best partner where it stands, and clearly so: among overloads none is. Of pairs
/// of copies one is kept, and no more of a concept or of two repositories than the options say.
/// </summary>
/// <param name="cell">Number of the language and repository that a node stands in.</param>
/// <param name="group">A number that a node shares with its copies and with nothing else.</param>
/// <param name="concept">Number of a node's concept, or below 0.</param>
/// <param name="options">What is wanted.</param>
internal sealed class TranslationSelector(Func<int, (int Repository, int Language)> cell, Func<int, int> group, Func<int, int> concept, MiningOptions options)
{
    private readonly Dictionary<(int Node, (int, int) Cell), (double Best, double Second, int Partner)> _best = [];

    /// <summary>The twins among pairs, best first; drops are counted.</summary>
    public IReadOnlyList<TranslationPair> Select(IReadOnlyList<TranslationPair> pairs, IDictionary<MinedDrop, long> drops)
    {
        _best.Clear();
        foreach (var pair in pairs)
        {
            Note(pair.A, pair.B, Rank(pair));
            Note(pair.B, pair.A, Rank(pair));
        }

        var (groups, concepts, repositories) = (new HashSet<(int, int)>(), new Dictionary<(int, int, int), int>(), new Dictionary<(int, int, int, int), int>());
        var kept = new List<TranslationPair>();
        foreach (var pair in pairs.OrderByDescending(Rank).ThenBy(pair => pair.A).ThenBy(pair => pair.B))
        {
            var (x, y) = (cell(pair.A), cell(pair.B));
            if (!IsBest(pair.A, pair.B, pair) || !IsBest(pair.B, pair.A, pair))
            {
                Count(drops, MinedDrop.Partner);
            }
            else if (!groups.Add(Ordered(group(pair.A), group(pair.B))))
            {
                Count(drops, MinedDrop.Duplicate);
            }
            else if ((concept(pair.A) is var of and >= 0 && !Take(concepts, (of, Math.Min(x.Language, y.Language), Math.Max(x.Language, y.Language)), options.PerConcept))
                || !Take(repositories, (Math.Min(x.Repository, y.Repository), Math.Max(x.Repository, y.Repository), Math.Min(x.Language, y.Language), Math.Max(x.Language, y.Language)), options.PerRepositories))
            {
                Count(drops, MinedDrop.Enough);
            }
            else
            {
                kept.Add(pair);
            }
        }

        return kept;
    }

    private static double Rank(TranslationPair pair) => pair.Signals.Score + (0.25 * pair.Margin);

    private static (int, int) Ordered(int a, int b) => (Math.Min(a, b), Math.Max(a, b));

    private static void Count(IDictionary<MinedDrop, long> drops, MinedDrop reason) => drops[reason] = (drops.TryGetValue(reason, out var count) ? count : 0) + 1;

    private static bool Take<T>(Dictionary<T, int> counts, T key, int most)
        where T : notnull => ++CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _) <= most;

    private void Note(int of, int partner, double rank)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_best, (of, cell(partner)), out var isKnown);
        known = !isKnown ? (rank, double.NegativeInfinity, partner)
            : rank > known.Best ? (rank, group(partner) == group(known.Partner) ? known.Second : known.Best, partner)
            : (known.Best, group(partner) == group(known.Partner) ? known.Second : Math.Max(known.Second, rank), known.Partner);
    }

    private bool IsBest(int of, int partner, TranslationPair pair) =>
        _best[(of, cell(partner))] is var known && (known.Partner == partner || group(known.Partner) == group(partner)) && Rank(pair) - known.Second >= options.Lead;
}
