namespace XCoder.Analysis.Concepts;

/// <summary>
/// Ranks what a language lacks of what others have. A gap's score is breadth x distance. Breadth: the languages that have the
/// concept, each counting 0.5, 0.25 more with documentation and 0.25 more with tests, over the number of other languages of real
/// presence. Distance: 1 where nothing in the language comes near, 0 where something reaches the threshold of duplicates (then
/// there is no gap), linear in the margin between.
/// </summary>
internal static class GapFinder
{
    /// <summary>Languages of real presence, most functions first.</summary>
    public static IReadOnlyList<string> Present(ConceptMatrix matrix, GapOptions options) =>
        [.. matrix.Languages.Where(language => language.Functions >= options.MinFunctions || language.Functions >= options.MinShare * matrix.Functions).Select(language => language.Language)];

    /// <summary>The gaps, highest score first, then by concept and language.</summary>
    /// <param name="matrix">Concepts by language.</param>
    /// <param name="nearest">Highest margin of a function of a language to a member of a concept (given by id), or null for none.</param>
    /// <param name="options">What counts as a gap.</param>
    /// <returns>Concept, language, score, languages that have it.</returns>
    public static IReadOnlyList<(ConceptRow Row, string Language, double Score, IReadOnlyList<string> Languages)> Find(ConceptMatrix matrix, Func<string, string, double?> nearest, GapOptions options)
    {
        options.Validate();
        var present = Present(matrix, options);
        var least = Math.Min(options.MinLanguages, Math.Max(2, present.Count - 1));
        var gaps = new List<(ConceptRow Row, string Language, double Score, IReadOnlyList<string> Languages)>();
        foreach (var row in matrix.Rows)
        {
            var having = present.Where(row.Cells.ContainsKey).OrderByDescending(language => row.Cells[language].Snippets).ToList();
            if (having.Count < least || having.Count == present.Count)
            {
                continue;
            }

            var breadth = having.Sum(language => Weight(row.Cells[language])) / (present.Count - 1);
            foreach (var language in present.Where(language => !row.Cells.ContainsKey(language)))
            {
                var distance = nearest(row.Concept, language) is { } margin ? Math.Clamp((options.Near - margin) / (options.Near - options.Far), 0, 1) : 1;
                if (distance > 0)
                {
                    gaps.Add((row, language, breadth * distance, having));
                }
            }
        }

        return [.. gaps.OrderByDescending(gap => gap.Score).ThenByDescending(gap => gap.Row.Total.Snippets).ThenBy(gap => gap.Row.Concept, StringComparer.Ordinal).ThenBy(gap => gap.Language, StringComparer.Ordinal)];
    }

    private static double Weight(ConceptCell cell) => 0.5 + (cell.Documented > 0 ? 0.25 : 0) + (cell.Tested > 0 ? 0.25 : 0);
}
