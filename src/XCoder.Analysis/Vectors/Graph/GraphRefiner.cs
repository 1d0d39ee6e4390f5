using System.Runtime.InteropServices;
using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.Vectors.Graph;

/// <summary>
/// Improves a graph by comparing each row with its neighbours' neighbours, which are likely neighbours, too
/// (NN-Descent: Dong, Charikar and Li, "Efficient k-nearest neighbor graph construction", 2011). A round reads one
/// graph and writes another, so the result does not depend on the order of rows, and hits only get better. Two rows
/// that have both been hits of a third for more than one round have already been compared, so a round follows only hits
/// that are fresh.
/// </summary>
/// <param name="rows">All rows.</param>
/// <param name="labels">Label of each row.</param>
/// <param name="order">Tells which labels are more common than others.</param>
/// <param name="options">How many hits to keep, and the lowest cosine.</param>
internal sealed class GraphRefiner(QuantisedRows rows, ReadOnlyMemory<byte> labels, LabelOrder order, NeighbourGraphOptions options)
{
    private const int BlockRows = 1024;

    // How many of a row's nearest hits to follow to their own hits, and how many of the nearest rows that list the row
    // among their hits.
    private const int Asked = 16;
    private const int Reversed = 24;

    // How many rows ahead of the comparison to prefetch: far enough to hide the memory's latency.
    private const int Ahead = 6;

    /// <summary>Runs one round and returns the improved graph.</summary>
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

        // Sorted by row, so that memory is read in ascending order.
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

    // Sets, for each label, the lowest cosine at which a row of it would become a hit.
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

    // For each row r, the rows that have it among their first hits, from Starts[r] to Starts[r + 1]. A row number is
    // complemented where the hit is not fresh.
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

/// <summary>One thread's buffers of <see cref="GraphRefiner"/>: the distinct rows found for the row at hand.</summary>
internal sealed class RefinerBuffers(int rows, int stride)
{
    private readonly int[] _stamps = new int[rows];
    private int _stamp;

    /// <summary>Rows found that are not hits of the row yet.</summary>
    public List<int> Found { get; } = [];

    public List<SearchHit> Candidates { get; } = [];

    public short[] Wide { get; } = new short[stride];

    /// <summary>Starts with a row. Call it only once per row: the row's number marks what was seen.</summary>
    public void Begin(int row, SearchHit[] hits)
    {
        // A row's stamp is its number plus 1, because 0 means never seen.
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

    /// <summary>Adds the first hits of a row: all of them, or only the fresh ones.</summary>
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

/// <summary>A graph under construction, with a mark on each hit that the last round added.</summary>
/// <param name="Hits">Hits of each row, best first.</param>
/// <param name="Fresh">One bit per hit for each row; the last bit stands for all hits from there on.</param>
internal sealed record FreshHits(SearchHit[][] Hits, ulong[] Fresh)
{
    private const int LastBit = 63;

    public bool IsFresh(int row, int hit) => (Fresh[row] & Bit(hit)) != 0;

    /// <summary>Marks as fresh those hits of a row that it did not have before.</summary>
    public void Mark(int row, SearchHit[] before)
    {
        var (after, fresh, at) = (Hits[row], 0UL, 0);
        for (var i = 0; i < after.Length && after != before; i++)
        {
            // Both lists have the same order, so one pass over both suffices.
            for (; at < before.Length && before[at].IsBefore(after[i]); at++)
            {
            }

            fresh |= at < before.Length && before[at] == after[i] ? 0 : Bit(i);
        }

        Fresh[row] = fresh;
    }

    private static ulong Bit(int hit) => 1UL << Math.Min(hit, LastBit);
}
