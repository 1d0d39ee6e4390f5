using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Duplicates.Baselines;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;
using XCoder.Analysis.Vectors.Sets;

namespace XCoder.Analysis.Changes;

/// <summary>Finds what the changed files of a repository do to the duplicates of a workspace.</summary>
internal sealed class ChangeAnalysis
{
    // Functions that were renamed and edited, or moved and edited, are known by their code; more pairs than that are not looked at.
    private const double LeastKept = 0.5;
    private const int MostPairs = 1 << 20;

    // New functions that have so much of one that was edited or is gone are the outcome of rebuilding it.
    private const double LeastTrace = 0.3;
    private const int MostBefore = 4096;

    private readonly LanguageCatalog _catalog;
    private readonly DuplicateOptions _options;
    private readonly List<long> _rows = [];
    private readonly List<FileHash> _files = [];
    private readonly List<BaseFile> _baseFiles = [];
    private readonly List<int> _before = [];
    private ChangedCode? _code;

    private ChangeAnalysis(LanguageCatalog catalog, DuplicateOptions options) => (_catalog, _options) = (catalog, options);

    /// <summary>
    /// Row ids of the functions outside tests that are new, long enough to be compared, no copies, and like nothing that the change
    /// edited or removed.
    /// </summary>
    public IReadOnlyList<long> NewFunctions { get; private set; } = [];

    /// <summary>Plain names of what the base had and the change edited or removed.</summary>
    public IReadOnlySet<string> BaseNames { get; private set; } = new HashSet<string>();

    /// <summary>Row ids of all snippets that are new.</summary>
    public IReadOnlySet<long> NewSnippets { get; private set; } = new HashSet<long>();

    /// <summary>The findings.</summary>
    public IReadOnlyList<ChangeFinding> Findings { get; private set; } = [];

    /// <summary>Tokens of changed code outside tests, and how many of them are in new duplicates that can be removed.</summary>
    public (long Changed, long Duplicated) Tokens { get; private set; }

    /// <summary>Compares the changed files with all of the workspace.</summary>
    /// <param name="workspace">The workspace, up to date, whose lock this process holds.</param>
    /// <param name="catalog">The languages.</param>
    /// <param name="options">Thresholds and limits.</param>
    /// <param name="repository">Name of the repository that changed.</param>
    /// <param name="changes">Its changed files.</param>
    /// <param name="before">What the base had in the place of those that were modified or deleted.</param>
    /// <param name="filter">Takes out of the findings what is to be ignored.</param>
    /// <param name="hasNew">Called before the search for copies if there may be <see cref="NewFunctions"/>.</param>
    /// <param name="cancellation">Cancels the search.</param>
    public static ChangeAnalysis Run(WorkspaceFolder workspace, LanguageCatalog catalog, DuplicateOptions options, string repository,
        IReadOnlyList<FileChange> changes, IReadOnlyList<BaseFile> before, FindingFilter filter, Action? hasNew,
        CancellationToken cancellation)
    {
        var analysis = new ChangeAnalysis(catalog, options);
        if (changes.Count == 0)
        {
            return analysis;
        }

        using var stores = new ThreadLocal<SnippetStore>(workspace.OpenStore, trackAllValues: true);
        try
        {
            analysis.Run(stores, repository, changes, before, filter, hasNew, cancellation);
            return analysis;
        }
        finally
        {
            foreach (var store in stores.Values)
            {
                store.Dispose();
            }
        }
    }

