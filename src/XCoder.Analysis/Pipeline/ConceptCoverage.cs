using XCoder.Analysis.Coverage;
using XCoder.Analysis.Model;
using XCoder.Analysis.Storage;

namespace XCoder.Analysis.Pipeline;

/// <summary>Counts a part of the store into the concepts of all of it.</summary>
public static class ConceptCoverage
{
    /// <summary>The matrix of concepts by language.</summary>
    /// <param name="store">The store.</param>
    /// <param name="concepts">Its concepts.</param>
    /// <param name="selection">Which snippets are counted.</param>
    /// <param name="family">Gives the language that a language id is a dialect of, or the id.</param>
    /// <param name="minTokens">Length below which the index left snippets out.</param>
    public static ConceptMatrix Matrix(SnippetStore store, ConceptAnalysis concepts, StoreSelection selection, Func<string, string> family, int minTokens)
    {
        var nodes = concepts.Index.Nodes;
        string[] languages = [.. nodes.Languages.Select(family)];
        var selected = store.RowIds(selection).ToHashSet();
        var builder = new ConceptMatrixBuilder(concepts.Concepts);

        // The representative, or the selection's first function where it is not among them.
        var shown = new long[concepts.Concepts.Count];
        for (var i = 0; i < nodes.Snippets.Length; i++)
        {
            var node = nodes.NodeOf[i];
            if (node >= nodes.Functions || concepts.Marks[i].HasFlag(SnippetMarks.Test) || !selected.Contains(nodes.Snippets[i]))
            {
                continue;
            }

            var concept = concepts.Of[node];
            builder.Add(concept, languages[nodes.Language[node]], concepts.Marks[i].HasFlag(SnippetMarks.Documented), concepts.Marks[i].HasFlag(SnippetMarks.Tested));
            if (concept >= 0 && (shown[concept] == 0 || nodes.First(concepts.Concepts[concept].Representative) == nodes.Snippets[i]))
            {
                shown[concept] = nodes.Snippets[i];
            }
        }

        var snippets = store.Snippets(shown.Where(row => row != 0));
        return builder.Build(concept => snippets[shown[concept]], concepts.Index.Model, ConceptAnalysis.Margin, minTokens);
    }
}
