using System.Runtime.InteropServices;
using XCoder.Analysis.Model;

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

        CollectionsMarshal.GetValueRefOrAddDefault(_cells[concept], language, out _) += new ConceptCell(1, isDocumented ? 1 : 0,
            isTested ? 1 : 0);
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
            Languages = [
                .. _languages.Select(
                    pair => new ConceptLanguage(pair.Key, pair.Value.Functions, pair.Value.InConcepts,
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

/// <summary>A concept over the languages.</summary>
public sealed record ConceptRow
{
    /// <summary>Id of the concept, 16 hex digits.</summary>
    public required string Concept { get; init; }

    /// <summary>One to four words; not unique.</summary>
    public required string Label { get; init; }

    /// <summary>The most telling words, at most eight, best first.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>The function to show.</summary>
    public required Snippet Representative { get; init; }

    /// <summary>What each language has, by language id, dialects under the language they are of; none is empty.</summary>
    public required IReadOnlyDictionary<string, ConceptCell> Cells { get; init; }

    /// <summary>All languages together.</summary>
    public required ConceptCell Total { get; init; }
}

/// <summary>What one language (or all) has of one concept. Test code is not counted.</summary>
/// <param name="Snippets">Functions, copies counted.</param>
/// <param name="Documented">How many of them have a documentation comment.</param>
/// <param name="Tested">How many of them test code calls or names (<see cref="TestedFunctions"/>).</param>
/// <param name="Pairs">Accepted instruction pairs that answer in the language (<see cref="ConceptMatrix.WithPairs"/>); 0 until there are
/// any.</param>
public readonly record struct ConceptCell(int Snippets, int Documented, int Tested, int Pairs = 0)
{
    /// <summary>Two cells taken together.</summary>
    public static ConceptCell operator +(ConceptCell a, ConceptCell b) =>
        new(a.Snippets + b.Snippets, a.Documented + b.Documented, a.Tested + b.Tested, a.Pairs + b.Pairs);
}

/// <summary>A column of the concept matrix.</summary>
/// <param name="Language">Language id; stands for its dialects too.</param>
/// <param name="Functions">Its functions that were compared, copies counted, test code not.</param>
/// <param name="InConcepts">How many of them are in a concept.</param>
/// <param name="Concepts">Concepts it has a function of.</param>
public sealed record ConceptLanguage(string Language, int Functions, int InConcepts, int Concepts);
