using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;
using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Analysis.Concepts;

/// <summary>
/// Counts functions in part of the store by concept and language, and finds the concepts and functions that a language
/// lacks. The concepts are those of the whole store.
/// </summary>
internal sealed class ConceptCoverage
{
    private readonly SnippetStore _store;
    private readonly ConceptAnalysis _concepts;
    private readonly Lazy<ConceptWordIndex> _words;
    private readonly string[] _languages;

    // For each node, its first selected snippet that is not test code, with its marks; row 0 if there is none.
    private readonly (long Row, SnippetMarks Marks)[] _present;

    // For each concept, the node that represents it: its representative if that is in _present, otherwise its first member
    // that is; -1 if none is.
    private readonly int[] _shown;

    /// <summary>Counts the selected functions by concept and language.</summary>
    /// <param name="store">The store.</param>
    /// <param name="concepts">Its concepts.</param>
    /// <param name="selection">The snippets to count; test code is left out.</param>
    /// <param name="family">Returns the language of which a language id is a dialect, or the id itself.</param>
    /// <param name="minTokens">Snippets with fewer tokens are not in the index.</param>
    public ConceptCoverage(SnippetStore store, ConceptAnalysis concepts, StoreSelection selection, Func<string, string> family,
        int minTokens)
    {
        (_store, _concepts) = (store, concepts);
        _words = new Lazy<ConceptWordIndex>(() => new ConceptWordIndex(store, concepts, family));
        _languages = [.. concepts.Index.Nodes.Languages.Select(family)];
        _present = new (long, SnippetMarks)[concepts.Index.Nodes.Functions];
        _shown = new int[concepts.Concepts.Count];
        Matrix = Count(store.RowIds(selection).ToHashSet(), minTokens);
    }

    /// <summary>Concepts by language.</summary>
    public ConceptMatrix Matrix { get; }

    /// <summary>Returns the concepts that a language lacks, highest score first.</summary>
    /// <param name="options">What counts as a gap.</param>
    /// <param name="language">Only gaps of this language; null returns those of all languages that are present.</param>
    /// <param name="most">Most gaps to return.</param>
    /// <returns>The gaps, and their total number.</returns>
    public (IReadOnlyList<ConceptGap> Gaps, int All) Gaps(GapOptions options, string? language = null, int most = int.MaxValue)
    {
        var nearest = Nearest(node => _concepts.Of[node]);
        var numbers = Numbers();
        var all = GapFinder.Find(Matrix, (concept, other) => nearest.TryGetValue((numbers[concept], other), out var near) ? near.Margin
            : null, options,
            (concept, other) => _words.Value.IsIdiom(numbers[concept]) ? null : _words.Value.Lacks(numbers[concept], other))
            .Where(gap => language is null || gap.Language == language).ToList();
        var gaps = all.Take(most).ToList();
        var snippets = _store.Snippets(gaps.Where(gap => nearest.ContainsKey(Key(gap.Row, gap.Language)))
            .Select(gap => _present[nearest[Key(gap.Row, gap.Language)].Other].Row));
        return ([.. gaps.Select(gap => new ConceptGap(gap.Row, gap.Language, gap.Score, gap.Languages, gap.Projects,
            nearest.TryGetValue(Key(gap.Row, gap.Language), out var near)
                ? new NearSnippet(snippets[_present[near.Other].Row], near.Margin) : null))], all.Count);

        (int, string) Key(ConceptRow row, string missing) => (numbers[row.Concept], missing);
    }

