using System.Runtime.InteropServices;
using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.Vectors.Graph;

/// <summary>
/// Improves a graph by what it knows: a neighbour of a neighbour is likely a neighbour (Dong, Charikar and Li,
/// "Efficient k-nearest neighbor graph construction", 2011). A round reads one graph and writes another, so that the
/// result does not depend on who is first. Hits only get better. Two rows that a third has known for more than a round
/// have been compared because of it, so that only what is fresh is followed.
/// </summary>
/// <param name="rows">All rows.</param>
/// <param name="labels">Label of each.</param>
/// <param name="order">Which labels are commoner than others.</param>
/// <param name="options">What is kept.</param>
internal sealed class GraphRefiner(QuantisedRows rows, ReadOnlyMemory<byte> labels, LabelOrder order, NeighbourGraphOptions options)
{
    private const int BlockRows = 1024;

    // Neighbours asked for theirs, and rows that name this one, the nearest of each.
    private const int Asked = 16;
    private const int Reversed = 24;

    // Rows asked for before they are compared: far enough to hide the way to memory.
    private const int Ahead = 6;

    /// <summary>One round.</summary>
    public FreshHits Refine(FreshHits graph, WorkProgress progress, CancellationToken cancellation)
    {
        var count = graph.Hits.Length;
        var (starts, namers) = Reverse(graph);
        var better = new FreshHits(new SearchHit[count][], new ulong[count]);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        Parallel.For(0, ExactSearch.Blocks(count, BlockRows), parallel, () => new RefinerBuffers(count, rows.Stride), (block, _, buffers) =>
        {
            var end = Math.Min(count, (block + 1) * BlockRows);
            for (var row = block * BlockRows; row < end; row++)
            {
                Find(row, graph, namers.AsSpan(starts[row]..starts[row + 1]), buffers);
                better.Hits[row] = buffers.Found.Count == 0 ? graph.Hits[row] : Compare(row, graph.Hits[row], buffers);
                better.Mark(row, graph.Hits[row]);
            }

            progress.Add(end - (block * BlockRows));
            return buffers;
        }, static _ => { });
        return better;
    }

    private static void Find(int row, FreshHits graph, Span<SearchHit> namers, RefinerBuffers buffers)
    {
        var own = graph.Hits[row];
        buffers.Begin(row, own);
        for (var i = 0; i < Math.Min(Asked, own.Length); i++)
        {
            buffers.Follow(graph, own[i].Row, int.MaxValue, graph.IsFresh(row, i));
        }

        HitHeap.Sort(namers);
        foreach (var namer in namers[..Math.Min(Reversed, namers.Length)])
        {
            var (other, isFresh) = namer.Row < 0 ? (~namer.Row, false) : (namer.Row, true);
            buffers.Follow(graph, other, Asked, isFresh);
            if (isFresh)
            {
                buffers.Find(other);
            }
        }
    }

    private SearchHit[] Compare(int row, SearchHit[] own, RefinerBuffers buffers)
    {
        Span<float> lowest = stackalloc float[LabelOrder.MaxLabels];
        Bounds(own, labels.Span[row], lowest);
        var scale = rows.Widen(row, buffers.Wide);
        buffers.Candidates.Clear();
        buffers.Candidates.AddRange(own);

        // In the order of rows, so that reading them walks forward.
        buffers.Found.Sort();
        var found = CollectionsMarshal.AsSpan(buffers.Found);
        for (var i = 0; i < found.Length; i++)
        {
            if (i + Ahead < found.Length)
            {
                rows.Prefetch(found[i + Ahead]);
            }

            var cosine = rows.Cosine(buffers.Wide, scale, found[i]);
            if (cosine >= lowest[labels.Span[found[i]]])
            {
                buffers.Candidates.Add(new SearchHit(found[i], cosine));
            }
        }

        return buffers.Candidates.Count == own.Length ? own
            : NeighbourChoice.Of(buffers.Candidates, labels.Span, order, labels.Span[row], options);
    }

    // What a row of each label needs to become a hit.
    private void Bounds(SearchHit[] own, int label, Span<float> lowest)
    {
        Span<int> seen = stackalloc int[LabelOrder.MaxLabels];
        seen.Clear();
        var any = own.Length < options.Neighbours ? options.Floor : own[options.Neighbours - 1].Cosine;
        for (var other = 0; other < lowest.Length; other++)
        {
            lowest[other] = options.PerLabel > 0 && order.IsCommoner(other, label) ? options.Floor : any;
        }

        foreach (var hit in own)
        {
            var other = labels.Span[hit.Row];
            if (++seen[other] == options.PerLabel)
            {
                lowest[other] = Math.Min(any, hit.Cosine);
            }
        }
    }

    // Rows that have a row among their first hits: those of row r stand from Starts[r] to Starts[r + 1]. The complement
    // of a row's number stands for a hit that is not fresh.
    private static (int[] Starts, SearchHit[] Namers) Reverse(FreshHits graph)
    {
        var starts = new int[graph.Hits.Length + 1];
        foreach (var row in graph.Hits)
        {
            foreach (var hit in row.AsSpan(0, Math.Min(Asked, row.Length)))
            {
                starts[hit.Row + 1]++;
            }
        }

        for (var row = 0; row < graph.Hits.Length; row++)
        {
            starts[row + 1] += starts[row];
        }

        var (namers, next) = (new SearchHit[starts[^1]], starts.AsSpan().ToArray());
        for (var row = 0; row < graph.Hits.Length; row++)
        {
            for (var i = 0; i < Math.Min(Asked, graph.Hits[row].Length); i++)
            {
                var hit = graph.Hits[row][i];
                namers[next[hit.Row]++] = new SearchHit(graph.IsFresh(row, i) ? row : ~row, hit.Cosine);
            }
        }

        return (starts, namers);
    }
}

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

/// <summary>A graph under way, and which of its hits the last round brought.</summary>
/// <param name="Hits">Of each row, in order.</param>
/// <param name="Fresh">Of each row a bit a hit; the last bit stands for all from there on.</param>
internal sealed record FreshHits(SearchHit[][] Hits, ulong[] Fresh)
{
    private const int LastBit = 63;

    public bool IsFresh(int row, int hit) => (Fresh[row] & Bit(hit)) != 0;

    /// <summary>Marks as fresh the hits of a row that were not there before.</summary>
    public void Mark(int row, SearchHit[] before)
    {
        var (after, fresh, at) = (Hits[row], 0UL, 0);
        for (var i = 0; i < after.Length && after != before; i++)
        {
            // Both stand in the same order, so that one walk does.
            for (; at < before.Length && before[at].IsBefore(after[i]); at++)
            {
            }

            fresh |= at < before.Length && before[at] == after[i] ? 0 : Bit(i);
        }

        Fresh[row] = fresh;
    }

    private static ulong Bit(int hit) => 1UL << Math.Min(hit, LastBit);
}
