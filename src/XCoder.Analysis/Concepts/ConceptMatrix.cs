namespace XCoder.Analysis.Concepts;

/// <summary>
/// Concepts by language. Functions, methods and constructors only: structures are the context of concepts. Test code is
/// left out, and concepts of nothing else with it.
/// </summary>
public sealed record ConceptMatrix
{
    /// <summary>Languages, most functions first.</summary>
    public required IReadOnlyList<ConceptLanguage> Languages { get; init; }

    /// <summary>Concepts, those in most languages first, then those with most functions.</summary>
    public required IReadOnlyList<ConceptRow> Rows { get; init; }

    /// <summary>Functions in no concept.</summary>
    public required int Noise { get; init; }

    /// <summary>Name of the model whose vectors the concepts were made of.</summary>
    public required string Model { get; init; }

    /// <summary>Lowest mean margin of a member of a concept to the others.</summary>
    public required double Margin { get; init; }

    /// <summary>Functions with fewer tokens were not compared.</summary>
    public required int MinTokens { get; init; }

    /// <summary>Functions in all.</summary>
    public int Functions => Languages.Sum(language => language.Functions);

    /// <summary>
    /// The matrix with instruction pairs counted in. A cell is a language that has functions; pairs in others count in the
    /// concept's total alone.
    /// </summary>
    /// <param name="pairs">Number of pairs by concept id and language id, of a dialect that of the language.</param>
    public ConceptMatrix WithPairs(IReadOnlyDictionary<(string Concept, string Language), int> pairs)
    {
        if (pairs.Count == 0)
        {
            return this;
        }

        var totals = pairs.GroupBy(pair => pair.Key.Concept).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value));
        return this with
        {
            Rows = [.. Rows.Select(row => totals.TryGetValue(row.Concept, out var total)
                ? row with
                {
                    Cells = row.Cells.ToDictionary(cell => cell.Key, cell => cell.Value with { Pairs = pairs.GetValueOrDefault((row.Concept, cell.Key)) }),
                    Total = row.Total with { Pairs = total },
                }
                : row)],
        };
    }
}
