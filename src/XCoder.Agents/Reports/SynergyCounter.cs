using System.Runtime.InteropServices;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Reports;

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
        var sources = _shown.Keys.Select(key => key.Source).Concat(_seeds.Values.SelectMany(seeds => seeds.Values).SelectMany(hits => hits)).Distinct().Order(StringComparer.Ordinal);
        var targets = _shown.Keys.Select(key => key.Target).Concat(_heldOut.Keys).Concat(_seeds.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
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
            hits.UnionWith(row.Neighbours.Where(neighbour => neighbour.Cosine >= leastCosine).Select(neighbour => neighbour.Language).OfType<string>());
        }
    }

    private void Count(InstructionRow row, ref Tally tally)
    {
        var isAccepted = row.Critique.Verdict == Verdict.Accept;
        (tally.Rows, tally.Accepted) = (tally.Rows + 1, tally.Accepted + (isAccepted ? 1 : 0));
        _isExecuted |= row.Verification.Evidence.Any(evidence => evidence is { Gate: GateNames.Tests or GateNames.Independent, Outcome: not GateOutcome.Unknown, Reason: not GateReason.NotBuilt });
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
            (tally.Checked, tally.Verified) = (tally.Checked + 1, tally.Verified + (isAccepted && row.Verification.Status == RowStatus.Verified ? 1 : 0));
        }
    }

    // With a verification that says something: Checked of Rows; of those accepted and verified: Verified.
    private record struct Tally(long Rows, long Accepted, long Checked, long Verified);
}