    /// <summary>
    /// Returns functions of other languages that have no partner in a given one: the representative of each concept
    /// none of whose members has a partner, and functions without a concept. Documented ones come first, then those of
    /// concepts in many languages, then tested ones, then those far from anything in the language.
    /// </summary>
    /// <param name="language">Language id, never that of a dialect.</param>
    /// <param name="options">The rule that makes a pair.</param>
    /// <param name="most">Most functions to return.</param>
    /// <returns>The functions, and their total number.</returns>
    public (IReadOnlyList<FunctionGap> Functions, int All) Functions(string language, SemanticOptions options, int most = int.MaxValue)
    {
        var hasPartner = Partners(language, options);
        var isNamed = Named(language);
        var (numbers, nearest) = (Numbers(), Nearest(node => node));
        var covered = new bool[_concepts.Concepts.Count];
        for (var node = 0; node < _present.Length; node++)
        {
            if (_present[node].Row != 0 && _concepts.Of[node] is var concept and >= 0)
            {
                covered[concept] |= hasPartner[node] || isNamed[node] || IsOf(node, language);
            }
        }

        var shown = Matrix.Rows.Where(row => !covered[numbers[row.Concept]])
            .Select(row => (Node: _shown[numbers[row.Concept]], Row: (ConceptRow?)row));
        var loose = Enumerable.Range(0, _present.Length)
            .Where(node => _present[node].Row != 0 && _concepts.Of[node] < 0 && !hasPartner[node] && !IsOf(node, language))
            .Where(node => !isNamed[node])
            .Select(node => (Node: node, Row: (ConceptRow?)null));
        var all = shown.Concat(loose).OrderByDescending(gap => _present[gap.Node].Marks.HasFlag(SnippetMarks.Documented))
            .ThenByDescending(gap => gap.Row?.Cells.Count ?? 1)
            .ThenByDescending(gap => _present[gap.Node].Marks.HasFlag(SnippetMarks.Tested))
            .ThenByDescending(gap => gap.Row?.Total.Snippets ?? 1).ThenBy(gap => Near(gap.Node)?.Margin ?? float.NegativeInfinity)
            .ThenBy(gap => gap.Node).ToList();
        var some = all.Take(most).ToList();
        var snippets = _store.Snippets(some.SelectMany(gap => new[]
        {
            _present[gap.Node].Row,
            Near(gap.Node) is { } near ? _present[near.Other].Row : _present[gap.Node].Row
        }));
        return ([.. some.Select(gap => new FunctionGap(snippets[_present[gap.Node].Row], gap.Row?.Concept, gap.Row?.Label,
            gap.Row?.Cells.Count ?? 1, _present[gap.Node].Marks.HasFlag(SnippetMarks.Tested),
            Near(gap.Node) is { } near ? new NearSnippet(snippets[_present[near.Other].Row], near.Margin) : null))], all.Count);

        MarginEdge? Near(int node) => nearest.TryGetValue((node, language), out var near) ? near : null;
    }

    // Whether the project of each function has something of its name in a language.
    private bool[] Named(string language)
    {
        var nodes = _concepts.Index.Nodes;
        var result = new bool[_present.Length];
        foreach (var snippet in _store.Briefs())
        {
            if (nodes.Find(snippet.Row) is var node and >= 0 && node < result.Length && _present[node].Row == snippet.Row)
            {
                result[node] = _words.Value.Has(snippet.Repository, language, snippet.Name);
            }
        }

        return result;
    }

    private ConceptMatrix Count(HashSet<long> selected, int minTokens)
    {
        var nodes = _concepts.Index.Nodes;
        var builder = new ConceptMatrixBuilder(_concepts.Concepts);
        for (var i = 0; i < nodes.Snippets.Length; i++)
        {
            var (node, marks) = (nodes.NodeOf[i], _concepts.Marks[i]);
            if (node < nodes.Functions && !marks.HasFlag(SnippetMarks.Test) && selected.Contains(nodes.Snippets[i]))
            {
                builder.Add(_concepts.Of[node], _languages[nodes.Language[node]], marks.HasFlag(SnippetMarks.Documented),
                    marks.HasFlag(SnippetMarks.Tested));
                _present[node] = _present[node].Row == 0 ? (nodes.Snippets[i], marks) : _present[node];
            }
        }

        for (var concept = 0; concept < _shown.Length; concept++)
        {
            var found = _concepts.Concepts[concept];
            _shown[concept] = found.Members.Prepend(found.Representative).FirstOrDefault(node => _present[node].Row != 0, -1);
        }

        var snippets = _store.Snippets(_shown.Where(node => node >= 0).Select(node => _present[node].Row));
        return builder.Build(concept => snippets[_present[_shown[concept]].Row], _concepts.Index.Model, ConceptAnalysis.Margin, minTokens);
    }

    private Dictionary<string, int> Numbers() =>
        Enumerable.Range(0, _concepts.Concepts.Count).ToDictionary(concept => _concepts.Concepts[concept].Id);

    private bool IsOf(int node, string language) => _languages[_concepts.Index.Nodes.Language[node]] == language;

