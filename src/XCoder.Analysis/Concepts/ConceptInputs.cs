using System.Runtime.InteropServices;
using System.Text;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Concepts;

/// <summary>Reads what concepts need besides the graph: facts of the function nodes, and marks of all snippets.</summary>
internal sealed class ConceptInputs
{
    private ConceptInputs(ConceptFacts[] facts, SnippetMarks[] marks) => (Facts, Marks) = (facts, marks);

    public ConceptFacts[] Facts { get; }

    public SnippetMarks[] Marks { get; }

    public static ConceptInputs Read(SnippetStore store, SemanticNodes nodes, Func<string, string> family, CancellationToken cancellation)
    {
        using var snapshot = store.Snapshot();
        var families = nodes.Languages.ToDictionary(language => language, family);
        var tested = ReadTests(store, language => families.TryGetValue(language, out var known) ? known : family(language), cancellation);
        var marks = new SnippetMarks[nodes.Snippets.Length];
        var (facts, copies, isTest) = (new ConceptFacts?[nodes.Functions], new int[nodes.Functions], new bool[nodes.Functions]);
        Array.Fill(isTest, true);
        foreach (var snippet in store.Briefs())
        {
            if (Array.BinarySearch(nodes.Snippets, snippet.Row) is not (var at and >= 0))
            {
                continue;
            }

            var isFunction = !snippet.Kind.IsStructure();
            marks[at] = (snippet.Documentation is null ? 0 : SnippetMarks.Documented) | (snippet.IsTest ? SnippetMarks.Test : 0)
                | (isFunction && !snippet.IsTest && tested.IsTested(snippet.Repository, families[snippet.Language], snippet.Name)
                    ? SnippetMarks.Tested : 0);
            var node = nodes.NodeOf[at];
            if (isFunction && node < nodes.Functions)
            {
                copies[node]++;
                isTest[node] &= snippet.IsTest;
                if (nodes.First(node) == snippet.Row)
                {
                    facts[node] = new ConceptFacts(snippet.Name, SnippetInputs.EnclosingName(snippet.Name, snippet.QualifiedName),
                        snippet.Documentation, snippet.Language, 0, false);
                }
            }
        }

        return new ConceptInputs(WithKeys(nodes, facts, copies, isTest), marks);
    }

    private static ConceptFacts[] WithKeys(SemanticNodes nodes, ConceptFacts?[] facts, int[] copies, bool[] isTest)
    {
        var languages = nodes.Languages.Select(language => SpanHash.Hash64(Encoding.UTF8.GetBytes(language))).ToArray();
        var taken = new HashSet<ulong>();
        var result = new ConceptFacts[facts.Length];
        for (var node = 0; node < facts.Length; node++)
        {
            // Equal tokens under two names are two nodes, so the name is part of the key.
            var known = facts[node] ?? new ConceptFacts("", "", null, nodes.Languages[nodes.Language[node]], 0, false); // removed meanwhile
            var key = nodes.Content[node] ^ languages[nodes.Language[node]] ^ SpanHash.Hash64(Encoding.UTF8.GetBytes(known.Name));
            while (!taken.Add(key))
            {
                key = SpanHash.Spread(key + 1);
            }

            result[node] = known with { ContentKey = key, IsTest = isTest[node], Copies = Math.Max(1, copies[node]) };
        }

        return result;
    }

    private static TestedFunctions ReadTests(SnippetStore store, Func<string, string> family, CancellationToken cancellation)
    {
        var tested = new TestedFunctions();
        var tests = new List<SnippetBrief>();
        foreach (var snippet in store.Briefs())
        {
            if (snippet.IsTest)
            {
                tests.Add(snippet);
            }
            else if (!snippet.Kind.IsStructure())
            {
                tested.AddFunction(snippet.Repository, family(snippet.Language), snippet.Name);
            }
        }

        foreach (var file in tests.GroupBy(snippet => snippet.File))
        {
            cancellation.ThrowIfCancellationRequested();
            var stored = store.File(file.Key);
            var next = 0;
            foreach (var test in file)
            {
                var language = family(test.Language);
                tested.AddTestName(test.Repository, language, test.Name);

                // Snippets come in source order, so the tokens of a nested test have already been read with the outer
                // one.
                for (next = Math.Max(next, test.FirstToken); next < test.FirstToken + test.Tokens; next++)
                {
                    if (stored.Tokens.Classes[next] == TokenClass.Identifier)
                    {
                        tested.AddIdentifier(test.Repository, language, stored.Tokens.Text(stored.Text, next));
                    }
                }
            }
        }

        return tested;
    }
}

/// <summary>Chooses the snippets that a report shows for each cell of the concept matrix.</summary>
internal static class ConceptSamples
{
    // Reads spare candidates: the matrix excludes tests, and whether a snippet is one is known only after reading it.
    private const int ReadForOne = 2;

