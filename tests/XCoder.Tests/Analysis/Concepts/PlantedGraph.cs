using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Tests.Analysis.Concepts;

/// <summary>A graph of margins with known clusters: the nodes are shuffled, so that numbers tell nothing.</summary>
internal sealed class PlantedGraph
{
    private PlantedGraph(WeightedGraph graph, int[] truth) => (Graph, Truth) = (graph, truth);

    public WeightedGraph Graph { get; }

    /// <summary>Cluster of each node, or -1 for noise.</summary>
    public int[] Truth { get; }

    /// <param name="clusters">Number of clusters.</param>
    /// <param name="members">Nodes of each.</param>
    /// <param name="noise">Nodes of none.</param>
    /// <param name="seed">Of the order of the nodes, the edges and their weights.</param>
    public static PlantedGraph Create(int clusters, int members, int noise, int seed)
    {
        var random = new Random(seed);
        var count = (clusters * members) + noise;
        var nodes = Enumerable.Range(0, count).ToArray();
        random.Shuffle(nodes);
        var truth = new int[count];
        for (var i = 0; i < count; i++)
        {
            truth[nodes[i]] = i < clusters * members ? i / members : -1;
        }

        var builder = new WeightedGraphBuilder(count);
        for (var i = 0; i < count; i++)
        {
            // Most pairs of a cluster are found, with margins around .28; everything has a few chance neighbours below 0.
            for (var j = i + 1; j < count && truth[nodes[i]] >= 0 && truth[nodes[j]] == truth[nodes[i]]; j++)
            {
                if (random.NextDouble() < 0.97)
                {
                    builder.Add(nodes[i], nodes[j], 0.15f + (0.25f * random.NextSingle()));
                }
            }

            for (var chance = 0; chance < 4; chance++)
            {
                var other = random.Next(count);
                if (other != i && (truth[nodes[i]] < 0 || truth[nodes[i]] != truth[nodes[other]]))
                {
                    builder.Add(nodes[i], nodes[other], -0.15f + (0.15f * random.NextSingle()));
                }
            }
        }

        return new PlantedGraph(builder.Build(), truth);
    }
}
