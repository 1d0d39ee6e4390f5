using System.Numerics;
using System.Text.Json.Serialization;

namespace XCoder.Agents.Verification.Differential;

/// <summary>Compares the results of the same calls on the source and on the target, call by call.</summary>
internal sealed class CallComparison
{
    private readonly IReadOnlyList<CallInput> _inputs;
    private readonly HashSet<int> _agreed = [];
    private readonly List<string> _values = [];
    private readonly Dictionary<int, string> _valueOf = [];

    /// <summary>Compares all calls.</summary>
    /// <param name="inputs">Values of the calls.</param>
    /// <param name="source">Results of the source, one per call.</param>
    /// <param name="target">Results of the target, one per call.</param>
    /// <param name="pair">The two functions.</param>
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

    /// <summary>Number of calls that returned a value on both sides.</summary>
    public int Values { get; private set; }

    /// <summary>Number of different values among the calls that agree.</summary>
    public int Distinct => _agreed.Select(i => _valueOf[i]).Distinct().Count();

    /// <summary>Number of calls whose values agree.</summary>
    public int Agreed => _agreed.Count;

    /// <summary>Number of calls in which a number overflowed on one side only.</summary>
    public int Overflows { get; private set; }

    /// <summary>Calls without large numbers that returned a value in the source and timed out in the target.</summary>
    public List<Difference> Endless { get; } = [];

    /// <summary>
    /// Whether enough calls agree, on enough different values. If there are only two values, each must occur more than once.
    /// </summary>
    public bool IsEnough(int leastValues, int leastDistinct) =>
        Agreed >= leastValues && Distinct >= leastDistinct
            && (Distinct > 2 || _agreed.GroupBy(i => _valueOf[i]).All(group => group.Count() > 1));

    /// <summary>Calls whose results differ.</summary>
    public List<Difference> Differences { get; } = [];

    /// <summary>
    /// The first trait that all differing calls have, if the calls without it agree on enough values; otherwise
    /// <see cref="InputTraits.None"/>.
    /// </summary>
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
            var passed = _inputs[i].Passed;
            var (a, b) = givesNothing ? (Taken(source, pair.SourceSlots, passed), Taken(target, pair.TargetSlots, passed))
                : (source.Value, target.Value);
            Values++;
            _valueOf[i] = ResultComparer.Text(a);
            if (ResultComparer.AreEqual(a, b))
            {
                // Functions that return nothing are compared by their arguments; arguments that neither side changed show nothing.
                if (!givesNothing || !ResultComparer.AreEqual(a, new ParsedList([.. _inputs[i].Values.Take(passed).Select(Shown)], false)))
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
            // A call on which the source itself fails does not say what is right.
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

    // The arguments after the call, in the order of the values; parameters that take a length are left out.
    private static ParsedList Taken(CallOutcome outcome, IReadOnlyList<int> slots, int passed) =>
        new([.. slots.Select((slot, p) => (slot, p)).Where(pair => pair.slot >= 0 && pair.slot < passed).OrderBy(pair => pair.slot)
            .Select(pair => pair.p < (outcome.Arguments?.Items.Count ?? 0) ? outcome.Arguments!.Items[pair.p] : null)], false);
}

/// <summary>A call with different results on the two sides.</summary>
/// <param name="Index">Index of the call.</param>
/// <param name="Kind">How the results differ.</param>
/// <param name="Source">The source's result as text.</param>
/// <param name="Target">The target's result as text.</param>
internal sealed record Difference(int Index, DifferenceKind Kind, string Source, string Target);

/// <summary>How the results of two functions differ.</summary>
internal enum DifferenceKind
{
    /// <summary>They do not differ.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>The functions return different values.</summary>
    [JsonStringEnumMemberName("value")]
    Value,

    /// <summary>The functions return nothing and leave different arguments behind.</summary>
    [JsonStringEnumMemberName("argument")]
    Argument,

    /// <summary>The functions return different values only for text beyond ASCII.</summary>
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>The target fails on a call for which the source returns a value.</summary>
    [JsonStringEnumMemberName("error")]
    Error,

    /// <summary>The target does not end on a call for which the source returns a value.</summary>
    [JsonStringEnumMemberName("time")]
    Time,

    /// <summary>The functions return the same lists in another order.</summary>
    [JsonStringEnumMemberName("order")]
    Order,

    /// <summary>The functions differ only for large numbers.</summary>
    [JsonStringEnumMemberName("overflow")]
    Overflow,

    /// <summary>The functions differ only for values that many functions are not written for: empty, unsorted, out of range.</summary>
    [JsonStringEnumMemberName("domain")]
    Domain,
}
