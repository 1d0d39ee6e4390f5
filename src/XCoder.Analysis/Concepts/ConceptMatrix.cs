using System.Runtime.InteropServices;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Concepts;

/// <summary>
/// Concepts by language. It counts only functions, methods and constructors, because structures are the context of
/// concepts. Test code, and concepts that consist only of it, are left out.
/// </summary>
public sealed record ConceptMatrix
{
    /// <summary>Languages, most functions first.</summary>
    public required IReadOnlyList<ConceptLanguage> Languages { get; init; }

    /// <summary>Concepts; those in most languages first, then those with most functions.</summary>
    public required IReadOnlyList<ConceptRow> Rows { get; init; }

    /// <summary>Number of functions without a concept.</summary>
    public required int Noise { get; init; }

    /// <summary>Name of the model whose vectors the concepts are based on.</summary>
    public required string Model { get; init; }

    /// <summary>Lowest mean margin of a member of a concept to the other members.</summary>
    public required double Margin { get; init; }

    /// <summary>Functions with fewer tokens were not compared.</summary>
    public required int MinTokens { get; init; }

    /// <summary>Total number of functions.</summary>
    public int Functions => Languages.Sum(language => language.Functions);

    /// <summary>
    /// Returns the matrix with counts of instruction pairs. A cell exists only for a language that has functions; pairs
    /// in other languages count only in the concept's total.
    /// </summary>
    /// <param name="pairs">Number of pairs by concept id and language id; for a dialect, that of its language.</param>
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
                    Cells = row.Cells.ToDictionary(cell => cell.Key,
                        cell => cell.Value with { Pairs = pairs.GetValueOrDefault((row.Concept, cell.Key)) }),
                    Total = row.Total with { Pairs = total },
                }
                : row)],
        };
    }
}

/// <summary>Counts functions into concepts by language.</summary>
/// <param name="concepts">The concepts.</param>
internal sealed class ConceptMatrixBuilder(IReadOnlyList<Concept> concepts)
{
    private readonly Dictionary<string, ConceptCell>[] _cells = [.. concepts.Select(_ => new Dictionary<string, ConceptCell>())];
    private readonly Dictionary<string, (int Functions, int InConcepts)> _languages = [];
    private int _noise;

    /// <summary>Counts a function that is not a test.</summary>
    /// <param name="concept">Number of its concept; negative if it has none.</param>
    /// <param name="language">Language id; for a dialect, that of its language.</param>
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

        CollectionsMarshal.GetValueRefOrAddDefault(_cells[concept], language, out _) += new ConceptCell(1, isDocumented ? 1 : 0,
            isTested ? 1 : 0);
    }

    /// <summary>Builds the matrix from the counts.</summary>
    /// <param name="representative">Returns the function to show for a concept that has at least one.</param>
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
            Languages = [
                .. _languages.Select(pair => new ConceptLanguage(pair.Key, pair.Value.Functions, pair.Value.InConcepts,
                    _cells.Count(cells => cells.ContainsKey(pair.Key))))
                .OrderByDescending(language => language.Functions).ThenBy(language => language.Language, StringComparer.Ordinal)],
            Rows = [.. rows.OrderByDescending(row => row.Cells.Count).ThenByDescending(row => row.Total.Snippets)
                .ThenBy(row => row.Concept, StringComparer.Ordinal)],
            Noise = _noise,
            Model = model,
            Margin = margin,
            MinTokens = minTokens,
        };
    }
}

/// <summary>A row of the concept matrix: one concept in all languages.</summary>
public sealed record ConceptRow
{
    /// <summary>Id of the concept, 16 hex digits.</summary>
    public required string Concept { get; init; }

    /// <summary>Lower-case words; unique.</summary>
    public required string Label { get; init; }

    /// <summary>The most distinctive words, at most eight, best first.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>The function to show for the concept.</summary>
    public required Snippet Representative { get; init; }

    /// <summary>Counts of each language that has at least one function, by language id; dialects count under their language.</summary>
    public required IReadOnlyDictionary<string, ConceptCell> Cells { get; init; }

    /// <summary>Counts over all languages.</summary>
    public required ConceptCell Total { get; init; }
}

/// <summary>What one language, or all, has of one concept. Test code is not counted.</summary>
/// <param name="Snippets">Number of functions, including copies.</param>
/// <param name="Documented">How many of them have a documentation comment.</param>
/// <param name="Tested">How many of them test code calls or names (<see cref="TestedFunctions"/>).</param>
/// <param name="Pairs">
/// Accepted instruction pairs whose response is in the language (<see cref="ConceptMatrix.WithPairs"/>); 0 before any
/// are generated.
/// </param>
public readonly record struct ConceptCell(int Snippets, int Documented, int Tested, int Pairs = 0)
{
    /// <summary>Adds two cells.</summary>
    public static ConceptCell operator +(ConceptCell a, ConceptCell b) =>
        new(a.Snippets + b.Snippets, a.Documented + b.Documented, a.Tested + b.Tested, a.Pairs + b.Pairs);
}

/// <summary>A column of the concept matrix.</summary>
/// <param name="Language">Language id; includes its dialects.</param>
/// <param name="Functions">Number of functions that were compared, including copies but not test code.</param>
/// <param name="InConcepts">How many of them are in a concept.</param>
/// <param name="Concepts">Number of concepts of which it has a function.</param>
public sealed record ConceptLanguage(string Language, int Functions, int InConcepts, int Concepts);
