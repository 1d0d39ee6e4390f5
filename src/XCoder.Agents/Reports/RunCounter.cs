using System.Runtime.InteropServices;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;

namespace XCoder.Agents.Reports;

/// <summary>Counts the rows of a run one by one.</summary>
internal sealed class RunCounter(int samples, double leastCosine)
{
    private const int MostFaults = 50, MostKnownFaults = 10_000;
    private const string Revision = "revise";

    private readonly SampleChooser _samples = new(samples);
    private readonly SynergyCounter _synergy = new(leastCosine);
    private readonly FaultCounter _failures = new();
    private readonly SortedDictionary<(string Source, string Target), (long Rows, long Accepted, ScoreCounter Totals)> _pairs = [];
    private readonly SortedDictionary<string, ScoreCounter> _scores = new(StringComparer.Ordinal);
    private readonly ScoreCounter _totals = new();
    private readonly Dictionary<string, long> _verdicts = [], _datasets = [], _tasks = [], _statuses = [], _preferences = [], _faults = [];
    private readonly VarietyCounter _variety = new();
    private long _rows;
    private long _revised;

    public void Add(InstructionRow row)
    {
        _rows++;
        _revised += row.Transcript.Any(turn => turn.Act == Revision) ? 1 : 0;
        Count(_verdicts, RowNames.Of(row.Critique.Verdict));
        Count(_datasets, row.Dataset.Name);
        Count(_tasks, RowNames.Of(row.Task));
        Count(_statuses, RowNames.Of(row.Verification.Status));
        foreach (var preference in row.Preferences)
        {
            Count(_preferences, preference.Basis);
        }

        AddScores(row);
        if (row.Critique is { Verdict: Verdict.Reject, Faults: [var fault, ..] }
            && (_faults.Count < MostKnownFaults || _faults.ContainsKey(fault)))
        {
            Count(_faults, fault);
        }

        _variety.Add(row);
        _synergy.Add(row);
        _failures.Add(row);
        _samples.Add(row);
    }

    public RunReport Report(StoredRun run) => new()
    {
        Run = run,
        Rows = _rows,
        Revised = _revised,
        Verdicts = _verdicts,
        Datasets = _datasets,
        Tasks = _tasks,
        Statuses = _statuses,
        Preferences = _preferences,
        Pairs = [.. _pairs.Select(
            pair => new PairTotal(pair.Key.Source, pair.Key.Target, pair.Value.Rows, pair.Value.Accepted, pair.Value.Totals.Mean))
            .OrderByDescending(pair => pair.Rows)],
        Scores = [.. _scores.Select(score => score.Value.Of(score.Key))],
        Totals = _totals.Count > 0 ? _totals.Of("total") : null,
        Faults = [.. _faults.OrderByDescending(fault => fault.Value).ThenBy(fault => fault.Key, StringComparer.Ordinal).Take(MostFaults)],
        Variety = _variety.Variety(),
        Synergy = _synergy.Matrix(),
        Failures = _failures.Faults(),
        Samples = _samples.Choose(),
    };

    private static void Count(Dictionary<string, long> counts, string name) =>
        CollectionsMarshal.GetValueRefOrAddDefault(counts, name, out _)++;

    private void AddScores(InstructionRow row)
    {
        var key = (row.SourceLanguage, row.TargetLanguage);
        var pair = _pairs.TryGetValue(key, out var known) ? known : (Rows: 0, Accepted: 0, Totals: new ScoreCounter());
        _pairs[key] = (pair.Rows + 1, pair.Accepted + (row.Critique.Verdict == Verdict.Accept ? 1 : 0), pair.Totals);
        if (row.Critique.Total is { } total)
        {
            _totals.Add(total);
            pair.Totals.Add(total);
        }

        foreach (var (criterion, score) in row.Critique.Scores)
        {
            if (!_scores.TryGetValue(criterion, out var counter))
            {
                _scores[criterion] = counter = new ScoreCounter();
            }

            counter.Add(score);
        }
    }
}

/// <summary>Counts of one language pair.</summary>
/// <param name="Source">Source language id.</param>
/// <param name="Target">Target language id.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Accepted">Number of accepted rows.</param>
/// <param name="MeanTotal">Mean total of the rows with scores, in [0, 10]; null if none has scores.</param>
public sealed record PairTotal(string Source, string Target, long Rows, long Accepted, double? MeanTotal);

/// <summary>Mean and histogram of scores in [0, 10].</summary>
internal sealed class ScoreCounter
{
    private const int Bins = 10;

    private readonly long[] _histogram = new long[Bins];
    private double _sum;

    public long Count { get; private set; }

    public void Add(double score)
    {
        var bounded = double.IsFinite(score) ? Math.Clamp(score, 0, Bins) : 0;
        (_sum, Count) = (_sum + bounded, Count + 1);
        _histogram[Math.Min((int)bounded, Bins - 1)]++;
    }

    public double? Mean => Count == 0 ? null : _sum / Count;

    public CriterionScores Of(string criterion) => new(criterion, Count, Mean ?? 0, [.. _histogram]);
}

/// <summary>Scores for one criterion of the critique.</summary>
/// <param name="Criterion">Name of the criterion, or <c>total</c>.</param>
/// <param name="Rows">Number of rows with a score.</param>
/// <param name="Mean">Mean score, in [0, 10].</param>
/// <param name="Histogram">Number of rows with a score in [0, 1), [1, 2), … [9, 10].</param>
public sealed record CriterionScores(string Criterion, long Rows, double Mean, IReadOnlyList<long> Histogram);

/// <summary>
/// Chooses rows to show, evenly over the language pairs. Within a pair it takes the lowest ids; ids are hashes, so the choice is random but
/// always the same.
/// </summary>
internal sealed class SampleChooser(int most)
{
    // Limits memory if there are many pairs; with few pairs, each still fills the samples.
    private const int MostKept = 4_000;

    private readonly SortedDictionary<(string, string), SortedList<string, InstructionRow>> _pairs = [];

    public void Add(InstructionRow row)
    {
        if (most == 0)
        {
            return;
        }

        var key = (row.SourceLanguage, row.TargetLanguage);
        if (!_pairs.TryGetValue(key, out var rows))
        {
            _pairs[key] = rows = new SortedList<string, InstructionRow>(StringComparer.Ordinal);
        }

        var room = Math.Clamp(MostKept / _pairs.Count, 1, most);
        if (rows.Count >= room && string.CompareOrdinal(row.Id, rows.GetKeyAtIndex(rows.Count - 1)) > 0)
        {
            return;
        }

        rows[row.Id] = row;
        while (rows.Count > room)
        {
            rows.RemoveAt(rows.Count - 1);
        }
    }

    /// <summary>The chosen rows, ordered by language pair and id.</summary>
    public IReadOnlyList<InstructionRow> Choose()
    {
        var chosen = _pairs.Keys.ToDictionary(key => key, _ => 0);
        for (var (left, round) = (Math.Min(most, _pairs.Sum(pair => pair.Value.Count)), 0); left > 0; round++)
        {
            foreach (var (key, rows) in _pairs)
            {
                if (left > 0 && round < rows.Count)
                {
                    (chosen[key], left) = (round + 1, left - 1);
                }
            }
        }

        return [.. _pairs.SelectMany(pair => pair.Value.Values.Take(chosen[pair.Key]))];
    }
}
