using XCoder.Analysis.Duplicates.Baselines;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;
using XCoder.Analysis.Vectors.Sets;

namespace XCoder.Analysis.Duplicates;

/// <summary>Finds duplicates among the snippets of a workspace's store.</summary>
internal sealed class DuplicateAnalysis
{
    private readonly List<long> _rows;
    private readonly List<long> _files;
    private readonly SnippetFacts[] _facts;
    private readonly DuplicateOptions _options;

    private DuplicateAnalysis(DuplicateResult result, List<long> rows, List<long> files, SnippetFacts[] facts, DuplicateOptions options) =>
        (Result, _rows, _files, _facts, _options) = (result, rows, files, facts, options);

    /// <summary>The groups, with ordinals for members, and their shares.</summary>
    public DuplicateResult Result { get; }

    /// <summary>Row ids of the snippets of a group; it is not one of files.</summary>
    public IEnumerable<long> Rows(FoundGroup group) => group.Members.Select(member => _rows[member]);

    /// <summary>Searches part of the store for duplicates.</summary>
    /// <param name="workspace">The workspace; every thread reads it through its own connection.</param>
    /// <param name="selection">The snippets to search.</param>
    /// <param name="options">Thresholds and limits.</param>
    /// <param name="near">Whether to search for near duplicates; exact and renamed ones are always searched for.</param>
    /// <param name="semantic">Index and rule for semantic duplicates; null searches for none.</param>
    /// <param name="files">Whether to search for files with equal bytes, too.</param>
    /// <param name="cancellation">Cancels the search.</param>
    public static DuplicateAnalysis Run(WorkspaceFolder workspace, StoreSelection selection, DuplicateOptions options, bool near = true,
        (SemanticIndex Index, SemanticOptions Options)? semantic = null, bool files = false, CancellationToken cancellation = default)
    {
        using var stores = new ThreadLocal<SnippetStore>(workspace.OpenStore, trackAllValues: true);
        try
        {
            var (rows, fileRows) = (new List<long>(), new List<long>());
            var facts = Facts(stores.Value!, selection, rows, fileRows, files).ToArray();
            var result = new DuplicateFinder(options).Find(facts, near ? Tokens : null,
                semantic is { } search ? Search(search.Index, search.Options, rows) : null, cancellation);
            return new DuplicateAnalysis(result, rows, fileRows, facts, options);

            TokenHashes Tokens(int file)
            {
                var stored = stores.Value!.File(fileRows[file]);
                return TokenHashes.Compute(stored.Text, stored.Tokens);
            }
        }
        finally
        {
            foreach (var store in stores.Values)
            {
                store.Dispose();
            }
        }
    }

    private static SemanticSearch Search(SemanticIndex index, SemanticOptions rule, List<long> rows) =>
        new(index.Candidates, ordinal => index.Nodes.Find(rows[ordinal]), rule);

    /// <summary>
    /// Rows of the snippets of each group that is known by text alone: the semantic index makes no pairs within one. It is given to
    /// <see cref="SemanticIndex.Open"/>.
    /// </summary>
    public static IEnumerable<IEnumerable<long>> TextGroups(WorkspaceFolder workspace, SemanticIndexOptions options,
        CancellationToken cancellation)
    {
        var found = Run(workspace, StoreSelection.All, new DuplicateOptions { MinTokens = options.MinTokens, Threads = options.Threads },
            cancellation: cancellation);
        return found.Result.Groups.Select(found.Rows);
    }

    /// <summary>Returns the groups with their snippets in place of ordinals.</summary>
    public IReadOnlyList<DuplicateGroup> Describe(SnippetStore store, IEnumerable<FoundGroup> groups, LanguageCatalog catalog)
    {
        var list = groups.ToList();
        var members = list.SelectMany(group => group.Members).Distinct().ToList();
        var snippets = store.Snippets(members.Where(member => !_facts[member].IsFile).Select(member => _rows[member]));
        var files = store.FilesAsSnippets(members.Where(member => _facts[member].IsFile).Select(member => _rows[member]));
        var tests = new Dictionary<string, TestCode>();
        return [.. list.Select(group => group.Describe(
            ordinal => _facts[ordinal].IsFile ? Describe(files[_rows[ordinal]], _facts[ordinal].TokenCount) : snippets[_rows[ordinal]],
            catalog.FamilyOf))];

        Snippet Describe(Snippet file, int tokens)
        {
            if (!tests.TryGetValue(file.Language, out var rules))
            {
                rules = tests[file.Language] = new TestCode(catalog.Find(file.Language)?.Tests ?? new TestRules());
            }

            return file with { Tokens = tokens, IsTest = rules.IsTestPath(file.Path) };
        }
    }

    /// <summary>Returns the changed groups with their snippets in place of ordinals.</summary>
    public IReadOnlyList<DuplicateGroup> Describe(SnippetStore store, IReadOnlyList<FoundChange> changes, LanguageCatalog catalog)
    {
        var groups = Describe(store, changes.Select(static change => change.Group), catalog);
        return [.. changes.Zip(groups, static (change, group) => group with
        {
            Change = new GroupChange(change.Before?.Members ?? 0, [.. group.Members
                .Where((_, at) => change.NewMembers.Contains(change.Group.Members[at])).Select(static member => member.Id)]),
        })];
    }