    private void Run(ThreadLocal<SnippetStore> stores, string repository, IReadOnlyList<FileChange> changes, IReadOnlyList<BaseFile> before,
        FindingFilter filter, Action? hasNew, CancellationToken cancellation)
    {
        var store = stores.Value!;
        var paths = changes.Where(static change => change.Kind is FileChangeKind.Added or FileChangeKind.Modified)
            .Select(static change => change.Path).ToHashSet(StringComparer.Ordinal);
        var (facts, families, places) = (new List<SnippetFacts>(), new List<int>(), new List<(int Ordinal, CodePlace Place)>());
        var languages = new LanguageNumbers(_catalog, store.FileLanguages(StoreSelection.All));
        var hashes = store.FileHashes(StoreSelection.All).ToDictionary(static file => file.Row);
        var names = store.QualifiedNames(hashes.Values.Where(file => file.Repository == repository && paths.Contains(file.Path))
            .Select(static file => file.Row));
        foreach (var row in store.Rows(StoreSelection.All))
        {
            if (_files.Count == 0 || _files[^1].Row != row.File)
            {
                _files.Add(hashes[row.File]);
            }

            if (names.TryGetValue(row.Row, out var name))
            {
                places.Add((facts.Count, new CodePlace(repository, _files[^1].Path, name, CodePlace.Short(row.Exact))));
            }

            _rows.Add(row.Row);
            facts.Add(DuplicateAnalysis.Facts(row, _files.Count - 1));
            families.Add(languages.Of(row.File));
        }

        var search = Match(stores, repository, before, facts, families, places, languages, cancellation);
        if (places.Exists(place => _code!.States[place.Ordinal] == PlaceState.New && IsLongFunction(place.Ordinal, search)))
        {
            hasNew?.Invoke();
        }

        var finder = new ChangeFinder(_code!, search, _options, cancellation);
        var files = FileCopies(store, repository, changes, [.. hashes.Values]);
        var equal = files.Select(static file => (File: file, Rows: file.All().Select(static one => one.Row).ToHashSet()))
            .SelectMany(static item => item.Rows.Select(row => (Row: row, item.Rows)))
            .ToDictionary(static item => item.Row, static item => item.Rows);
        var worth = new WorthTelling(_code!, ordinal => _files[_code!.Facts[ordinal].File], store);
        var found = finder.Find().Select(copy => Outside(copy, equal)).OfType<FoundCopy>().Select(worth.Of)
            .OfType<FoundCopy>().ToList();
        var told = found.SelectMany(static copy => copy.Also.Append(copy.Ordinal)).ToHashSet();
        found = Describe(store, found, files, filter);
        var gating = found.Zip(Findings).Where(static pair => pair.Second.Gates)
            .SelectMany(static pair => pair.First.Also.Append(pair.First.Ordinal)).ToHashSet();
        var whole = Findings.Where(static finding => finding.Snippet.IsFile && finding.Gates)
            .SelectMany(static finding => finding.Also.Append(finding.Snippet)).Select(static file => file.Path).ToHashSet();
        gating.UnionWith(places.Where(place => whole.Contains(place.Place.Path)).Select(static place => place.Ordinal));
        Tokens = finder.Count(gating);
        var added = places.Where(place => _code!.States[place.Ordinal] == PlaceState.New).Select(static place => place.Ordinal).ToList();
        NewSnippets = added.Select(ordinal => _rows[ordinal]).ToHashSet();

        // With very many new functions, fewer of the old ones are looked at.
        var old = _before.Take((int)Math.Min(MostBefore, MostPairs / Math.Max(1, added.Count))).ToList();
        search.Prepare(old.Concat(added.Where(search.IsCompared)), cancellation);
        NewFunctions = [.. added.Where(ordinal => !told.Contains(ordinal) && IsLongFunction(ordinal, search) && worth.HasWork(ordinal)
            && !old.Exists(before => search.Similarity(before, ordinal) >= LeastTrace)).Select(ordinal => _rows[ordinal])];
    }

    // Tells for each snippet of the changed files what it was at the base, and adds what the base had to the snippets.
    private CopySearch Match(ThreadLocal<SnippetStore> stores, string repository, IReadOnlyList<BaseFile> before, List<SnippetFacts> facts,
        List<int> families, List<(int Ordinal, CodePlace Place)> places, LanguageNumbers languages,
        CancellationToken cancellation)
    {
        var now = facts.Count;
        var old = before.SelectMany(file => file.Snippets.Select(snippet => (File: file, Snippet: snippet))).ToList();
        var matches = PlaceMatcher.Match(
            [.. old.Select(item => new CodePlace(repository, item.File.Path, item.Snippet.QualifiedName,
                CodePlace.Short(item.Snippet.Exact)))],
            [.. places.Select(static item => item.Place)]);
        var (states, beforeOf, gone) = (new PlaceState[now], new int[now], new bool[old.Count]);
        Array.Fill(gone, true);
        Array.Fill(beforeOf, -1);
        foreach (var (found, state) in matches)
        {
            if (found >= 0)
            {
                gone[found] = state != PlaceState.Unchanged;
            }
        }

        // Ordinals of what the base had; what did not change is there already.
        var (ordinals, names) = (new int[old.Count], new Dictionary<int, string>());
        for (var i = 0; i < old.Count; i++)
        {
            var (file, snippet) = old[i];
            ordinals[i] = -1;
            if (gone[i])
            {
                if (_baseFiles.Count == 0 || _baseFiles[^1] != file)
                {
                    _baseFiles.Add(file);
                }

                ordinals[i] = facts.Count;
                names[facts.Count] = NameWords.Plain(snippet.Name);
                facts.Add(Facts(snippet, file.Path, _files.Count + _baseFiles.Count - 1));
                families.Add(languages.Of(file.Language));
            }
        }

        for (var i = 0; i < places.Count; i++)
        {
            var (found, state) = matches[i];
            states[places[i].Ordinal] = state;
            beforeOf[places[i].Ordinal] = state == PlaceState.Edited ? ordinals[found] : -1;
        }

        _code = new ChangedCode
        {
            Facts = [.. facts],
            NowCount = now,
            States = states,
            Before = beforeOf,
            Families = [.. families],
            Namesakes = places.Where(place => states[place.Ordinal] != PlaceState.Unchanged)
                .GroupBy(static place => (place.Place.Path, place.Place.Name)).Where(static same => same.Skip(1).Any())
                .SelectMany(static same => same).Select(static place => place.Ordinal).ToHashSet(),
        };
        var search = new CopySearch(_options, _code.Facts, Tokens);
        Follow(cancellation, search, [.. places.Select(static place => place.Ordinal).Where(ordinal => states[ordinal] == PlaceState.New)],
            [.. ordinals.Where(static ordinal => ordinal >= 0).Except(beforeOf)]);
        _before.AddRange(names.Keys.Where(search.IsCompared).Order());
        BaseNames = names.Values.ToHashSet();
        return search;

        TokenHashes Tokens(int file)
        {
            if (file >= _files.Count)
            {
                return _baseFiles[file - _files.Count].Hashes();
            }

            var stored = stores.Value!.File(_files[file].Row);
            return TokenHashes.Compute(stored.Text, stored.Tokens);
        }
    }

