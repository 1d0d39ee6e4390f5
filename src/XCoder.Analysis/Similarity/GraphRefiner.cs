namespace XCoder.Analysis.Similarity;

/// <summary>
/// Improves a graph by what it knows: a neighbour of a neighbour is likely a neighbour (Dong, Charikar and Li,
/// "Efficient k-nearest neighbor graph construction", 2011). A round reads one graph and writes another, so that the
/// result does not depend on who is first. Cosines are exact; hits only get better.
/// </summary>
internal sealed class GraphRefiner(VectorTable table, ReadOnlyMemory<byte> labels, NeighbourGraphOptions options)
{
    private const int BlockRows = 1024;

    // Neighbours asked for theirs, and rows that name this one; more find little more.
    private const int Asked = 10;
    private const int Reversed = 10;

    /// <summary>One round.</summary>
    public SearchHit[][] Refine(SearchHit[][] hits, WorkProgress progress, CancellationToken cancellation)
    {
        var (starts, namers) = Reverse(hits);
        var better = new SearchHit[hits.Length][];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        Parallel.For(0, ExactSearch.Blocks(hits.Length, BlockRows), parallel, () => new Seen(hits.Length), (block, _, seen) =>
        {
            var raw = new float[table.Dimension];
            var end = Math.Min(hits.Length, (block + 1) * BlockRows);
            cancellation.ThrowIfCancellationRequested();
            for (var row = block * BlockRows; row < end; row++)
            {
                better[row] = float.IsNaN(table.InverseNorm(row)) ? [] : Refine(row, hits, namers.AsSpan(starts[row]..starts[row + 1]), raw, seen);
            }

            progress.Add(end - (block * BlockRows));
            return seen;
        }, _ => { });
        return better;
    }

    private SearchHit[] Refine(int row, SearchHit[][] hits, ReadOnlySpan<int> namers, float[] raw, Seen seen)
    {
        var own = hits[row];
        seen.Begin(row);
        foreach (var hit in own)
        {
            seen.Add(hit.Row);
        }

        seen.Found.Clear();
        foreach (var hit in own.AsSpan(0, Math.Min(Asked, own.Length)))
        {
            seen.Find(hits[hit.Row]);
        }

        foreach (var namer in namers[..Math.Min(Reversed, namers.Length)])
        {
            seen.Find(namer);
            seen.Find(hits[namer].AsSpan(0, Math.Min(Asked, hits[namer].Length)));
        }

        // Cosines in the order of rows, so that reading them walks forward.
        seen.Found.Sort();
        table.CopyRow(row, raw);
        var inverseNorm = table.InverseNorm(row);
        seen.Candidates.Clear();
        seen.Candidates.AddRange(own);
        foreach (var found in seen.Found)
        {
            var cosine = table.Cosine(raw, inverseNorm, found);
            if (cosine >= options.Floor)
            {
                seen.Candidates.Add(new SearchHit(found, cosine));
            }
        }

        return NeighbourChoice.Of(seen.Candidates, labels.Span, labels.Span[row], options);
    }

    // Rows that have a row among their first hits: those of row r stand from Starts[r] to Starts[r + 1].
    private static (int[] Starts, int[] Namers) Reverse(SearchHit[][] hits)
    {
        var starts = new int[hits.Length + 1];
        foreach (var row in hits)
        {
            foreach (var hit in row.AsSpan(0, Math.Min(Asked, row.Length)))
            {
                starts[hit.Row + 1]++;
            }
        }

        for (var row = 0; row < hits.Length; row++)
        {
            starts[row + 1] += starts[row];
        }

        var (namers, next) = (new int[starts[^1]], starts.AsSpan().ToArray());
        for (var row = 0; row < hits.Length; row++)
        {
            foreach (var hit in hits[row].AsSpan(0, Math.Min(Asked, hits[row].Length)))
            {
                namers[next[hit.Row]++] = row;
            }
        }

        return (starts, namers);
    }

    private sealed class Seen(int rows)
    {
        private readonly int[] _stamps = new int[rows];
        private int _stamp;

        public List<int> Found { get; } = [];

        public List<SearchHit> Candidates { get; } = [];

        public void Begin(int row)
        {
            // A stamp is a row's number and 1; nobody starts twice with one row.
            _stamp = row + 1;
            Add(row);
        }

        public void Add(int row) => _stamps[row] = _stamp;

        public void Find(int row)
        {
            if (_stamps[row] != _stamp)
            {
                _stamps[row] = _stamp;
                Found.Add(row);
            }
        }

        public void Find(ReadOnlySpan<SearchHit> hits)
        {
            foreach (var hit in hits)
            {
                Find(hit.Row);
            }
        }
    }
}
