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
    /// <summary>Of the copies of a snippet, the first this many are kept.</summary>
    public const int MostCopies = 256;

    private readonly ConcurrentDictionary<int, ulong[]> _shingles = new();

    /// <summary>Whether a snippet is long enough to be compared.</summary>
    public bool IsCompared(int ordinal) => !snippets[ordinal].IsFile && snippets[ordinal].TokenCount >= options.MinTokens;

    /// <summary>The set of shingles of a snippet, ascending.</summary>
    public ulong[] Shingles(int ordinal) => _shingles.GetOrAdd(ordinal, static (at, search) =>
        search.Make(at, search.Tokens(search.FileOf(at))), this);

    /// <summary>Jaccard similarity of two snippets.</summary>
    public double Similarity(int a, int b) => Jaccard.Of(Shingles(a), Shingles(b));

    /// <summary>Makes the shingles of snippets, file by file.</summary>
    /// <param name="ordinals">The snippets.</param>
    /// <param name="cancellation">Cancels the work.</param>
    public void Prepare(IEnumerable<int> ordinals, CancellationToken cancellation)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        Parallel.ForEach(Files(ordinals.Where(ordinal => !_shingles.ContainsKey(ordinal)).Distinct().Order()), parallel, file =>
        {
            var hashes = tokens(FileOf(file[0]));
            foreach (var ordinal in file)
            {
                _shingles.TryAdd(ordinal, Make(ordinal, hashes));
            }
        });
    }

    /// <summary>
    /// Finds the copies of each query, in the order of ordinals; a snippet that encloses another is not its copy. Of many copies the first
    /// are kept (<see cref="MostCopies"/>), so that code which repeats a thousand times costs no more than its length.
    /// </summary>
    /// <param name="queries">Ordinals, ascending and distinct; those that are too short have no copies.</param>
    /// <param name="cancellation">Cancels the search.</param>
    public Dictionary<int, List<Copy>> Find(IReadOnlyList<int> queries, CancellationToken cancellation)
    {
        int[] asked = [.. queries.Where(IsCompared)];
        if (asked.Length == 0)
        {
            return [];
        }

        // Equal queries have the same copies: only the first of them is looked up.
        var groups = asked.GroupBy(query => (snippets[query].Exact, snippets[query].IsStructure)).ToList();
        var exact = groups.ToDictionary(static group => group.Key, static _ => new CopyList());
        var renamed = asked.Select(query => (snippets[query].Renamed, snippets[query].IsStructure)).Distinct()
            .ToDictionary(static key => key, static _ => new CopyList());
        var near = groups.ToDictionary(static group => group.First(), static _ => new CopyList());
        var index = Index([.. near.Keys], cancellation);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        var files = Partitioner.Create(Files(Enumerable.Range(0, snippets.Length).Where(IsCompared)),
            EnumerablePartitionerOptions.NoBuffering);
        Parallel.ForEach(files, parallel, file =>
        {
            TokenHashes? hashes = null;
            foreach (var other in file)
            {
                cancellation.ThrowIfCancellationRequested();
                var isStructure = snippets[other].IsStructure;
                exact.GetValueOrDefault((snippets[other].Exact, isStructure))?.Add(new Copy(other, DuplicateKind.Exact, 1));
                renamed.GetValueOrDefault((snippets[other].Renamed, isStructure))?.Add(new Copy(other, DuplicateKind.Renamed, 1));

                // A set has at most as many shingles as the snippet has tokens.
                if (snippets[other].TokenCount < index.Least)
                {
                    continue;
                }

                var set = _shingles.GetValueOrDefault(other) ?? Make(other, hashes ??= tokens(FileOf(other)));
                var candidates = new HashSet<int>();
                for (var i = 0; i < Prefix(set.Length); i++)
                {
                    foreach (var query in index.Shingles.TryGetValue(set[i], out var holders) ? holders : [])
                    {
                        if (snippets[query].IsStructure == isStructure && snippets[query].Renamed != snippets[other].Renamed
                            && snippets[query].Exact != snippets[other].Exact && candidates.Add(query)
                            && Jaccard.Of(_shingles[query], set) is var similarity && similarity >= options.Threshold)
                        {
                            _shingles.TryAdd(other, set);
                            near[query].Add(new Copy(other, DuplicateKind.Near, similarity));
                        }
                    }
                }
            }
        });

        var found = new Dictionary<int, List<Copy>>();
        foreach (var group in groups)
        {
            var alike = near[group.First()].All().ToList();
            foreach (var query in group)
            {
                found[query] = [.. exact[group.Key].All()
                    .Concat(renamed[(snippets[query].Renamed, group.Key.IsStructure)].All()).Concat(alike)
                    .Where(copy => copy.Ordinal != query && !snippets[query].Encloses(snippets[copy.Ordinal])
                        && !snippets[copy.Ordinal].Encloses(snippets[query]))
                    .DistinctBy(static copy => copy.Ordinal).OrderBy(static copy => copy.Ordinal).Take(MostCopies)];
            }
        }

        return found;
    }

    private QueryIndex Index(int[] asked, CancellationToken cancellation)
    {
        Prepare(asked, cancellation);
        var holders = new Dictionary<ulong, List<int>>();
        foreach (var query in asked)
        {
            var set = _shingles[query];
            for (var i = 0; i < Prefix(set.Length); i++)
            {
                (holders.TryGetValue(set[i], out var list) ? list : holders[set[i]] = []).Add(query);
            }
        }

        return new QueryIndex(holders, (int)Math.Floor(options.Threshold * asked.Min(query => _shingles[query].Length)));
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

    private sealed record QueryIndex(Dictionary<ulong, List<int>> Shingles, int Least);

    // The first copies by ordinal, however many there are. Thread-safe.
    private sealed class CopyList
    {
        private readonly SortedDictionary<int, Copy> _copies = [];

        public void Add(Copy copy)
        {
            lock (_copies)
            {
                _copies[copy.Ordinal] = copy;
                if (_copies.Count > 2 * MostCopies)
                {
                    _copies.Remove(_copies.Keys.Last());
                }
            }
        }

        public IEnumerable<Copy> All() => _copies.Values;
    }
}

/// <summary>A copy of a snippet.</summary>
/// <param name="Ordinal">The other snippet.</param>
/// <param name="Kind">The strongest evidence.</param>
/// <param name="Similarity">1 for exact and renamed copies, else the Jaccard similarity.</param>
internal readonly record struct Copy(int Ordinal, DuplicateKind Kind, double Similarity);
