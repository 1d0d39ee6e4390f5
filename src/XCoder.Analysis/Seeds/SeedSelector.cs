using XCoder.Analysis.Model;

namespace XCoder.Analysis.Seeds;

/// <summary>
/// Chooses seeds that are good and different: round by round one of each concept, concepts in a random order in which
/// promising ones come early, each time of the concept's least used language, and within such a cell the best, later ones
/// also far from those chosen there (farthest point: Gonzalez 1985). Of a duplicate group one at most, or one a language. The same
/// candidates,
/// options and answers give the same seeds, and fewer of them are the first of more.
/// </summary>
internal sealed class SeedSelector
{
    // Candidates nearly as promising as one another change places from seed to seed.
    private const double Jitter = 0.1;

    // Of two concepts, one of twice the promise comes first eight times as often.
    private const double Eagerness = 3;

    private readonly IReadOnlyList<SeedCandidate> _candidates;
    private readonly SeedOptions _options;
    private readonly Func<int, double?> _quality;
    private readonly Func<int, int, double> _cosine;
    private readonly HashSet<(int Group, string Language)> _groups = [];
    private readonly Dictionary<string, int> _languages = [];

    /// <summary>A choice among candidates.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="options">How many, and from which random number.</param>
    /// <param name="quality">Gives the quality of a candidate by number, (0, 1], or null where it is none after all; asked once each, of
    /// few.</param>
    /// <param name="cosine">Cosine of two candidates by number, in [-1, 1]; asked of those in one cell.</param>
    public SeedSelector(IReadOnlyList<SeedCandidate> candidates, SeedOptions options, Func<int, double?> quality,
        Func<int, int, double> cosine)
    {
        options.Validate();
        (_candidates, _options, _quality, _cosine) = (candidates, options, quality, cosine);
    }

    /// <summary>Numbers of the candidates chosen, in the order of their choice.</summary>
    public IReadOnlyList<int> Select(CancellationToken cancellation = default)
    {
        _groups.Clear();
        _languages.Clear();
        var random = new Random(_options.Seed);
        var open = Concepts(random);
        var chosen = new List<int>();
        while (open.Count > 0 && chosen.Count < _options.Count)
        {
            cancellation.ThrowIfCancellationRequested();
            var left = new List<List<Cell>>();
            foreach (var cells in open)
            {
                if (chosen.Count == _options.Count)
                {
                    break;
                }

                if (Next(cells) is not { } candidate)
                {
                    continue;
                }

                chosen.Add(candidate);
                if (cells.Sum(cell => cell.Chosen.Count) < _options.PerConcept)
                {
                    left.Add(cells);
                }
            }

            open = left;
        }

        return chosen;
    }

    // Cells by concept. Sampling without replacement by weight (Efraimidis and Spirakis 2006).
    private List<List<Cell>> Concepts(Random random)
    {
        var concepts = new SortedDictionary<(int, string), SortedDictionary<string, List<(int Candidate, double Rank)>>>();
        for (var i = 0; i < _candidates.Count; i++)
        {
            var candidate = _candidates[i];
            var key = candidate.Concept >= 0 ? (candidate.Concept, "") : (-1, candidate.Language);
            var cells = concepts.TryGetValue(key, out var known) ? known : concepts[key] = new(StringComparer.Ordinal);
            (cells.TryGetValue(candidate.Language, out var list) ? list
                : cells[candidate.Language] = []).Add((i, candidate.Promise + (Jitter * random.NextDouble())));
        }

        return [.. concepts.Values.Select(cells => (Cells: cells, Key: Math.Log(1 - random.NextDouble()) / Weight(cells.Values)))
            .OrderByDescending(concept => concept.Key)
            .Select(concept =>
                concept.Cells.Select(
                    cell => new Cell(cell.Key,
                        new Queue<int>(cell.Value.OrderByDescending(item => item.Rank).Select(item => item.Candidate)))).ToList())];
    }

    private double Weight(IEnumerable<List<(int Candidate, double Rank)>> cells) =>
        Math.Max(1e-9, Math.Pow(cells.Max(cell => cell.Max(item => _candidates[item.Candidate].Promise)), Eagerness));

    private int? Next(List<Cell> cells)
    {
        foreach (var cell in cells.OrderBy(cell => cell.Chosen.Count).ThenBy(cell => _languages.GetValueOrDefault(cell.Language)).ToList())
        {
            if (Best(cell) is { } best)
            {
                cell.Looked.RemoveAll(item => item.Candidate == best);
                cell.Chosen.Add(best);
                _groups.Add(Key(best));
                _languages[cell.Language] = _languages.GetValueOrDefault(cell.Language) + 1;
                return best;
            }
        }

        return null;
    }

    private (int, string) Key(int candidate) =>
        (_candidates[candidate].Group, _options.IsPerLanguage ? _candidates[candidate].Language : "");

    private int? Best(Cell cell)
    {
        cell.Looked.RemoveAll(item => _groups.Contains(Key(item.Candidate)));
        while (cell.Looked.Count < _options.Considered && cell.Waiting.TryDequeue(out var candidate))
        {
            if (!_groups.Contains(Key(candidate)) && _quality(candidate) is { } quality)
            {
                cell.Looked.Add((candidate, quality));
            }
        }

        return cell.Looked.Count == 0 ? null : cell.Looked.MaxBy(item => item.Quality * Distance(item.Candidate, cell.Chosen)).Candidate;
    }

    // 1 - cosine to the nearest chosen one, never 0: what is left is still better than nothing.
    private double Distance(int candidate, List<int> chosen) =>
        chosen.Count == 0 ? 1 : Math.Max(1e-6, 1 - chosen.Max(other => _cosine(candidate, other)));

    private sealed record Cell(string Language, Queue<int> Waiting)
    {
        public List<(int Candidate, double Quality)> Looked { get; } = [];

        public List<int> Chosen { get; } = [];
    }
}

/// <summary>Seeds, and what they were chosen from.</summary>
public sealed record SeedSelection
{
    /// <summary>The seeds in the order of their choice.</summary>
    public required IReadOnlyList<Seed> Seeds { get; init; }

    /// <summary>Functions they were chosen from, distinct code.</summary>
    public required int Candidates { get; init; }

    /// <summary>Concepts that these candidates are of.</summary>
    public required int Concepts { get; init; }

    /// <summary>
    /// Functions dropped by reason: all tests, errors and lengths; triviality and generated code of those alone whose code was looked at.
    /// </summary>
    public required IReadOnlyDictionary<SeedRejection, int> Rejected { get; init; }

    /// <summary>Name of the model that concepts and semantic groups rest on.</summary>
    public required string Model { get; init; }
}

/// <summary>A function that starts a generation.</summary>
/// <param name="Snippet">The function.</param>
/// <param name="Quality">How good a start it is.</param>
/// <param name="Concept">Id of its concept, or null.</param>
/// <param name="Label">Label of its concept, or null.</param>
/// <param name="Group">Id of the duplicate group that it alone stands for here, or null where it has no duplicate.</param>
public sealed record Seed(Snippet Snippet, SeedQuality Quality, string? Concept, string? Label, string? Group);

/// <summary>A function that may become a seed.</summary>
/// <param name="Concept">Number of its concept, or below 0 for none.</param>
/// <param name="Language">Language id, of a dialect that of the language.</param>
/// <param name="Group">Number of its duplicate group; one of its own where it has no duplicate.</param>
/// <param name="Promise">Quality as far as it is known without reading the code, in [0, 1]: better ones are looked at first.</param>
internal readonly record struct SeedCandidate(int Concept, string Language, int Group, double Promise);