    // New code that has most of the code of a snippet that is gone is that snippet, renamed or moved and edited.
    private void Follow(CancellationToken cancellation, CopySearch search, List<int> added, List<int> gone)
    {
        added.RemoveAll(ordinal => !search.IsCompared(ordinal));
        gone.RemoveAll(ordinal => !search.IsCompared(ordinal));
        if ((long)added.Count * gone.Count > MostPairs)
        {
            return;
        }

        search.Prepare(added.Concat(gone), cancellation);
        var code = _code!;
        var pairs = added.SelectMany(now => gone
            .Where(old => code.Facts[now].IsStructure == code.Facts[old].IsStructure && code.Families[now] == code.Families[old])
            .Select(old => (Now: now, Old: old, Similarity: search.Similarity(now, old))))
            .Where(static pair => pair.Similarity >= LeastKept)
            .OrderByDescending(static pair => pair.Similarity).ThenBy(static pair => pair.Now).ThenBy(static pair => pair.Old);
        var used = new HashSet<int>();
        foreach (var (now, old, _) in pairs)
        {
            if (code.States[now] == PlaceState.New && used.Add(old))
            {
                (code.States[now], code.Before[now]) = (PlaceState.Edited, old);
            }
        }
    }

    // Equal files, of which a change brought at least one.
    private List<EqualFiles> FileCopies(SnippetStore store, string repository, IReadOnlyList<FileChange> changes, List<FileHash> files)
    {
        var kinds = changes.Where(static change => change.Kind is FileChangeKind.Added or FileChangeKind.Modified)
            .ToDictionary(static change => change.Path, static change => change.Kind);
        var found = new List<EqualFiles>();
        foreach (var equal in files.GroupBy(static file => file.Hash).Where(static equal => equal.Skip(1).Any()))
        {
            var changed = equal.Where(IsChanged).OrderBy(static file => file.Path, StringComparer.Ordinal).ToList();
            var others = equal.Where(file => !IsChanged(file)).ToList();

            // Of files that are all new, the first counts as the one that was there.
            if (others.Count == 0)
            {
                others.Add(changed[0]);
                changed.RemoveAt(0);
            }

            if (changed.Count > 0 && store.File(changed[0].Row).Tokens.Count is var tokens && tokens >= _options.MinFileTokens)
            {
                found.Add(new EqualFiles(changed[0], others, changed[1..], others.Count > 1 ? ChangeKind.Grown : ChangeKind.New, tokens));
            }
        }

        return [.. found.OrderBy(static equal => equal.File.Path, StringComparer.Ordinal)];

        bool IsChanged(FileHash file) => file.Repository == repository && kinds.ContainsKey(file.Path);
    }

    // What lies in equal files is told by them.
    private FoundCopy? Outside(FoundCopy found, Dictionary<long, HashSet<long>> equal)
    {
        if (found.Kind == ChangeKind.Twin || !equal.TryGetValue(_files[_code!.Facts[found.Ordinal].File].Row, out var others))
        {
            return found;
        }

        var left = found.Copies.FindAll(copy => !others.Contains(_files[_code.Facts[copy.Ordinal].File].Row));
        return left.Count == 0 ? null : found with { Copies = left };
    }

    private bool IsLongFunction(int ordinal, CopySearch search) => search.IsCompared(ordinal) && !_code!.Facts[ordinal].IsStructure
        && (_code.Facts[ordinal].Traits & SnippetTraits.Test) == 0 && _code.Facts[ordinal].TokenCount >= ParallelFinder.LeastTokens;

