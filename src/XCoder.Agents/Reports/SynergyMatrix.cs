using System.Runtime.InteropServices;
using XCoder.Agents.Rows;
using XCoder.Analysis.Duplicates;

namespace XCoder.Agents.Reports;

/// <summary>
/// How much neighbours in one language help rows answered in another: the share of good rows whose best neighbour is in the source
/// language, minus the share of good rows of held-out seeds, which were shown no neighbours. The measure is ours.
/// </summary>
public sealed record SynergyMatrix
{
    /// <summary>
    /// Whether "good" means accepted by the critique and verified by tests. If no test of the run's rows has run yet, it means accepted
    /// only.
    /// </summary>
    public required bool IsExecuted { get; init; }

    /// <summary>Least cosine of a neighbour that counts as a hit, in [-1, 1]: the run's own bound.</summary>
    public required double LeastCosine { get; init; }

    /// <summary>Number of rows by agents that have neighbours or are held out, and so could count.</summary>
    public required long Rows { get; init; }

    /// <summary>How many of the <see cref="Rows"/> are left out because they are not verified yet while others are.</summary>
    public required long NotVerified { get; init; }

    /// <summary>How many of the <see cref="Rows"/> are left out because their tests cannot run here while others could.</summary>
    public required long Unverifiable { get; init; }

    /// <summary>How many of the <see cref="Rows"/> are left out because the language of their neighbours is not recorded.</summary>
    public required long Unplaced { get; init; }

    /// <summary>One cell for each language of shown snippets and each language of responses, ordered by source, then target.</summary>
    public required IReadOnlyList<SynergyCell> Cells { get; init; }
}

/// <summary>How neighbours in one language helped rows answered in another.</summary>
public sealed record SynergyCell
{
    /// <summary>Least number of rows with neighbours, and of rows without, for a known synergy.</summary>
    public const int LeastRows = 20;

    /// <summary>Language id of the neighbours.</summary>
    public required string Source { get; init; }

    /// <summary>Language id of the responses.</summary>
    public required string Target { get; init; }

    /// <summary>Number of seeds of rows answered in the target, without held-out ones.</summary>
    public required long Seeds { get; init; }

    /// <summary>
    /// How many of these seeds were shown a neighbour in the source with a cosine of at least <see cref="SynergyMatrix.LeastCosine"/>.
    /// </summary>
    public required long Hits { get; init; }

    /// <summary>Number of rows answered in the target whose best neighbour is in the source.</summary>
    public required long Rows { get; init; }

    /// <summary>How many of these rows are good.</summary>
    public required long Good { get; init; }

    /// <summary>Number of held-out rows answered in the target, which were shown no neighbours.</summary>
    public required long HeldOut { get; init; }

    /// <summary>How many of the held-out rows are good.</summary>
    public required long HeldOutGood { get; init; }

    /// <summary>Share of seeds with a hit, in [0, 1]; null without seeds.</summary>
    public double? Hit => Seeds == 0 ? null : (double)Hits / Seeds;

    /// <summary>
    /// Whether both sides have at least <see cref="LeastRows"/> rows. Otherwise the synergy is unknown, which is not zero.
    /// </summary>
    public bool IsKnown => Rows >= LeastRows && HeldOut >= LeastRows;

    /// <summary>Share of good rows minus the share of good held-out rows, in [-1, 1]; null if unknown.</summary>
    public double? Synergy => IsKnown ? Interval!.Value : null;

    /// <summary>The same difference with its 95 % interval, for any number of rows; null if a side has none.</summary>
    public Estimate? Interval => Rows == 0 || HeldOut == 0 ? null : ShareDifference.Of((Good, Rows), (HeldOutGood, HeldOut));
}

/// <summary>
/// The difference of two independent shares with its 95 % interval from the Wilson intervals of both: method 10 of Newcombe, "Interval
/// estimation for the difference between independent proportions: comparison of eleven methods", Statistics in Medicine 17 (1998) 873-890.
/// </summary>
internal static class ShareDifference
{
    /// <summary>The first share minus the second.</summary>
    /// <param name="first">Number of hits and of all cases; the latter 1 or more.</param>
    /// <param name="second">Number of hits and of all cases; the latter 1 or more.</param>
    public static Estimate Of((long Hits, long All) first, (long Hits, long All) second)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first.All, 1, nameof(first));
        ArgumentOutOfRangeException.ThrowIfLessThan(second.All, 1, nameof(second));
        var (a, b) = (Estimate.Counted(first.Hits, first.All), Estimate.Counted(second.Hits, second.All));
        var difference = a.Value - b.Value;
        return new Estimate(difference, difference - Length(a.Value - a.Low, b.High - b.Value),
            difference + Length(a.High - a.Value, b.Value - b.Low));
    }

    private static double Length(double x, double y) => Math.Sqrt((x * x) + (y * y));
}