    // For each place and language, the best edge from the place's nodes into that language. A place is a node or its
    // concept; nodes with a negative place are skipped.
    private Dictionary<(int Place, string Language), MarginEdge> Nearest(Func<int, int> place)
    {
        var nearest = new Dictionary<(int, string), MarginEdge>();
        var nodes = _concepts.Index.Nodes;
        for (var node = 0; node < _present.Length; node++)
        {
            if (_present[node].Row == 0 || place(node) < 0)
            {
                continue;
            }

            foreach (var edge in _concepts.Index.Graph[node])
            {
                if (edge.Other < _present.Length && _present[edge.Other].Row != 0)
                {
                    ref var best = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(nearest,
                        (place(node), _languages[nodes.Language[edge.Other]]), out var isKnown);
                    best = isKnown && best.Margin >= edge.Margin ? best : edge;
                }
            }
        }

        return nearest;
    }

    // Whether each node has a duplicate of any kind in a language.
    private bool[] Partners(string language, SemanticOptions options)
    {
        var (nodes, result) = (_concepts.Index.Nodes, new bool[_present.Length]);
        bool IsPresent(int node) => node < _present.Length && _present[node].Row != 0;
        foreach (var pair in new SemanticPairs(_concepts.Index.Candidates, options).Find(IsPresent))
        {
            result[pair.A] |= IsOf(pair.B, language);
            result[pair.B] |= IsOf(pair.A, language);
        }

        var groups = Enumerable.Range(0, _present.Length)
            .Where(node => IsPresent(node) && nodes.TextGroup[node] >= 0 && IsOf(node, language)).Select(node => nodes.TextGroup[node])
            .ToHashSet();
        for (var node = 0; node < result.Length; node++)
        {
            result[node] |= groups.Contains(nodes.TextGroup[node]);
        }

        return result;
    }
}

/// <summary>
/// Ranks the concepts that a language lacks and others have: first those that a project lacks in a language of its own. A gap's score
/// is breadth × distance. Breadth: each other present language that has the concept counts 0.5, plus 0.25 with documentation and 0.25
/// with tests; the sum is divided by the number of other present languages. Distance: 1 if nothing in the language is near, 0 if
/// something is nearer than <see cref="GapOptions.Near"/> (then there is no gap), and linear in the margin between the two. Concepts
/// that are documented nowhere are no gaps.
/// </summary>
internal static class GapFinder
{
    /// <summary>
    /// Returns the languages that are present, which means they have enough functions (<see cref="GapOptions"/>); most
    /// functions first.
    /// </summary>
    public static IReadOnlyList<string> Present(ConceptMatrix matrix, GapOptions options) =>
        [.. matrix.Languages.Where(language => language.Functions >= options.MinFunctions
            || language.Functions >= options.MinShare * matrix.Functions).Select(language => language.Language)];

    /// <summary>Returns the gaps, highest score first.</summary>
    /// <param name="matrix">Concepts by language.</param>
    /// <param name="nearest">
    /// Returns the highest margin of a function of a language to a member of a concept (given by id), or null if none
    /// is near.
    /// </param>
    /// <param name="options">What counts as a gap.</param>
    /// <param name="lacking">
    /// Returns the projects that lack a concept in a language of theirs, none for a language in which no project with the concept has code,
    /// null if the language has it; null for no such knowledge.
    /// </param>
    public static IReadOnlyList<FoundGap> Find(ConceptMatrix matrix, Func<string, string, double?> nearest, GapOptions options,
        Func<string, string, IReadOnlyList<string>?>? lacking = null)
    {
        options.Validate();
        var present = Present(matrix, options);
        var least = Math.Min(options.MinLanguages, Math.Max(2, present.Count - 1));
        var gaps = new List<FoundGap>();
        foreach (var row in matrix.Rows)
        {
            var having = present.Where(row.Cells.ContainsKey).OrderByDescending(language => row.Cells[language].Snippets).ToList();
            // What nobody documents is mostly a helper, which another language writes in place.
            if (having.Count < least || having.Count == present.Count || row.Total.Documented == 0)
            {
                continue;
            }

            var breadth = having.Sum(language => Weight(row.Cells[language])) / (present.Count - 1);
            foreach (var language in present.Where(language => !row.Cells.ContainsKey(language)))
            {
                var distance = nearest(row.Concept, language) is { } margin
                    ? Math.Clamp((options.Near - margin) / (options.Near - options.Far), 0, 1) : 1;
                if (distance > 0 && (lacking is null ? [] : lacking(row.Concept, language)) is { } projects)
                {
                    gaps.Add(new FoundGap(row, language, breadth * distance, having, projects));
                }
            }
        }

        return [.. gaps.OrderByDescending(gap => gap.Projects.Count > 0).ThenByDescending(gap => gap.Score)
            .ThenByDescending(gap => gap.Row.Total.Snippets)
            .ThenBy(gap => gap.Row.Concept, StringComparer.Ordinal).ThenBy(gap => gap.Language, StringComparer.Ordinal)];
    }

