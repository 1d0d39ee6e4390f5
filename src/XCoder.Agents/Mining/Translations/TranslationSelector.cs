using System.Runtime.InteropServices;

namespace XCoder.Agents.Mining.Translations;

/// <summary>
/// Keeps a pair if each function is the other's clearly best partner in its repository and language; overloads therefore cancel each other.
/// Keeps one of several pairs of copies, limits the pairs per concept and per two repositories, and drops those that are too
/// improbable.
/// </summary>
/// <param name="cell">Returns the repository and language of a node.</param>
/// <param name="group">Returns a number that a node shares with its copies only.</param>
/// <param name="concept">Returns the number of a node's concept, or a negative number.</param>
/// <param name="options">Limits of the selection.</param>
/// <param name="least">Lowest probability of a pair, in [0, 1].</param>
internal sealed class TranslationSelector(Func<int, (int Repository, int Language)> cell, Func<int, ulong> group, Func<int, int> concept,
    MiningOptions options, double least)
{
    private readonly Dictionary<(int Node, (int, int) Cell), (double Best, double Second, int Partner)> _best = [];

    /// <summary>Returns the selected pairs, best first, and counts the dropped ones.</summary>
    public IReadOnlyList<TranslationPair> Select(IReadOnlyList<TranslationPair> pairs, IDictionary<MinedDrop, long> drops)
    {
        _best.Clear();
        foreach (var pair in pairs)
        {
            Note(pair.A, pair.B, pair.Probability);
            Note(pair.B, pair.A, pair.Probability);
        }

        var (groups, concepts, repositories) =
            (new HashSet<(ulong, ulong)>(), new Dictionary<(int, int, int), int>(), new Dictionary<(int, int, int, int), int>());
        var kept = new List<TranslationPair>();
        foreach (var pair in pairs.OrderByDescending(pair => pair.Probability).ThenBy(pair => pair.A).ThenBy(pair => pair.B))
        {
            var (x, y) = (cell(pair.A), cell(pair.B));
            var languages = (Math.Min(x.Language, y.Language), Math.Max(x.Language, y.Language));
            if (pair.Probability < least)
            {
                drops.Count(MinedDrop.Doubtful);
            }
            else if (!IsBest(pair.A, pair.B, pair) || !IsBest(pair.B, pair.A, pair))
            {
                drops.Count(MinedDrop.Partner);
            }
            else if (!groups.Add((Math.Min(group(pair.A), group(pair.B)), Math.Max(group(pair.A), group(pair.B)))))
            {
                drops.Count(MinedDrop.Duplicate);
            }
            else if ((concept(pair.A) is var of and >= 0
                && !Take(concepts, (of, languages.Item1, languages.Item2), options.PerConcept))
                || !Take(repositories, (Math.Min(x.Repository, y.Repository), Math.Max(x.Repository, y.Repository), languages.Item1,
                    languages.Item2), options.PerRepositories))
            {
                drops.Count(MinedDrop.Enough);
            }
            else
            {
                kept.Add(pair);
            }
        }

        return kept;
    }

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
        _best[(of, cell(partner))] is var known && (known.Partner == partner || group(known.Partner) == group(partner))
            && pair.Probability - known.Second >= options.Lead;
}
