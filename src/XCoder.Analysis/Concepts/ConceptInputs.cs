using System.Text;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Concepts;

/// <summary>What concepts are made of besides the graph: facts of the nodes that are functions, marks of all snippets.</summary>
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
                | (isFunction && !snippet.IsTest && tested.IsTested(snippet.Repository, families[snippet.Language], snippet.Name) ? SnippetMarks.Tested : 0);
            var node = nodes.NodeOf[at];
            if (isFunction && node < nodes.Functions)
            {
                copies[node]++;
                isTest[node] &= snippet.IsTest;
                if (nodes.First(node) == snippet.Row)
                {
                    facts[node] = new ConceptFacts(snippet.Name, SnippetInputs.EnclosingName(snippet.Name, snippet.QualifiedName), snippet.Documentation, snippet.Language, 0, false);
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
            // Equal tokens under two names are two nodes.
            var known = facts[node] ?? new ConceptFacts("", "", null, nodes.Languages[nodes.Language[node]], 0, false); // gone meanwhile
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

                // In source order: what stands in another test has been read with it.
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