    /// <summary>The places of the compared code, for a baseline.</summary>
    public CodePlaces Places(SnippetStore store, StoreSelection selection)
    {
        var places = new CodePlace?[_rows.Count];
        var files = store.FileHashes(selection).ToDictionary(static file => file.Row,
            static file => new CodePlace(file.Repository, file.Path, "", CodePlace.Short(file.Hash)));
        using var snippets = store.Places(selection).GetEnumerator();
        for (var ordinal = 0; ordinal < places.Length; ordinal++)
        {
            if (_facts[ordinal].IsFile)
            {
                files.Remove(_rows[ordinal], out var file);
                places[ordinal] = file;
            }
            else if (snippets.MoveNext() && _facts[ordinal].TokenCount >= _options.MinTokens)
            {
                var (repository, path, name) = snippets.Current;
                places[ordinal] = new CodePlace(repository, path, name, CodePlace.Short(_facts[ordinal].Exact));
            }
        }

        return new CodePlaces(places, [.. files.Values]);
    }

    /// <summary>
    /// The groups that are new or have grown since a baseline, each with a member of the baseline as representative where it has one.
    /// </summary>
    public IReadOnlyList<FoundChange> Keep(SnippetStore store, BaselineComparison comparison)
    {
        var builder = new GroupBuilder(_facts);
        var changes = comparison.Changes.Select(change => change with
        {
            Group = builder.Keep(change.Group, [.. change.Group.Members.Except(change.NewMembers)],
                change.Group.Measured ?? (representative => (Similarity(store, change.Group, representative), null))),
        }).ToList();

        // What a group lay within may be known, and is not shown then.
        var nested = Nested(changes.Select(static change => change.Group));
        return [.. changes.Zip(nested, static (change, group) => change with { Group = group })];
    }

    /// <summary>A group with some of its members only; at least two, ascending.</summary>
    public FoundGroup Keep(SnippetStore store, FoundGroup group, int[] members)
    {
        var left = group with { Members = members };
        return new GroupBuilder(_facts).Only(group, members,
            group.Measured ?? (representative => (Similarity(store, left, representative), null)));
    }

    /// <summary>Groups with the group in which each of them lies now.</summary>
    public IReadOnlyList<FoundGroup> Nested(IEnumerable<FoundGroup> groups) =>
        new Enclosures(_facts, [.. groups.Select(static group => group with { Within = null })]).Mark();

    private double Similarity(SnippetStore store, FoundGroup group, int representative)
    {
        if (!DuplicateRule.Of(group.Kind).NeedsTokens)
        {
            return 1;
        }

        var kept = Shingles(representative);
        return group.Members.Where(member => _facts[member].Exact != _facts[representative].Exact)
            .DistinctBy(member => _facts[member].Exact).Select(member => Jaccard.Of(kept, Shingles(member))).DefaultIfEmpty(1).Min();

        ulong[] Shingles(int ordinal)
        {
            var file = store.File(_files[_facts[ordinal].File]);
            return TokenHashes.Compute(file.Text, file.Tokens)
                .Shingles(_facts[ordinal].FirstToken, _facts[ordinal].TokenCount, _options.ShingleSize);
        }
    }

    // A file comes before its snippets; a file whose bytes no other file has is left out.
    private static IEnumerable<SnippetFacts> Facts(SnippetStore store, StoreSelection selection, List<long> rows,
        List<long> files, bool withFiles)
    {
        var all = store.FileHashes(selection).ToList();
        var equal = all.CountBy(static file => file.Hash).Where(hash => withFiles && hash.Value > 1).Select(static hash => hash.Key)
            .ToHashSet();
        using var snippets = store.Rows(selection).GetEnumerator();
        var isMore = snippets.MoveNext();
        foreach (var file in all)
        {
            files.Add(file.Row);
            if (equal.Contains(file.Hash))
            {
                rows.Add(file.Row);
                yield return Facts(file, files.Count - 1, store.File(file.Row).Tokens.Count);
            }

            for (; isMore && snippets.Current.File == file.Row; isMore = snippets.MoveNext())
            {
                rows.Add(snippets.Current.Row);
                yield return Facts(snippets.Current, files.Count - 1);
            }
        }
    }

    // Longer than any text, so that the file encloses a snippet that is all of it.
    private static SnippetFacts Facts(FileHash file, int number, int tokens) => new()
    {
        Exact = file.Hash,
        Renamed = file.Hash,
        File = number,
        StartByte = 0,
        EndByte = int.MaxValue,
        FirstToken = 0,
        TokenCount = tokens,
        PathDepth = (short)Math.Min(short.MaxValue, file.Path.Count(static c => c == '/')),
        Traits = SnippetTraits.File,
    };

    /// <summary>The facts of a stored snippet.</summary>
    internal static SnippetFacts Facts(SnippetRow row, int file) => new()
    {
        Exact = row.Exact,
        Renamed = row.Renamed,
        File = file,
        StartByte = row.StartByte,
        EndByte = row.EndByte,
        FirstToken = row.FirstToken,
        TokenCount = row.Tokens,
        PathDepth = (short)Math.Min(short.MaxValue, row.PathDepth),
        Traits = (row.Kind.IsStructure() ? SnippetTraits.Structure : 0)
            | (row.HasErrors ? SnippetTraits.Errors : 0)
            | (row.IsDocumented ? SnippetTraits.Documented : 0)
            | (row.IsTest ? SnippetTraits.Test : 0),
    };
}