/// <summary>Counts rows for the <see cref="SynergyMatrix"/> one by one.</summary>
/// <param name="leastCosine">Least cosine of a hit, in [-1, 1].</param>
internal sealed class SynergyCounter(double leastCosine)
{
    private readonly Dictionary<(string Source, string Target), Tally> _shown = [];
    private readonly Dictionary<string, Tally> _heldOut = [];
    private readonly Dictionary<string, Dictionary<string, HashSet<string>>> _seeds = [];
    private bool _isExecuted;
    private long _rows, _notVerified, _unverifiable, _unplaced;

    /// <summary>Counts a row. Rows that no agent wrote do not count, and rows without neighbours count only if they are held out.</summary>
    public void Add(InstructionRow row)
    {
        if (!RowKind.Of(row).IsByAgents)
        {
            return;
        }

        var isHeldOut = row.Context == InstructionRow.NoContext;
        if (!isHeldOut)
        {
            AddHits(row);
        }

        if (!isHeldOut && row.Neighbours.Count == 0)
        {
            return;
        }

        _rows++;
        if (!isHeldOut && row.Neighbours[0].Language is null)
        {
            _unplaced++;
            return;
        }

        ref var tally = ref isHeldOut
            ? ref CollectionsMarshal.GetValueRefOrAddDefault(_heldOut, row.TargetLanguage, out _)
            : ref CollectionsMarshal.GetValueRefOrAddDefault(_shown, (row.Neighbours[0].Language!, row.TargetLanguage), out _);
        Count(row, ref tally);
    }

    /// <summary>The matrix of the rows so far.</summary>
    public SynergyMatrix Matrix()
    {
        var sources = _shown.Keys.Select(key => key.Source).Concat(_seeds.Values.SelectMany(seeds => seeds.Values).SelectMany(hits => hits))
            .Distinct().Order(StringComparer.Ordinal);
        var targets = _shown.Keys.Select(key => key.Target).Concat(_heldOut.Keys).Concat(_seeds.Keys).Distinct()
            .Order(StringComparer.Ordinal).ToList();
        return new SynergyMatrix
        {
            IsExecuted = _isExecuted,
            LeastCosine = leastCosine,
            Rows = _rows,
            NotVerified = _isExecuted ? _notVerified : 0,
            Unverifiable = _isExecuted ? _unverifiable : 0,
            Unplaced = _unplaced,
            Cells = [.. sources.SelectMany(source => targets.Select(target => Cell(source, target)))],
        };
    }

    private SynergyCell Cell(string source, string target)
    {
        var (shown, heldOut) = (_shown.GetValueOrDefault((source, target)), _heldOut.GetValueOrDefault(target));
        var seeds = _seeds.GetValueOrDefault(target);
        return new SynergyCell
        {
            Source = source,
            Target = target,
            Seeds = seeds?.Count ?? 0,
            Hits = seeds?.Values.Count(hits => hits.Contains(source)) ?? 0,
            Rows = _isExecuted ? shown.Checked : shown.Rows,
            Good = _isExecuted ? shown.Verified : shown.Accepted,
            HeldOut = _isExecuted ? heldOut.Checked : heldOut.Rows,
            HeldOutGood = _isExecuted ? heldOut.Verified : heldOut.Accepted,
        };
    }

    private void AddHits(InstructionRow row)
    {
        if (!_seeds.TryGetValue(row.TargetLanguage, out var seeds))
        {
            _seeds[row.TargetLanguage] = seeds = [];
        }

        foreach (var seed in row.Seeds)
        {
            var hits = seeds.TryGetValue(seed, out var known) ? known : seeds[seed] = [];
            hits.UnionWith(row.Neighbours.Where(neighbour => neighbour.Cosine >= leastCosine).Select(neighbour => neighbour.Language)
                .OfType<string>());
        }
    }

    private void Count(InstructionRow row, ref Tally tally)
    {
        var isAccepted = row.Critique.Verdict == Verdict.Accept;
        (tally.Rows, tally.Accepted) = (tally.Rows + 1, tally.Accepted + (isAccepted ? 1 : 0));
        _isExecuted |= row.Verification.Evidence.Any(
            evidence => evidence is { Gate: GateNames.Tests or GateNames.Independent, Outcome: not GateOutcome.Unknown,
                Reason: not GateReason.NotBuilt });
        if (!row.Verification.WentThroughGates())
        {
            // The parser checked the row when it was written, but it has not gone through the gates yet.
            _notVerified++;
        }
        else if (row.Verification.Status == RowStatus.Unverifiable)
        {
            _unverifiable++;
        }
        else
        {
            (tally.Checked, tally.Verified) =
                (tally.Checked + 1, tally.Verified + (isAccepted && row.Verification.Status == RowStatus.Verified ? 1 : 0));
        }
    }

    // Checked counts the rows whose verification decided something, Verified those of them that are accepted and verified.
    private record struct Tally(long Rows, long Accepted, long Checked, long Verified);
}
