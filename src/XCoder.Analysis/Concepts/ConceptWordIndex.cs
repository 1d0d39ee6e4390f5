using System.Collections.Frozen;
using System.Runtime.InteropServices;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Concepts;

/// <summary>
/// Says whether a language has something of a concept under its words, before a report says that it is missing. Looks at the names, the
/// types around them and the first sentences of documentation of all functions and types outside tests, however short. A project is a
/// repository with all repositories that are ports of it.
/// </summary>
internal sealed class ConceptWordIndex
{
    // A project misses a concept in one of its languages if it has it in this many others, or in all but one of few.
    private const int LeastLanguages = 3;

    // A language that is a port of only one other language of a project wraps or serves that one.
    private const int LeastLinks = 2;

    private const int MostNameWords = 8;
    private const int MostProseWords = 16;
    private const string Getter = "get";

    private static readonly FrozenSet<string> Idioms = ConceptWords.Load("idioms");

    private readonly Dictionary<string, int> _projects;
    private readonly string[] _names;
    private readonly Dictionary<string, LanguageWords> _byLanguage = [];
    private readonly WordNumbers _numbers = new();
    private readonly Evidence[] _concepts;
    private readonly Dictionary<int, HashSet<string>> _languages = [];
    private readonly HashSet<(int Project, string Language)> _wrappers = [];

    /// <summary>Reads the words of a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="concepts">Its concepts.</param>
    /// <param name="family">Returns the language of which a language id is a dialect, or the id itself.</param>
    public ConceptWordIndex(SnippetStore store, ConceptAnalysis concepts, Func<string, string> family)
    {
        var nodes = concepts.Index.Nodes;
        (_projects, _names) = Projects(nodes);
        _concepts = [.. concepts.Concepts.Select(static _ => new Evidence())];
        var paths = store.FileHashes(StoreSelection.All).ToDictionary(static file => file.Row, static file => file.Path);
        var folders = new LanguageFolders();
        foreach (var snippet in store.Briefs())
        {
            if (snippet.IsTest || !_projects.TryGetValue(snippet.Repository, out var project))
            {
                continue;
            }

            var words = Words(snippet.Name);
            if (!snippet.Kind.IsStructure() && paths.TryGetValue(snippet.File, out var path))
            {
                folders.Add(snippet.Repository, path, family(snippet.Language));
            }

            var (plain, language) = (NameWords.Plain(snippet.Name), family(snippet.Language));
            ref var byLanguage = ref CollectionsMarshal.GetValueRefOrAddDefault(_byLanguage, language, out _);
            (byLanguage ??= new LanguageWords()).Add(project, plain, _numbers.Of(
                [.. words, .. Words(SnippetInputs.EnclosingName(snippet.Name, snippet.QualifiedName)),
                    .. snippet.Documentation is null ? [] : Folded(ConceptWords.OfProse(snippet.Documentation, MostProseWords))]));
            if (nodes.Find(snippet.Row) is var node and >= 0 && node < nodes.Functions && concepts.Of[node] is var concept and >= 0)
            {
                _concepts[concept].Add(plain, _numbers.Of(words), project, language);
            }
        }

        AddLanguages(nodes, family);
        foreach (var (repository, project) in _projects)
        {
            if (_languages.TryGetValue(project, out var languages))
            {
                _wrappers.UnionWith(languages.Where(language => folders.IsWrapper(repository, language))
                    .Select(language => (project, language)));
            }
        }
    }

    /// <summary>Whether every language has its own way of doing what a concept does, such as disposing or formatting.</summary>
    public bool IsIdiom(int concept) => 2 * _concepts[concept].Names.Sum(static name => Idioms.Contains(name.Key) ? name.Value : 0)
        >= _concepts[concept].Names.Values.Sum();

    /// <summary>Where a language lacks a concept.</summary>
    /// <param name="concept">Number of the concept.</param>
    /// <param name="language">Language id, never that of a dialect.</param>
    /// <returns>
    /// Names of the projects that implement the same in this language and in others, and have the concept in at least three of the others
    /// (or two of two) but not in this one, nor in code that this one wraps. Empty if no project with the concept has such code in the
    /// language, and no project has the concept in it. Null if the language has it under its words.
    /// </returns>
    public IReadOnlyList<string>? Lacks(int concept, string language)
    {
        var evidence = _concepts[concept];
        var inside = evidence.Projects
            .Where(project => _languages.TryGetValue(project.Key, out var all) && all.Contains(language)).ToList();
        if (inside.Count > 0)
        {
            var lacking = inside.Where(project => project.Value.Intersect(_languages[project.Key]).Count()
                    >= Math.Min(LeastLanguages, Math.Max(2, _languages[project.Key].Count - 1))
                && !_wrappers.Contains((project.Key, language)) && _byLanguage.TryGetValue(language, out var own)
                && !own.Has(evidence, project.Key))
                .Select(project => _names[project.Key]).ToList();
            return lacking.Count > 0 ? lacking : null;
        }

        return _byLanguage.TryGetValue(language, out var words) && words.Has(evidence, project: null) ? null : [];
    }

    /// <summary>Whether the project of a function has something of its name in a language.</summary>
    public bool Has(string repository, string language, string name) => _projects.TryGetValue(repository, out var project)
        && _byLanguage.TryGetValue(language, out var words) && words.HasName(NameWords.Plain(name), project);

