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

    private DuplicateAnalysis(DuplicateResult result, List<long> rows) => (Result, _rows) = (result, rows);

    /// <summary>The groups, with ordinals for members, and their shares.</summary>
    public DuplicateResult Result { get; }

    /// <summary>Row ids of the snippets of a group.</summary>
    public IEnumerable<long> Rows(FoundGroup group) => group.Members.Select(member => _rows[member]);

    /// <summary>Searches part of the store for duplicates.</summary>
    /// <param name="workspace">The workspace; every thread reads it through its own connection.</param>
    /// <param name="selection">The snippets to search.</param>
    /// <param name="options">Thresholds and limits.</param>
    /// <param name="near">Whether to search for near duplicates; exact and renamed ones are always searched for.</param>
    /// <param name="semantic">Index and rule for semantic duplicates; null searches for none.</param>
    /// <param name="cancellation">Cancels the search.</param>
    public static DuplicateAnalysis Run(WorkspaceFolder workspace, StoreSelection selection, DuplicateOptions options, bool near = true,
        (SemanticIndex Index, SemanticOptions Options)? semantic = null, CancellationToken cancellation = default)
    {
        using var stores = new ThreadLocal<SnippetStore>(workspace.OpenStore, trackAllValues: true);
        try
        {
            var (rows, files) = (new List<long>(), new List<long>());
            var facts = Facts(stores.Value!, selection, rows, files).ToArray();
            var result = new DuplicateFinder(options).Find(facts, near ? Tokens : null,
                semantic is { } search ? Search(search.Index, search.Options, rows) : null, cancellation);
            return new DuplicateAnalysis(result, rows);

            TokenHashes Tokens(int file)
            {
                var stored = stores.Value!.File(files[file]);
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
        var snippets = store.Snippets(list.SelectMany(group => group.Members).Select(member => _rows[member]));
        return [.. list.Select(group => group.Describe(ordinal => snippets[_rows[ordinal]], catalog.FamilyOf))];
    }

    private static IEnumerable<SnippetFacts> Facts(SnippetStore store, StoreSelection selection, List<long> rows,
        List<long> files)
    {
        foreach (var row in store.Rows(selection))
        {
            rows.Add(row.Row);
            if (files.Count == 0 || files[^1] != row.File)
            {
                files.Add(row.File);
            }

            yield return new SnippetFacts
            {
                Exact = row.Exact,
                Renamed = row.Renamed,
                File = files.Count - 1,
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
    }
}