    private static double Weight(ConceptCell cell) => 0.5 + (cell.Documented > 0 ? 0.25 : 0) + (cell.Tested > 0 ? 0.25 : 0);
}

/// <summary>A gap by its concept and language.</summary>
/// <param name="Row">The concept.</param>
/// <param name="Language">The language that lacks it.</param>
/// <param name="Score">See <see cref="GapFinder"/>.</param>
/// <param name="Languages">The languages that have it.</param>
/// <param name="Projects">The projects that lack it in this language of theirs; may be empty.</param>
internal sealed record FoundGap(ConceptRow Row, string Language, double Score, IReadOnlyList<string> Languages,
    IReadOnlyList<string> Projects);

/// <summary>Which languages are present, and what counts as a gap.</summary>
internal sealed record GapOptions
{
    /// <summary>A language with this many functions is present. Default 50.</summary>
    public int MinFunctions { get; init; } = 50;

    /// <summary>A language with this share of all functions is present, too; in [0, 1]. Default 0.01.</summary>
    public double MinShare { get; init; } = 0.01;

    /// <summary>
    /// Fewest present languages that must have the concept, 1 or more. Default 3, or 2 if at most three languages are
    /// present.
    /// </summary>
    public int MinLanguages { get; init; } = 3;

    /// <summary>
    /// Margin from which a near function fills the gap. Default -0.12: of gaps with a nearer function readers found one in five real
    /// (RESULTS.md), because it does the same in another way.
    /// </summary>
    public double Near { get; init; } = -0.12;

    /// <summary>Margin from which a near function begins to reduce the gap, below <see cref="Near"/>. Default -0.2.</summary>
    public double Far { get; init; } = -0.2;

    /// <summary>Throws if an option is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An option is outside its range; the exception gives its name, value and range.
    /// </exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MinFunctions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinLanguages, 1);
        if (MinShare is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(MinShare), MinShare, "MinShare must be 0 to 1.");
        }

        if (!(Far < Near))
        {
            throw new ArgumentOutOfRangeException(nameof(Far), Far, $"Far must be below Near, {Near}.");
        }
    }
}

/// <summary>A concept that other languages of the corpus have and one lacks.</summary>
/// <param name="Row">The concept.</param>
/// <param name="Language">The language that lacks it.</param>
/// <param name="Score">
/// Score in (0, 1]: the share of other languages that have the concept, weighted by documentation and tests, and
/// reduced by what is near it in this language (<see cref="GapFinder"/>).
/// </param>
/// <param name="Languages">Present languages that have the concept, most functions first.</param>
/// <param name="Projects">
/// Projects that implement the same in several languages and lack the concept in this one; of repositories that are ports of each other,
/// the first. Empty if no project with the concept has such code in the language.
/// </param>
/// <param name="Nearest">The function of the language that is nearest to a member, or null if none is near.</param>
public sealed record ConceptGap(ConceptRow Row, string Language, double Score, IReadOnlyList<string> Languages,
    IReadOnlyList<string> Projects, NearSnippet? Nearest);

/// <summary>A function without a partner in a language: it is in no pair at the current threshold and no duplicate by text.</summary>
/// <param name="Snippet">The function: the representative of its concept, or one without a concept.</param>
/// <param name="Concept">Id of its concept, or null.</param>
/// <param name="Label">Label of its concept, or null.</param>
/// <param name="Languages">Number of languages that have its concept; 1 if it has none.</param>
/// <param name="IsTested">Whether test code calls or names it (<see cref="TestedFunctions"/>).</param>
/// <param name="Nearest">The nearest function of the language, or null if none is near.</param>
public sealed record FunctionGap(Snippet Snippet, string? Concept, string? Label, int Languages, bool IsTested, NearSnippet? Nearest);

/// <summary>The function of a language that is nearest to a gap.</summary>
/// <param name="Snippet">The function.</param>
/// <param name="Margin">Its margin, mostly in [-0.5, 1] and below the threshold of duplicates.</param>
public sealed record NearSnippet(Snippet Snippet, double Margin);
