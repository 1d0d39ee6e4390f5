using System.Runtime.InteropServices;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;

namespace XCoder.Agents.Reports;

/// <summary>Counts the rows of a run as they come.</summary>
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
        if (row.Critique is { Verdict: Verdict.Reject, Faults: [var fault, ..] } && (_faults.Count < MostKnownFaults || _faults.ContainsKey(fault)))
        {
            Count(_faults, fault);
        }

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
        Pairs = [.. _pairs.Select(pair => new PairTotal(pair.Key.Source, pair.Key.Target, pair.Value.Rows, pair.Value.Accepted, pair.Value.Totals.Mean)).OrderByDescending(pair => pair.Rows)],
        Scores = [.. _scores.Select(score => score.Value.Of(score.Key))],
        Totals = _totals.Count > 0 ? _totals.Of("total") : null,
        Faults = [.. _faults.OrderByDescending(fault => fault.Value).ThenBy(fault => fault.Key, StringComparer.Ordinal).Take(MostFaults)],
        Synergy = _synergy.Matrix(),
        Failures = _failures.Faults(),
        Samples = _samples.Choose(),
    };

    private static void Count(Dictionary<string, long> counts, string name) => CollectionsMarshal.GetValueRefOrAddDefault(counts, name, out _)++;

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
