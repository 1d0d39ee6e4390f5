using XCoder.Agents.Rows;

namespace XCoder.Agents.Reports;

/// <summary>Counts failures by language pair and kind.</summary>
internal sealed class FaultCounter
{
    // The kind of failures that match no rule of the table.
    private const string Unsorted = "unsorted";

    private readonly FaultSorter _sorter = new();
    private readonly SortedDictionary<(string Source, string Target), (long Rows, Dictionary<string, long> Kinds)> _pairs = [];

    public void Add(InstructionRow row)
    {
        var key = (row.SourceLanguage, row.TargetLanguage);
        var (rows, kinds) = _pairs.TryGetValue(key, out var known) ? known : (0, []);
        var kind = _sorter.KindOf(row) ?? (row.Verification.Status == RowStatus.Failed ? Unsorted : null);
        if (kind is not null)
        {
            kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
        }

        _pairs[key] = (rows + 1, kinds);
    }

    public RunFaults Faults()
    {
        IReadOnlyList<FaultKind> kinds = _pairs.Values.Any(pair => pair.Kinds.ContainsKey(Unsorted))
            ? [.. _sorter.Kinds, new FaultKind(Unsorted, "failed, but no rule matches the evidence")]
            : _sorter.Kinds;
        return new RunFaults(kinds,
        [
            .. _pairs.Where(pair => pair.Value.Kinds.Count > 0)
                .Select(pair => new PairFaults(pair.Key.Source, pair.Key.Target, pair.Value.Rows, pair.Value.Kinds.Values.Sum(),
                    InOrder(kinds, pair.Value.Kinds)))
                .OrderBy(pair => pair.Source == pair.Target).ThenByDescending(pair => pair.Failures),
        ]);
    }

    private static Dictionary<string, long> InOrder(IEnumerable<FaultKind> kinds, Dictionary<string, long> counts) =>
        kinds.Where(kind => counts.ContainsKey(kind.Id)).ToDictionary(kind => kind.Id, kind => counts[kind.Id]);
}

/// <summary>Failures of a run's rows by kind.</summary>
/// <param name="Kinds">All kinds, in the order of display.</param>
/// <param name="Pairs">Language pairs with failures: translations before rows within a language, most failures first.</param>
public sealed record RunFaults(IReadOnlyList<FaultKind> Kinds, IReadOnlyList<PairFaults> Pairs);

/// <summary>Failures of one language pair. Rows of two different languages are translations.</summary>
/// <param name="Source">Source language id.</param>
/// <param name="Target">Target language id.</param>
/// <param name="Rows">Number of rows of the pair.</param>
/// <param name="Failures">Number of failed rows; each counts once.</param>
/// <param name="Kinds">Number of failures by id of the kind, in the order of display; only kinds that occur.</param>
public sealed record PairFaults(string Source, string Target, long Rows, long Failures, IReadOnlyDictionary<string, long> Kinds);
