namespace XCoder.Analysis.Concepts;

/// <summary>
/// Labels clusters with the words of their members' names, documentation and code that tell them from the other
/// clusters: class-based TF-IDF (Grootendorst, "BERTopic", 2022), each member counted once a word and each language
/// with the same weight, however many members it has.
/// </summary>
internal sealed class ConceptLabeller
{
    private const int MaxWords = 8;
    private const int MaxLabelWords = 4;

    // Words of a label stand in this share of the names, so weighted.
    private const double LabelShare = 0.4;
    private const double FourthShare = 0.5;

    // What is in few names or none counts if about half of the members document it.
    private const double OtherShare = 0.25;

    /// <summary>What a cluster whose members have no words is called.</summary>
    private const string Unnamed = "unnamed";

    /// <summary>Labels clusters; the more of the run's clusters are given at once, the better the common words show.</summary>
    /// <param name="clusters">Node numbers of the members of each cluster, representative or not, in any order.</param>
    /// <param name="facts">Facts of a node; asked once a member.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>A label a cluster, in their order.</returns>
    public IReadOnlyList<ConceptLabel> Label(IReadOnlyList<int[]> clusters, Func<int, ConceptFacts> facts, CancellationToken cancellation = default)
    {
        var words = new List<ClusterWord[]>(clusters.Count);
        var (shares, total) = (new Dictionary<string, double>(), 0.0);
        foreach (var cluster in clusters)
        {
            cancellation.ThrowIfCancellationRequested();
            words.Add(new ClusterWords(Array.ConvertAll(cluster, node => facts(node))).Words);
            foreach (var word in words[^1])
            {
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(shares, word.Folded, out _) += word.Share;
                total += word.Share;
            }
        }

        var mean = total / Math.Max(1, clusters.Count);
        return [.. words.Select(cluster => Label([.. cluster
            .OrderByDescending(word => word.Share * Math.Log(1 + (mean / shares[word.Folded])))
            .ThenBy(static word => word.Folded, StringComparer.Ordinal)]))];
    }

    /// <param name="ranked">Words of a cluster, the most telling first.</param>
    private static ConceptLabel Label(ClusterWord[] ranked)
    {
        var chosen = ranked.Where(static word => word.NameShare >= LabelShare).Take(MaxLabelWords - 1)
            .Concat(ranked.Where(static word => word.NameShare >= FourthShare)).Distinct().Take(MaxLabelWords).ToList();

        // Names that differ or say little: what the documentation and the code agree on.
        if (chosen.Count < 2)
        {
            var others = ranked.Where(static word => word.Share >= OtherShare && word.Share > word.NameShare).ToList();
            chosen = [.. chosen.Concat(chosen.Count + others.Count > 0 ? others : ranked).Distinct().Take(MaxLabelWords - 1)];
        }

        var label = string.Join(' ', chosen.OrderBy(static word => word.Position).Select(static word => word.Text));
        return new ConceptLabel(label.Length > 0 ? label : Unnamed, [.. ranked.Take(MaxWords).Select(static word => word.Text)]);
    }
}
