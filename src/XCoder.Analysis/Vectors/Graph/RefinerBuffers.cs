using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.Vectors.Graph;

/// <summary>What one thread of <see cref="GraphRefiner"/> works with: the rows that it found for one row, each once.</summary>
internal sealed class RefinerBuffers(int rows, int stride)
{
    private readonly int[] _stamps = new int[rows];
    private int _stamp;

    /// <summary>Rows found that are not hits yet.</summary>
    public List<int> Found { get; } = [];

    public List<SearchHit> Candidates { get; } = [];

    public short[] Wide { get; } = new short[stride];

    /// <summary>Starts with a row; nobody starts twice with the same.</summary>
    public void Begin(int row, SearchHit[] hits)
    {
        // A stamp is a row's number and 1.
        _stamp = row + 1;
        _stamps[row] = _stamp;
        Found.Clear();
        foreach (var hit in hits)
        {
            _stamps[hit.Row] = _stamp;
        }
    }

    public void Find(int row)
    {
        if (_stamps[row] != _stamp)
        {
            _stamps[row] = _stamp;
            Found.Add(row);
        }
    }

    /// <summary>Finds the first hits of a row, all or the fresh ones alone.</summary>
    public void Follow(FreshHits graph, int row, int most, bool all)
    {
        if (!all && graph.Fresh[row] == 0)
        {
            return;
        }

        var hits = graph.Hits[row];
        for (var i = 0; i < Math.Min(most, hits.Length); i++)
        {
            if (all || graph.IsFresh(row, i))
            {
                Find(hits[i].Row);
            }
        }
    }
}
