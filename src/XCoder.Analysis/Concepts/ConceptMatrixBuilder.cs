using System.Runtime.InteropServices;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Concepts;

/// <summary>Counts functions into concepts by language.</summary>
/// <param name="concepts">The concepts.</param>
internal sealed class ConceptMatrixBuilder(IReadOnlyList<Concept> concepts)
{
    private readonly Dictionary<string, ConceptCell>[] _cells = [.. concepts.Select(_ => new Dictionary<string, ConceptCell>())];
    private readonly Dictionary<string, (int Functions, int InConcepts)> _languages = [];
    private int _noise;

    /// <summary>Counts a function that is no test.</summary>
    /// <param name="concept">Number of its concept, or below 0 for none.</param>
    /// <param name="language">Language id, of a dialect that of the language.</param>
    /// <param name="isDocumented">Whether it has documentation.</param>
    /// <param name="isTested">Whether test code calls or names it.</param>
    public void Add(int concept, string language, bool isDocumented, bool isTested)
    {
        ref var counts = ref CollectionsMarshal.GetValueRefOrAddDefault(_languages, language, out _);
        counts = (counts.Functions + 1, counts.InConcepts + (concept >= 0 ? 1 : 0));
        if (concept < 0)
        {
            _noise++;
            return;
        }

        CollectionsMarshal.GetValueRefOrAddDefault(_cells[concept], language, out _) += new ConceptCell(1, isDocumented ? 1 : 0, isTested ? 1 : 0);
    }

    /// <summary>The matrix of what was counted.</summary>
    /// <param name="representative">Gives the function to show of a concept that has one.</param>
    /// <param name="model">Name of the model.</param>
    /// <param name="margin">Lowest mean margin of members.</param>
    /// <param name="minTokens">Shorter functions were not compared.</param>
    public ConceptMatrix Build(Func<int, Snippet> representative, string model, double margin, int minTokens)
    {
        var rows = Enumerable.Range(0, concepts.Count).Where(concept => _cells[concept].Count > 0).Select(concept => new ConceptRow
        {
            Concept = concepts[concept].Id,
            Label = concepts[concept].Label,
            Words = concepts[concept].Words,
            Representative = representative(concept),
            Cells = _cells[concept],
            Total = _cells[concept].Values.Aggregate((a, b) => a + b),
        });
        return new ConceptMatrix
        {
            Languages = [.. _languages.Select(pair => new ConceptLanguage(pair.Key, pair.Value.Functions, pair.Value.InConcepts, _cells.Count(cells => cells.ContainsKey(pair.Key))))
                .OrderByDescending(language => language.Functions).ThenBy(language => language.Language, StringComparer.Ordinal)],
            Rows = [.. rows.OrderByDescending(row => row.Cells.Count).ThenByDescending(row => row.Total.Snippets).ThenBy(row => row.Concept, StringComparer.Ordinal)],
            Noise = _noise,
            Model = model,
            Margin = margin,
            MinTokens = minTokens,
        };
    }
}