    /// <summary>Returns the most central functions of each concept and language, without tests.</summary>
    /// <param name="store">Supplies the snippets.</param>
    /// <param name="index">The index from which the concepts were made.</param>
    /// <param name="concepts">Concepts over its nodes.</param>
    /// <param name="family">Returns the language of which a language id is a dialect, or the id itself.</param>
    /// <param name="perCell">Most snippets per concept and language, 1 or more.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static IReadOnlyList<ConceptSample> Of(SnippetStore store, SemanticIndex index, IEnumerable<Concept> concepts,
        Func<string, string> family, int perCell = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perCell, 1);
        var nodes = index.Nodes;
        var cells = concepts.SelectMany(concept => concept.Members.Select((node, i) => (Node: node, Strength: concept.Strengths[i]))
            .Where(member => member.Node < nodes.Functions)
            .OrderByDescending(member => member.Node == concept.Representative).ThenByDescending(member => member.Strength)
            .ThenBy(member => member.Node)
            .GroupBy(member => family(nodes.Languages[nodes.Language[member.Node]]))
            .Select(cell => (Concept: concept.Id, Language: cell.Key,
                Rows: cell.Take(ReadForOne * perCell).Select(member => nodes.First(member.Node)).ToArray()))).ToList();
        var snippets = store.Snippets(cells.SelectMany(cell => cell.Rows));
        return [.. cells
            .Select(cell => new ConceptSample(cell.Concept, cell.Language,
                [.. cell.Rows.Where(snippets.ContainsKey).Select(row => snippets[row]).Where(snippet => !snippet.IsTest).Take(perCell)]))
            .Where(sample => sample.Snippets.Count > 0)];
    }
}

/// <summary>
/// Finds functions that test code calls or names. A function is tested if its name is among the identifiers of test
/// code in its repository and language (dialects count as one language), or if a test there is named after it, as
/// <c>test_parse_date</c>, <c>parseDateTest</c> and <c>ParseDateTests</c> are named after <c>parseDate</c>. Names with
/// fewer than four letters, or shared by more than five functions there, are ignored as too unspecific. Nothing is
/// resolved or run: a test that reaches a function only through others does not count, but one that calls another
/// function of the same name does.
/// </summary>
internal sealed class TestedFunctions
{
    private const int LeastLetters = 4;
    private const int MostBearers = 5;
    private const int LongestName = 256;

    private readonly Dictionary<(string Repository, string Language), Scope> _scopes = [];

    /// <summary>Registers a function; call it for all functions before adding tests.</summary>
    /// <param name="repository">Its repository.</param>
    /// <param name="language">Language id; for a dialect, that of its language.</param>
    /// <param name="name">Its unqualified name.</param>
    public void AddFunction(string repository, string language, string name)
    {
        if (IsTelling(name))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(Of(repository, language).Bearers, name, out _)++;
        }
    }

    /// <summary>Adds the name of a test function or test structure.</summary>
    public void AddTestName(string repository, string language, string name) => Of(repository, language).Tests.UnionWith(Subjects(name));

    /// <summary>Adds an identifier of test code, in UTF-8.</summary>
    public void AddIdentifier(string repository, string language, ReadOnlySpan<byte> identifier)
    {
        if (identifier.Length is < LeastLetters or > LongestName || !_scopes.TryGetValue((repository, language), out var scope))
        {
            return;
        }

        Span<char> text = stackalloc char[LongestName];
        var length = Encoding.UTF8.GetChars(identifier, text);
        if (scope.Bearers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out var name, out _))
        {
            scope.Named.Add(name);
        }
    }

    /// <summary>Whether the tests added so far test a function.</summary>
    public bool IsTested(string repository, string language, string name) =>
        _scopes.TryGetValue((repository, language), out var scope) && scope.Bearers.TryGetValue(name, out var bearers)
            && bearers <= MostBearers
        && (scope.Named.Contains(name) || scope.Tests.Contains(NameWords.Plain(name)));

    private Scope Of(string repository, string language)
    {
        ref var scope = ref CollectionsMarshal.GetValueRefOrAddDefault(_scopes, (repository, language), out _);
        return scope ??= new Scope();
    }

    private static bool IsTelling(string name) => name.Length <= LongestName && name.Count(char.IsLetter) >= LeastLetters;

    // What a test may be named after: its name without "test" or "tests" at either end.
    private static IEnumerable<string> Subjects(string name)
    {
        var folded = NameWords.Plain(name);
        yield return folded;
        foreach (var mark in (string[])["test", "tests"])
        {
            if (folded.StartsWith(mark, StringComparison.Ordinal))
            {
                yield return folded[mark.Length..];
            }

            if (folded.EndsWith(mark, StringComparison.Ordinal))
            {
                yield return folded[..^mark.Length];
            }
        }
    }

    private sealed class Scope
    {
        public readonly Dictionary<string, int> Bearers = [];
        public readonly HashSet<string> Named = [];
        public readonly HashSet<string> Tests = [];
    }
}
