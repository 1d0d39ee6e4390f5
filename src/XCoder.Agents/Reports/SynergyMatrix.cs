using System.Runtime.InteropServices;
using XCoder.Agents.Rows;
using XCoder.Analysis.Duplicates;

namespace XCoder.Agents.Reports;

/// <summary>
/// How much neighbours in one language help rows answered in another: the share of good rows among those whose best neighbour
/// is in the source, less the share among rows of held-out seeds, which were shown none. The measure is ours.
/// </summary>
public sealed record SynergyMatrix
{
    /// <summary>
    /// Whether good means accepted by the critique and verified by tests that ran; else no test of the run's rows has run yet, and good
    /// means accepted alone.
    /// </summary>
    public required bool IsExecuted { get; init; }

    /// <summary>Least cosine of a neighbour that counts as a hit: the run's own bound, in [-1, 1].</summary>
    public required double LeastCosine { get; init; }

    /// <summary>Rows by agents that have neighbours or are held out: those that could count.</summary>
    public required long Rows { get; init; }

    /// <summary>How many of them were left out because they have not been verified, where others were.</summary>
    public required long NotVerified { get; init; }

    /// <summary>How many of them were left out because nothing here can tell whether their tests pass, where others ran.</summary>
    public required long Unverifiable { get; init; }

    /// <summary>How many of them were left out because the language of their neighbours is not recorded.</summary>
    public required long Unplaced { get; init; }

    /// <summary>Cells of each language whose snippets were shown and each that was answered in, by source, then target.</summary>
    public required IReadOnlyList<SynergyCell> Cells { get; init; }
}

/// <summary>What neighbours in one language did for rows answered in another.</summary>
public sealed record SynergyCell
{
    /// <summary>Fewest rows with neighbours, and fewest without, from which a synergy is known.</summary>
    public const int LeastRows = 20;

    /// <summary>Language id of the neighbours.</summary>
    public required string Source { get; init; }

    /// <summary>Language id of the responses.</summary>
    public required string Target { get; init; }

    /// <summary>Seeds of rows answered in the target, held-out ones not among them.</summary>
    public required long Seeds { get; init; }

    /// <summary>How many of them were shown a neighbour in the source with at least <see cref="SynergyMatrix.LeastCosine"/>.</summary>
    public required long Hits { get; init; }

    /// <summary>Rows answered in the target whose best neighbour is in the source.</summary>
    public required long Rows { get; init; }

    /// <summary>How many of them are good.</summary>
    public required long Good { get; init; }

    /// <summary>Rows answered in the target that were shown no neighbours.</summary>
    public required long HeldOut { get; init; }

    /// <summary>How many of them are good.</summary>
    public required long HeldOutGood { get; init; }

    /// <summary>Share of seeds with a hit, in [0, 1]; null without seeds.</summary>
    public double? Hit => Seeds == 0 ? null : (double)Hits / Seeds;

    /// <summary>Whether both sides have <see cref="LeastRows"/> rows; else the synergy is unknown, which is not zero.</summary>
    public bool IsKnown => Rows >= LeastRows && HeldOut >= LeastRows;

    /// <summary>Share of good rows less that of held-out ones, in [-1, 1]; null where it is unknown.</summary>
    public double? Synergy => IsKnown ? Interval!.Value : null;

    /// <summary>The difference of both shares with its 95 % interval, whatever the rows; null where a side has none.</summary>
    public Estimate? Interval => Rows == 0 || HeldOut == 0 ? null : ShareDifference.Of((Good, Rows), (HeldOutGood, HeldOut));
}

/// <summary>
/// The difference of two independent shares with its 95 % interval from the Wilson intervals of both: method 10 of Newcombe,
/// "Interval estimation for the difference between independent proportions: comparison of eleven methods", Statistics in Medicine 17 (1998)
/// 873-890.
/// </summary>
internal static class ShareDifference
{
    /// <summary>First share less the second.</summary>
    /// <param name="first">Those that hold, and all, 1 or more.</param>
    /// <param name="second">Those that hold, and all, 1 or more.</param>
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

/// <summary>Counts what <see cref="SynergyMatrix"/> rests on, as rows come.</summary>
/// <param name="leastCosine">Least cosine of a hit, in [-1, 1].</param>
internal sealed class SynergyCounter(double leastCosine)
{
    private readonly Dictionary<(string Source, string Target), Tally> _shown = [];
    private readonly Dictionary<string, Tally> _heldOut = [];
    private readonly Dictionary<string, Dictionary<string, HashSet<string>>> _seeds = [];
    private bool _isExecuted;
    private long _rows, _notVerified, _unverifiable, _unplaced;

    /// <summary>Counts a row; those no agent wrote, and those that found no neighbours, do not count.</summary>
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
            // Only a parser has read it, when it was written.
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

    // With a verification that says something: Checked of Rows; of those accepted and verified: Verified.
    private record struct Tally(long Rows, long Accepted, long Checked, long Verified);
}