    private List<FoundCopy> Describe(SnippetStore store, List<FoundCopy> found, List<EqualFiles> files, FindingFilter filter)
    {
        var snippets = store.Snippets(found.SelectMany(static copy => copy.Copies.Select(static other => other.Ordinal)
            .Concat(copy.Also).Append(copy.Ordinal)).Select(ordinal => _rows[ordinal]));

        // Steps that tests hand to a framework are alike by their nature.
        found.RemoveAll(copy => snippets[_rows[copy.Ordinal]] is { IsTest: true, IsCallback: true });
        found = filter.Keep(found, store, ordinal => snippets[_rows[ordinal]], copy => Finding(copy, snippets));
        var whole = store.FilesAsSnippets(files.SelectMany(static file => file.All()).Select(static file => file.Row));
        Findings =
        [
            .. found.Select(copy => Finding(copy, snippets)),
            .. filter.Keep([.. files.Select(file => new ChangeFinding
            {
                Kind = file.Kind,
                Evidence = DuplicateKind.File,
                Similarity = 1,
                Snippet = File(file.File, file.Tokens),
                Others = [.. file.Others.Select(other => File(other, file.Tokens))],
                Also = [.. file.Also.Select(other => File(other, file.Tokens))],
                Group = GroupId.Of(DuplicateKind.File, false, [new GroupContent(file.File.Hash, 1)]),
                Message = "",
            }).Select(static finding => finding with { Message = FindingText.Of(finding) })], store),
        ];
        return found;

        Snippet File(FileHash file, int tokens) => whole[file.Row] with
        {
            Tokens = tokens,
            IsTest = new TestCode(_catalog.Find(whole[file.Row].Language)?.Tests ?? new TestRules()).IsTestPath(file.Path),
        };
    }

    private ChangeFinding Finding(FoundCopy found, Dictionary<long, Snippet> snippets)
    {
        var code = _code!;
        var first = found.Copies[0];
        GroupContent[] contents = [.. found.Copies.Select(static copy => copy.Ordinal).Concat(found.Also).Append(found.Ordinal)
            .CountBy(ordinal => code.Facts[ordinal].Exact).Select(static content => new GroupContent(content.Key, content.Value))
            .OrderBy(static content => content.Hash)];
        var finding = new ChangeFinding
        {
            Kind = found.Kind,
            Evidence = first.Kind,
            Similarity = first.Similarity,
            Before = found.Before,
            Snippet = snippets[_rows[found.Ordinal]],
            Others = [.. found.Copies.Select(copy => snippets[_rows[copy.Ordinal]])],
            Also = [.. found.Also.Select(ordinal => snippets[_rows[ordinal]])],
            Group = GroupId.Of(first.Kind, code.Facts[found.Ordinal].IsStructure, contents),
            IsCrossLanguage = code.Families[found.Ordinal] != code.Families[first.Ordinal],
            Message = "",
        };
        finding = finding is { Kind: ChangeKind.New or ChangeKind.Grown or ChangeKind.Closer, IsCrossLanguage: true }
            ? finding with { Kind = ChangeKind.Parallel } : finding;
        return finding with { Message = FindingText.Of(finding) };
    }

    private static SnippetFacts Facts(BaseSnippet snippet, string path, int file) => new()
    {
        Exact = snippet.Exact,
        Renamed = snippet.Renamed,
        File = file,
        StartByte = snippet.StartByte,
        EndByte = snippet.EndByte,
        FirstToken = snippet.FirstToken,
        TokenCount = snippet.Tokens,
        PathDepth = (short)Math.Min(short.MaxValue, path.Count(static c => c == '/')),
        Traits = (snippet.Kind.IsStructure() ? SnippetTraits.Structure : 0) | (snippet.IsTest ? SnippetTraits.Test : 0),
    };

    // Equal files: one that the change brought, those that were there (or the first of those that are new), and further ones it brought.
    private sealed record EqualFiles(FileHash File, List<FileHash> Others, List<FileHash> Also, ChangeKind Kind, int Tokens)
    {
        public IEnumerable<FileHash> All() => Others.Concat(Also).Append(File);
    }

    // Numbers languages; dialects of one language share a number.
    private sealed class LanguageNumbers(LanguageCatalog catalog, Dictionary<long, string> files)
    {
        private readonly Dictionary<string, int> _numbers = [];

        public int Of(long file) => Of(files[file]);

        public int Of(string language)
        {
            var family = language.Length == 0 ? "" : catalog.FamilyOf(language);
            return _numbers.TryGetValue(family, out var number) ? number : _numbers[family] = _numbers.Count;
        }
    }
}
