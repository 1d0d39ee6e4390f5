using System.Runtime.InteropServices;

namespace XCoder.Analysis.Concepts;

/// <summary>
/// Makes labels unique, and those of one word telling: a label gets, in parentheses, words of the types and documentation around its
/// members that its namesakes lack.
/// </summary>
/// <param name="labels">The labels.</param>
/// <param name="ranked">Words of each cluster, the most distinctive first.</param>
internal sealed class LabelContexts(IReadOnlyList<ConceptLabel> labels, IReadOnlyList<ClusterWord[]> ranked)
{
    private const int MostWords = 2;

    // Share of the members around which a word must be to come before words of documentation.
    private const double LeastAround = 0.25;

    public IReadOnlyList<ConceptLabel> Complete()
    {
        var (result, taken) = (labels.ToArray(), new Dictionary<string, int>());
        foreach (var namesakes in Enumerable.Range(0, labels.Count).GroupBy(i => labels[i].Label))
        {
            int[] group = [.. namesakes];
            var shares = new NamesakeShares(group.SelectMany(i => ranked[i].Select(word => (word.Folded, word.Share, Cluster: i))));
            foreach (var i in group)
            {
                var (label, own) = (labels[i].Label, labels[i].Label.Split(' ').Select(ConceptWords.Fold).ToHashSet());
                if (group.Length > 1 || own.Count == 1)
                {
                    var context = Context(i, own, shares, isAlone: group.Length == 1);
                    label = context.Length == 0 ? label : $"{label} ({context})";
                }

                result[i] = labels[i] with { Label = Unique(label, taken) };
            }
        }

        return result;
    }

    private string Context(int cluster, HashSet<string> own, NamesakeShares shares, bool isAlone)
    {
        // The type around a function says more about it than one word of its documentation.
        var best = ranked[cluster].Where(word => !own.Contains(word.Folded))
            .Select((word, rank) => (Word: word, Rank: rank, Lead: word.Share - shares.OfOthers(word.Folded, cluster)))
            .Where(item => isAlone || item.Lead > 0)
            .OrderByDescending(static item => item.Word.AroundShare >= LeastAround)
            .ThenByDescending(static item => item.Lead).ThenBy(static item => item.Rank).ToList();
        return string.Join(' ', best.Take(isAlone || best is [{ Word.AroundShare: >= LeastAround }, ..] ? 1 : MostWords)
            .Select(static item => item.Word.Text));
    }

    private static string Unique(string label, Dictionary<string, int> taken)
    {
        for (var unique = label; ;)
        {
            if (taken.TryAdd(unique, 1))
            {
                return unique;
            }

            unique = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{label} {++taken[label]}");
        }
    }

    /// <summary>The two largest shares of each word among the clusters of one label: each is compared with the others.</summary>
    private sealed class NamesakeShares
    {
        private readonly Dictionary<string, (double First, int Cluster, double Second)> _largest = [];

        public NamesakeShares(IEnumerable<(string Word, double Share, int Cluster)> shares)
        {
            foreach (var (word, share, cluster) in shares)
            {
                ref var largest = ref CollectionsMarshal.GetValueRefOrAddDefault(_largest, word, out _);
                largest = share > largest.First ? (share, cluster, largest.First)
                    : largest with { Second = Math.Max(largest.Second, share) };
            }
        }

        /// <summary>The largest share of a word among the other clusters; 0 if none has it.</summary>
        public double OfOthers(string word, int cluster) => !_largest.TryGetValue(word, out var largest) ? 0
            : largest.Cluster == cluster ? largest.Second : largest.First;
    }
}