    // The languages in which each project implements the same.
    private void AddLanguages(SemanticNodes nodes, Func<string, string> family)
    {
        var links = new Dictionary<(int Project, string Language), HashSet<string>>();
        foreach (var (a, b) in nodes.Ports.SelectMany(static pair => ((long, long)[])[pair, (pair.B, pair.A)]))
        {
            ref var others = ref CollectionsMarshal.GetValueRefOrAddDefault(links,
                (_projects[nodes.Repositories[(int)(a >> 8)]], family(nodes.Languages[(int)(a & 255)])), out _);
            (others ??= []).Add(family(nodes.Languages[(int)(b & 255)]));
        }

        foreach (var project in links.GroupBy(static link => link.Key.Project))
        {
            _languages[project.Key] = [.. project.Where(static link => link.Value.Count >= LeastLinks)
                .Select(static link => link.Key.Language)];
        }
    }

    private static string[] Words(string name) => Folded(ConceptWords.OfName(name, MostNameWords));

    private static string[] Folded(IEnumerable<string> words) => [.. words.Select(ConceptWords.Fold)
        .Where(static word => !ConceptWords.IsStopWord(word, isName: true)).Distinct()];

    // Repositories that are ports of each other are one project (union-find), named by the first of them.
    private static (Dictionary<string, int> Of, string[] Names) Projects(SemanticNodes nodes)
    {
        var parents = Enumerable.Range(0, nodes.Repositories.Count).ToArray();
        foreach (var (a, b) in nodes.Ports)
        {
            var (left, right) = (Root((int)(a >> 8)), Root((int)(b >> 8)));
            parents[Math.Max(left, right)] = Math.Min(left, right);
        }

        return (nodes.Repositories.Select((name, number) => (name, number)).ToDictionary(pair => pair.name, pair => Root(pair.number)),
            [.. nodes.Repositories]);

        int Root(int number)
        {
            while (parents[number] != number)
            {
                number = parents[number] = parents[parents[number]];
            }

            return number;
        }
    }

    /// <summary>The names, words and projects of the functions of a concept.</summary>
    private sealed class Evidence
    {
        public Dictionary<string, int> Names { get; } = [];

        /// <summary>The projects that have it, each with its languages.</summary>
        public Dictionary<int, HashSet<string>> Projects { get; } = [];

        /// <summary>The names of getters as a property would bear them.</summary>
        public HashSet<string> Properties { get; } = [];

        /// <summary>The distinct sets of words of the names, by number.</summary>
        public List<int[]> Words { get; } = [];

        public void Add(string plain, int[] words, int project, string language)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(Names, plain, out _)++;
            if (plain.StartsWith(Getter, StringComparison.Ordinal) && plain.Length > Getter.Length)
            {
                Properties.Add(plain[Getter.Length..]);
            }

            ref var languages = ref CollectionsMarshal.GetValueRefOrAddDefault(Projects, project, out _);
            (languages ??= []).Add(language);
            if (words.Length > 0 && !Words.Exists(known => known.AsSpan().SequenceEqual(words)))
            {
                Words.Add(words);
            }
        }
    }

    /// <summary>Numbers the words, since many functions share them.</summary>
    private sealed class WordNumbers
    {
        private readonly Dictionary<string, int> _numbers = [];

        /// <summary>The numbers of words, distinct and ascending.</summary>
        public int[] Of(IEnumerable<string> words) => [.. words.Select(word =>
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, word, out var isKnown);
            return isKnown ? number : number = _numbers.Count - 1;
        }).Distinct().Order()];
    }

    /// <summary>The functions and types of a language: names and words, each with its project.</summary>
    private sealed class LanguageWords
    {
        private readonly Dictionary<string, List<int>> _names = [];
        private readonly List<(int Project, int[] Words)> _snippets = [];
        private readonly Dictionary<int, List<int>> _of = [];

        public void Add(int project, string plain, int[] words)
        {
            ref var projects = ref CollectionsMarshal.GetValueRefOrAddDefault(_names, plain, out _);
            if (!(projects ??= []).Contains(project))
            {
                projects.Add(project);
            }

            foreach (var word in words)
            {
                ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(_of, word, out _);
                (list ??= []).Add(_snippets.Count);
            }

            _snippets.Add((project, words));
        }

        /// <summary>
        /// Whether one of the functions and types bears a name of the concept, in any convention, or has all words of such a name.
        /// </summary>
        /// <param name="evidence">The concept.</param>
        /// <param name="project">Number of the project to look into; null for all.</param>
        public bool Has(Evidence evidence, int? project) => evidence.Names.Keys.Any(name => HasName(name, project))
            || evidence.Properties.Any(name => HasName(name, project)) || evidence.Words.Exists(words => HasAll(words, project));

        public bool HasName(string plain, int? project) => _names.TryGetValue(plain, out var projects)
            && (project is not { } wanted || projects.Contains(wanted));

        private bool HasAll(int[] words, int? project)
        {
            var rarest = default(List<int>);
            foreach (var word in words)
            {
                if (!_of.TryGetValue(word, out var list))
                {
                    return false;
                }

                rarest = rarest is null || list.Count < rarest.Count ? list : rarest;
            }

            return rarest!.Exists(snippet => (project is null || _snippets[snippet].Project == project)
                && Array.TrueForAll(words, word => Array.BinarySearch(_snippets[snippet].Words, word) >= 0));
        }
    }
}
