using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Concepts;

/// <summary>Chooses the snippets that a report shows of each cell of the concept matrix.</summary>
internal static class ConceptSamples
{
    // Tests are left out of the matrix, and known only once read.
    private const int ReadForOne = 2;

    /// <summary>The functions that belong most firmly to each concept, by language; tests are left out.</summary>
    /// <param name="store">Gives the snippets.</param>
    /// <param name="index">What the concepts were made of.</param>
    /// <param name="concepts">Concepts over its nodes.</param>
    /// <param name="family">Gives the language that a language id is a dialect of, or the id.</param>
    /// <param name="perCell">Most snippets of a concept in a language, 1 or more.</param>
    /// <exception cref="StoreException">The store failed.</exception>
    public static IReadOnlyList<ConceptSample> Of(SnippetStore store, SemanticIndex index, IEnumerable<Concept> concepts, Func<string, string> family, int perCell = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perCell, 1);
        var nodes = index.Nodes;
        var cells = concepts.SelectMany(concept => concept.Members.Select((node, i) => (Node: node, Strength: concept.Strengths[i]))
            .Where(member => member.Node < nodes.Functions)
            .OrderByDescending(member => member.Node == concept.Representative).ThenByDescending(member => member.Strength).ThenBy(member => member.Node)
            .GroupBy(member => family(nodes.Languages[nodes.Language[member.Node]]))
            .Select(cell => (Concept: concept.Id, Language: cell.Key, Rows: cell.Take(ReadForOne * perCell).Select(member => nodes.First(member.Node)).ToArray()))).ToList();
        var snippets = store.Snippets(cells.SelectMany(cell => cell.Rows));
        return [.. cells
            .Select(cell => new ConceptSample(cell.Concept, cell.Language, [.. cell.Rows.Where(snippets.ContainsKey).Select(row => snippets[row]).Where(snippet => !snippet.IsTest).Take(perCell)]))
            .Where(sample => sample.Snippets.Count > 0)];
    }
}
