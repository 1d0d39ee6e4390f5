namespace XCoder.Analysis.Vectors.Graph;

/// <summary>
/// A graph without direction whose edges carry weights, as neighbour lists one after the other (compressed rows).
/// Immutable; may be read by several threads. Made by a <see cref="WeightedGraphBuilder"/>.
/// </summary>
internal sealed class WeightedGraph
{
    private readonly int[] _starts;
    private readonly WeightedEdge[] _edges;

    internal WeightedGraph(int[] starts, WeightedEdge[] edges) => (_starts, _edges) = (starts, edges);

    /// <summary>Number of nodes; they are numbered from 0.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>Number of edges, each counted once.</summary>
    public int EdgeCount => _edges.Length / 2;

    /// <summary>Edges of a node, by the other end ascending.</summary>
    public ReadOnlySpan<WeightedEdge> this[int node] => _edges.AsSpan(_starts[node].._starts[node + 1]);
}
