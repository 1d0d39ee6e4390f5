using XCoder.Analysis.Model;

namespace XCoder.Analysis.Seeds;

/// <summary>
/// Chooses seeds that are good and diverse. Round by round it takes one seed of each concept. Concepts come in a random
/// order that favours promising ones; each time, the concept's least used language is chosen. Within such a cell of
/// concept and language the best candidate wins, later ones also by their distance to those already chosen there
/// (farthest point: Gonzalez 1985). A duplicate group gives at most one seed, or one per language. The same candidates,
/// options and answers give the same seeds, and a smaller number of seeds is a prefix of a larger one.
/// </summary>
internal sealed class SeedSelector
{
    // Random addition to the promise, so that candidates of nearly equal promise change places with the random seed.
    private const double Jitter = 0.1;

    // Exponent of a concept's weight: of two concepts, the one with twice the promise comes first eight times as often.
    private const double Eagerness = 3;

    private readonly IReadOnlyList<SeedCandidate> _candidates;
    private readonly SeedOptions _options;
    private readonly Func<int, double?> _quality;
    private readonly Func<int, int, double> _cosine;
    private readonly HashSet<(int Group, string Language)> _groups = [];
    private readonly Dictionary<string, int> _languages = [];

    /// <summary>Creates a selector.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="options">Number of seeds, limits, and the random seed.</param>
    /// <param name="quality">
    /// Returns the quality of a candidate, in (0, 1], or null to reject it. Called once each, for few candidates.
    /// </param>
    /// <param name="cosine">Returns the cosine of two candidates, in [-1, 1]. Called only for candidates of one cell.</param>
    public SeedSelector(IReadOnlyList<SeedCandidate> candidates, SeedOptions options, Func<int, double?> quality,
        Func<int, int, double> cosine)
    {
        options.Validate();
        (_candidates, _options, _quality, _cosine) = (candidates, options, quality, cosine);
    }

    /// <summary>Chooses candidates and returns their numbers in the order of their choice.</summary>
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

    // Returns the cells of each concept, in the order of weighted sampling without replacement (Efraimidis and Spirakis
    // 2006).
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
            .Select(concept => concept.Cells.Select(cell => new Cell(cell.Key,
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

    // 1 - cosine to the nearest chosen one, but never 0, because a similar candidate is still better than none.
    private double Distance(int candidate, List<int> chosen) =>
        chosen.Count == 0 ? 1 : Math.Max(1e-6, 1 - chosen.Max(other => _cosine(candidate, other)));

    private sealed record Cell(string Language, Queue<int> Waiting)
    {
        public List<(int Candidate, double Quality)> Looked { get; } = [];

        public List<int> Chosen { get; } = [];
    }
}

/// <summary>The chosen seeds, and what they were chosen from.</summary>
public sealed record SeedSelection
{
    /// <summary>The seeds in the order of their choice.</summary>
    public required IReadOnlyList<Seed> Seeds { get; init; }

    /// <summary>Number of functions, with distinct code, that could be chosen.</summary>
    public required int Candidates { get; init; }

    /// <summary>Number of concepts to which these candidates belong.</summary>
    public required int Concepts { get; init; }

    /// <summary>
    /// Number of rejected functions by reason. Tests, errors and lengths are counted for all functions; triviality,
    /// generated code and benchmarks only for those whose code was examined.
    /// </summary>
    public required IReadOnlyDictionary<SeedRejection, int> Rejected { get; init; }

    /// <summary>Name of the model on which concepts and semantic groups are based.</summary>
    public required string Model { get; init; }
}

/// <summary>A function that starts a generation.</summary>
/// <param name="Snippet">The function.</param>
/// <param name="Quality">How well it serves as the start of a generation.</param>
/// <param name="Concept">Id of its concept, or null.</param>
/// <param name="Label">Label of its concept, or null.</param>
/// <param name="Group">Id of the duplicate group that it represents here, or null if it has no duplicate.</param>
public sealed record Seed(Snippet Snippet, SeedQuality Quality, string? Concept, string? Label, string? Group);

/// <summary>A function that may become a seed.</summary>
/// <param name="Concept">Number of its concept; negative if it has none.</param>
/// <param name="Language">Language id; for a dialect, that of its language.</param>
/// <param name="Group">Number of its duplicate group; a number of its own if it has no duplicate.</param>
/// <param name="Promise">Highest quality possible before the code is read, in [0, 1]; more promising candidates are examined first.</param>
internal readonly record struct SeedCandidate(int Concept, string Language, int Group, double Promise);
