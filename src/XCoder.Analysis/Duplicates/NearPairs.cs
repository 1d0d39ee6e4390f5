using System.Collections.Concurrent;
using XCoder.Analysis.Vectors.Sets;

namespace XCoder.Analysis.Duplicates;

/// <summary>
/// Pairs of contents with similar shingle sets: MinHash signatures, LSH, then exact Jaccard. One snippet stands for
/// each exact class. Files are read in order, once for the signatures and once for verification (more often where
/// the shingle sets exceed <see cref="DuplicateOptions.VerificationMegabytes"/>).
/// </summary>
internal sealed class NearPairs(DuplicateOptions options, SnippetFacts[] snippets, SnippetClasses exact, Func<int, TokenHashes> tokens)
{
    // Items verified between two synchronisations; bounds the sets in flight beside the block's own.
    private const int Stride = 8192;

    // Pairs are dropped unverified only where the estimate lies this far below the threshold: one in 30,000 is lost.
    private const double Sigmas = 4;

    private readonly ulong[]?[] _sets = new ulong[]?[exact.Count];

    /// <summary>Pairs that were verified.</summary>
    public long VerifiedPairs { get; private set; }

    /// <summary>Pairs at or above the threshold, ordered by B, then A.</summary>
    public List<NearEdge> Find(CancellationToken cancellation)
    {
        var pairs = Candidates(cancellation);
        VerifiedPairs = pairs.Length;
        var similarities = new double[pairs.Length];
        foreach (var (from, to) in Blocks(pairs))
        {
            Verify(pairs, similarities, from, to, cancellation);
        }

        var edges = new List<NearEdge>(similarities.Count(static similarity => similarity > 0));
        for (var i = 0; i < pairs.Length; i++)
        {
            if (similarities[i] > 0)
            {
                var (a, b) = Split(pairs[i]);
                if (Nesting.ArePairable(exact.Members(a), exact.Members(b), snippets))
                {
                    edges.Add(new NearEdge(a, b, similarities[i]));
                }
            }
        }

        return edges;
    }

    private ulong[] Candidates(CancellationToken cancellation)
    {
        var length = options.Bands * options.Rows;
        var hasher = new MinHasher(length);
        var index = new LshIndex(exact.Count, options.Bands, options.Rows);
        ByFile(0, exact.Count, static _ => true, cancellation, (item, hashes) =>
        {
            Span<uint> signature = stackalloc uint[length];
            hasher.Sign(Shingles(item, hashes), signature);
            index.Set(item, signature, snippets[First(item)].IsStructure ? (byte)1 : (byte)0);
        });
        var slack = Sigmas * Math.Sqrt(options.Threshold * (1 - options.Threshold) / length);
        return index.Pairs(options.Threshold - slack, options.Threads, cancellation);
    }

    // Runs of items whose sets fit into memory together; only items with a later partner need to stay.
    private List<(int From, int To)> Blocks(ulong[] pairs)
    {
        var isKept = new bool[exact.Count];
        foreach (var pair in pairs)
        {
            isKept[Split(pair).A] = true;
        }

        var (blocks, from, bytes) = (new List<(int, int)>(), 0, 0L);
        for (var item = 0; item < isKept.Length; item++)
        {
            bytes += isKept[item] ? 24 + (8L * snippets[First(item)].TokenCount) : 0;
            if (bytes > options.VerificationMegabytes * (1L << 20))
            {
                blocks.Add((from, item + 1));
                (from, bytes) = (item + 1, 0);
            }
        }

        if (bytes > 0)
        {
            blocks.Add((from, isKept.Length));
        }

        return blocks;
    }

    // Pairs are sorted by their later item B: once a stride's sets are made, every partner of it is in memory.
    private void Verify(ulong[] pairs, double[] similarities, int from, int to, CancellationToken cancellation)
    {
        var isNeeded = new bool[exact.Count];
        foreach (var pair in pairs)
        {
            var (a, b) = Split(pair);
            if (a >= from && a < to)
            {
                (isNeeded[a], isNeeded[b]) = (true, true);
            }
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        var next = 0;
        for (int start = from, end; start < exact.Count; start = end)
        {
            end = Math.Min(exact.Count, start + Stride);
            while (end < exact.Count && snippets[First(end)].File == snippets[First(end - 1)].File)
            {
                end++;
            }

            ByFile(start, end, item => isNeeded[item], cancellation, (item, hashes) => _sets[item] = Shingles(item, hashes));
            var first = FirstPair(pairs, start, next);
            next = FirstPair(pairs, end, first);
            Parallel.For(first, next, parallel, i =>
            {
                var (a, b) = Split(pairs[i]);
                if (a >= from && a < to)
                {
                    var similarity = Jaccard.Of(_sets[a], _sets[b]);
                    similarities[i] = similarity >= options.Threshold ? similarity : 0;
                }
            });
            var done = Math.Clamp(to, start, end);
            Array.Clear(_sets, done, end - done);
        }

        Array.Clear(_sets);
    }

    private void ByFile(int from, int to, Func<int, bool> isNeeded, CancellationToken cancellation, Action<int, TokenHashes> visit)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        var files = Partitioner.Create(Files(from, to, isNeeded), EnumerablePartitionerOptions.NoBuffering);
        Parallel.ForEach(files, parallel, file =>
        {
            var hashes = tokens(snippets[First(file.From)].File);
            for (var item = file.From; item < file.To; item++)
            {
                if (isNeeded(item))
                {
                    visit(item, hashes);
                }
            }
        });
    }

    // Items are numbered by first ordinal, so those of a file are neighbours.
    private IEnumerable<(int From, int To)> Files(int from, int to, Func<int, bool> isNeeded)
    {
        for (int start = from, end; start < to; start = end)
        {
            var any = isNeeded(start);
            for (end = start + 1; end < to && snippets[First(end)].File == snippets[First(start)].File; end++)
            {
                any |= isNeeded(end);
            }

            if (any)
            {
                yield return (start, end);
            }
        }
    }

    private ulong[] Shingles(int item, TokenHashes hashes)
    {
        ref readonly var snippet = ref snippets[First(item)];
        return hashes.Shingles(snippet.FirstToken, snippet.TokenCount, options.ShingleSize);
    }

    private int First(int item) => exact.Members(item)[0];

    private static (int A, int B) Split(ulong pair) => ((int)(uint)pair, (int)(pair >> 32));

    private static int FirstPair(ulong[] pairs, int item, int low)
    {
        var found = Array.BinarySearch(pairs, low, pairs.Length - low, (ulong)item << 32);
        return found < 0 ? ~found : found;
    }
}
