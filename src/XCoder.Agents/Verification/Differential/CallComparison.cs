using System.Numerics;
using System.Text.Json.Serialization;

namespace XCoder.Agents.Verification.Differential;

/// <summary>Two runs of the same calls, compared call by call.</summary>
internal sealed class CallComparison
{
    private readonly IReadOnlyList<CallInput> _inputs;
    private readonly HashSet<int> _agreed = [];
    private readonly List<string> _values = [];
    private readonly Dictionary<int, string> _valueOf = [];

    /// <summary>Compares.</summary>
    /// <param name="inputs">Values of the calls.</param>
    /// <param name="source">What the source gave.</param>
    /// <param name="target">What the target gave.</param>
    /// <param name="pair">The functions.</param>
    public CallComparison(IReadOnlyList<CallInput> inputs, IReadOnlyList<CallOutcome> source, IReadOnlyList<CallOutcome> target,
        CallPair pair)
    {
        _inputs = inputs;
        var givesNothing = GivesNothing(source) || GivesNothing(target);
        for (var i = 0; i < inputs.Count; i++)
        {
            Compare(i, source[i], target[i], givesNothing, pair);
        }
    }

    /// <summary>Calls that gave a value on both sides.</summary>
    public int Values { get; private set; }

    /// <summary>Different values the source gave where both agree.</summary>
    public int Distinct => _agreed.Select(i => _valueOf[i]).Distinct().Count();

    /// <summary>Calls whose values agree.</summary>
    public int Agreed => _agreed.Count;

    /// <summary>Calls in which a number grew too large on one side.</summary>
    public int Overflows { get; private set; }

    /// <summary>Calls with small numbers that end on the source's side alone, in time.</summary>
    public List<Difference> Endless { get; } = [];

    /// <summary>Whether enough calls agree, on enough different values; of two values each more than once.</summary>
    public bool IsEnough(int leastValues, int leastDistinct) =>
        Agreed >= leastValues && Distinct >= leastDistinct
            && (Distinct > 2 || _agreed.GroupBy(i => _valueOf[i]).All(group => group.Count() > 1));

    /// <summary>Calls that differ.</summary>
    public List<Difference> Differences { get; } = [];

    /// <summary>A trait that all differences have, where the calls without it agree well enough; none where there is no such.</summary>
    public InputTraits Explanation(IEnumerable<InputTraits> traits, int leastValues, int leastDistinct)
    {
        foreach (var trait in traits)
        {
            var without = _agreed.Where(i => (_inputs[i].Traits & trait) == 0).ToList();
            if (Differences.TrueForAll(difference => (_inputs[difference.Index].Traits & trait) != 0) && without.Count >= leastValues
                && without.Select(i => _valueOf[i]).Distinct().Count() >= leastDistinct)
            {
                return trait;
            }
        }

        return InputTraits.None;
    }

    private static bool GivesNothing(IReadOnlyList<CallOutcome> outcomes) =>
        outcomes.All(outcome => outcome.State != CallState.Value || outcome.Value is null)
            && outcomes.Any(outcome => outcome.State == CallState.Value);

    private void Compare(int i, CallOutcome source, CallOutcome target, bool givesNothing, CallPair pair)
    {
        if (source.State == CallState.Value && target.State == CallState.Value)
        {
            var (a, b) = givesNothing ? (Taken(source, pair.SourceSlots), Taken(target, pair.TargetSlots)) : (source.Value, target.Value);
            Values++;
            _valueOf[i] = ResultComparer.Text(a);
            if (ResultComparer.AreEqual(a, b))
            {
                // Arguments that were left as they were show nothing.
                if (!givesNothing || !ResultComparer.AreEqual(a, new ParsedList([.. _inputs[i].Values.Select(Shown)], false)))
                {
                    _agreed.Add(i);
                }

                return;
            }

            var kind = ResultComparer.AreOverflown(a, b) ? DifferenceKind.Overflow
                : givesNothing ? DifferenceKind.Argument
                : ResultComparer.AreReordered(a, b) ? DifferenceKind.Order
                : ResultComparer.IsVoid(a) != ResultComparer.IsVoid(b) ? DifferenceKind.Error : DifferenceKind.Value;
            Differences.Add(new Difference(i, kind, ResultComparer.Text(a), ResultComparer.Text(b)));
        }
        else if ((source.State == CallState.Overflow) != (target.State == CallState.Overflow)
            && (source.State == CallState.Value || target.State == CallState.Value))
        {
            Overflows++;
        }
        else if (source.State == CallState.Value && target.State == CallState.TimedOut && (_inputs[i].Traits & InputTraits.Big) == 0)
        {
            Endless.Add(new Difference(i, DifferenceKind.Time, givesNothing ? "an end" : ResultComparer.Text(source.Value),
                "no end in time"));
        }
        else if (source.State == CallState.Value && target.State == CallState.Error
            && (givesNothing || !ResultComparer.IsVoid(source.Value)))
        {
            // Where the source itself fails, it does not say what is right.
            Differences.Add(
                new Difference(i, DifferenceKind.Error, givesNothing ? "no error" : ResultComparer.Text(source.Value),
                    "an error (" + target.Message + ")"));
        }
    }

    private static object? Shown(object value) => value switch
    {
        long number => new BigInteger(number),
        char c => new ParsedCode(c),
        List<object> list => new ParsedList([.. list.Select(Shown)], false),
        _ => value,
    };

    // Arguments in the order of the values, without lengths.
    private static ParsedList Taken(CallOutcome outcome, IReadOnlyList<int> slots) =>
        new([.. slots.Select((slot, p) => (slot, p)).Where(pair => pair.slot >= 0).OrderBy(pair => pair.slot)
            .Select(pair => pair.p < (outcome.Arguments?.Items.Count ?? 0) ? outcome.Arguments!.Items[pair.p] : null)], false);
}

/// <summary>A call that two functions answer differently.</summary>
/// <param name="Index">The call.</param>
/// <param name="Kind">How they differ.</param>
/// <param name="Source">What the source gave.</param>
/// <param name="Target">What the target gave.</param>
internal sealed record Difference(int Index, DifferenceKind Kind, string Source, string Target);

/// <summary>How two functions differ.</summary>
internal enum DifferenceKind
{
    /// <summary>They do not.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>They give different values.</summary>
    [JsonStringEnumMemberName("value")]
    Value,

    /// <summary>They give nothing and leave different arguments.</summary>
    [JsonStringEnumMemberName("argument")]
    Argument,

    /// <summary>They give different values for text beyond ASCII only.</summary>
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>The target ends by an error where the source gives a value.</summary>
    [JsonStringEnumMemberName("error")]
    Error,

    /// <summary>The target does not end where the source gives a value.</summary>
    [JsonStringEnumMemberName("time")]
    Time,

    /// <summary>They give the same lists in another order.</summary>
    [JsonStringEnumMemberName("order")]
    Order,

    /// <summary>They differ for large numbers only.</summary>
    [JsonStringEnumMemberName("overflow")]
    Overflow,

    /// <summary>They differ only for values that a function is often not written for: empty, unsorted, out of range.</summary>
    [JsonStringEnumMemberName("domain")]
    Domain,
}
