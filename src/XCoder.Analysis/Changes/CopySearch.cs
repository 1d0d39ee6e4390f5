using System.Collections.Concurrent;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Vectors.Sets;

namespace XCoder.Analysis.Changes;

/// <summary>
/// Finds all exact, renamed and near copies of a few snippets among many, by the definitions of the search for duplicates but without
/// its estimate: every pair whose Jaccard similarity reaches the threshold is found. Of the many, the shingles of each are made once and
/// looked up among those of the few (prefix filter: Bayardo, Ma and Srikant, "Scaling up all pairs similarity search", 2007).
/// </summary>
/// <param name="options">Threshold, size of shingles, least number of tokens, threads.</param>
/// <param name="snippets">All snippets, ordered by file.</param>
/// <param name="tokens">Returns the token hashes of a file by its ordinal; several threads call it at once.</param>
internal sealed class CopySearch(DuplicateOptions options, SnippetFacts[] snippets, Func<int, TokenHashes> tokens)
{
    private readonly ConcurrentDictionary<int, ulong[]> _shingles = new();

    /// <summary>Whether a snippet is long enough to be compared.</summary>
    public bool IsCompared(int ordinal) => !snippets[ordinal].IsFile && snippets[ordinal].TokenCount >= options.MinTokens;

    /// <summary>The set of shingles of a snippet, ascending.</summary>
    public ulong[] Shingles(int ordinal) => _shingles.GetOrAdd(ordinal, static (at, search) =>
        search.Make(at, search.Tokens(search.FileOf(at))), this);

    /// <summary>Jaccard similarity of two snippets.</summary>
    public double Similarity(int a, int b) => Jaccard.Of(Shingles(a), Shingles(b));

    /// <summary>Finds the copies of each query, in the order of ordinals; a snippet that encloses another is not its copy.</summary>
    /// <param name="queries">Ordinals, ascending and distinct; those that are too short have no copies.</param>
    /// <param name="cancellation">Cancels the search.</param>
    public Dictionary<int, List<Copy>> Find(IReadOnlyList<int> queries, CancellationToken cancellation)
    {
        int[] asked = [.. queries.Where(IsCompared)];
        var found = asked.ToDictionary(static query => query, static _ => new List<Copy>());
        if (asked.Length == 0)
        {
            return found;
        }

        var index = Index(asked, cancellation);
        var pairs = new ConcurrentBag<(int Query, Copy Copy)>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        var files = Partitioner.Create(Files(Enumerable.Range(0, snippets.Length).Where(IsCompared)),
            EnumerablePartitionerOptions.NoBuffering);
        Parallel.ForEach(files, parallel, file =>
        {
            TokenHashes? hashes = null;
            foreach (var other in file)
            {
                var (isStructure, set) = (snippets[other].IsStructure, (ulong[]?)null);
                var candidates = new HashSet<int>();
                foreach (var query in index.Exact[(snippets[other].Exact, isStructure)]
                    .Concat(index.Renamed[(snippets[other].Renamed, isStructure)]))
                {
                    if (candidates.Add(query))
                    {
                        var isExact = snippets[query].Exact == snippets[other].Exact;
                        Report(query, other, isExact ? DuplicateKind.Exact : DuplicateKind.Renamed, 1);
                    }
                }

                // A set has at most as many shingles as the snippet has tokens.
                if (snippets[other].TokenCount < index.Least)
                {
                    continue;
                }

                set = _shingles.GetValueOrDefault(other) ?? Make(other, hashes ??= tokens(FileOf(other)));
                for (var i = 0; i < Prefix(set.Length); i++)
                {
                    foreach (var query in index.Shingles.TryGetValue(set[i], out var holders) ? holders : [])
                    {
                        if (snippets[query].IsStructure == isStructure && candidates.Add(query)
                            && Jaccard.Of(_shingles[query], set) is var similarity && similarity >= options.Threshold)
                        {
                            _shingles.TryAdd(other, set);
                            Report(query, other, DuplicateKind.Near, similarity);
                        }
                    }
                }
            }
        });

        foreach (var (query, copy) in pairs.OrderBy(static pair => pair.Copy.Ordinal))
        {
            found[query].Add(copy);
        }

        return found;

        void Report(int query, int other, DuplicateKind kind, double similarity)
        {
            if (query != other && !snippets[query].Encloses(snippets[other]) && !snippets[other].Encloses(snippets[query]))
            {
                pairs.Add((query, new Copy(other, kind, similarity)));
            }
        }
    }

    private QueryIndex Index(int[] asked, CancellationToken cancellation)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        Parallel.ForEach(Files(asked), parallel, file =>
        {
            var hashes = tokens(FileOf(file[0]));
            foreach (var query in file)
            {
                _shingles.TryAdd(query, Make(query, hashes));
            }
        });
        var holders = new Dictionary<ulong, List<int>>();
        foreach (var query in asked)
        {
            var set = _shingles[query];
            for (var i = 0; i < Prefix(set.Length); i++)
            {
                (holders.TryGetValue(set[i], out var list) ? list : holders[set[i]] = []).Add(query);
            }
        }

        return new QueryIndex(
            asked.ToLookup(query => (snippets[query].Exact, snippets[query].IsStructure)),
            asked.ToLookup(query => (snippets[query].Renamed, snippets[query].IsStructure)), holders,
            (int)Math.Floor(options.Threshold * asked.Min(query => _shingles[query].Length)));
    }

    // Two sets with enough in common share one of their least elements: of the first n - ceil(t n) + 1 of either.
    private int Prefix(int count) => Math.Min(count, count - (int)Math.Ceiling((options.Threshold * count) - 1e-9) + 1);

    private int FileOf(int ordinal) => snippets[ordinal].File;

    private TokenHashes Tokens(int file) => tokens(file);

    private ulong[] Make(int ordinal, TokenHashes hashes) =>
        hashes.Shingles(snippets[ordinal].FirstToken, snippets[ordinal].TokenCount, options.ShingleSize);

    // Ordinals ascend with files, so those of one file are adjacent.
    private IEnumerable<List<int>> Files(IEnumerable<int> ordinals)
    {
        var file = new List<int>();
        foreach (var ordinal in ordinals)
        {
            if (file.Count > 0 && FileOf(file[0]) != FileOf(ordinal))
            {
                yield return file;
                file = [];
            }

            file.Add(ordinal);
        }

        if (file.Count > 0)
        {
            yield return file;
        }
    }

    private sealed record QueryIndex(ILookup<(UInt128, bool), int> Exact, ILookup<(UInt128, bool), int> Renamed,
        Dictionary<ulong, List<int>> Shingles, int Least);
}

/// <summary>A copy of a snippet.</summary>
/// <param name="Ordinal">The other snippet.</param>
/// <param name="Kind">The strongest evidence.</param>
/// <param name="Similarity">1 for exact and renamed copies, else the Jaccard similarity.</param>
internal readonly record struct Copy(int Ordinal, DuplicateKind Kind, double Similarity);
