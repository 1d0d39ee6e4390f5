namespace XCoder.Agents.Verification.Differential;

/// <summary>
/// Chooses the inputs of a comparison: calls that stand in documentation and tests, calls that leave defaults out, invented calls.
/// </summary>
/// <param name="pair">The functions that are called.</param>
/// <param name="types">Types of the values, none of them unknown.</param>
/// <param name="units">What lengths of text count in the two languages.</param>
internal sealed class InputPlan(CallPair pair, IReadOnlyList<CallType> types, (string Source, string Target) units)
{
    private const int MostGiven = 16, Calls = 6, MostLeftOut = 3;
    // What still tells something about a call that the function is written for: the two languages may differ there.
    private const InputTraits Kept = InputTraits.Foreign | InputTraits.Units | InputTraits.Large | InputTraits.Big;

    /// <summary>Chooses the inputs.</summary>
    /// <param name="examples">Calls that were found; see <see cref="CallExamples"/>.</param>
    /// <param name="maker">Invents further values.</param>
    /// <param name="count">Number of ordinary invented inputs.</param>
    /// <param name="canWrite">Whether both languages have literals for an input.</param>
    public IReadOnlyList<CallInput> Make(IReadOnlyList<CallExample> examples, InputMaker maker, int count,
        Func<CallInput, bool> canWrite)
    {
        var given = examples.Select(Given).OfType<CallInput>().Where(canWrite).Take(MostGiven).ToList();
        var invented = maker.Make(types, count);
        var known = given.Select(Key).ToHashSet();
        var defaults = Enumerable.Range(1, MostLeftOut)
            .SelectMany(left => invented.Take(Calls).Select(input => LeaveOut(input.Values, types.Count - left))).OfType<CallInput>();
        return [.. given, .. defaults.Concat(invented).Where(canWrite).Select(Marked).Where(input => known.Add(Key(input)))];
    }

    /// <summary>Chooses further inputs, like those that a function accepts.</summary>
    /// <param name="accepted">Inputs for which the function gave a value.</param>
    /// <param name="maker">Invents values.</param>
    /// <param name="count">Largest number of inputs.</param>
    public IEnumerable<CallInput> MakeLike(IEnumerable<CallInput> accepted, InputMaker maker, int count) =>
        accepted.Where(input => input.Passed >= types.Count).Select(input => input.Values).ToList() is { Count: > 0 } values
            ? maker.MakeLike(values, count).Select(Marked) : [];

    private static string Key(CallInput input) => ValueText.Of([.. input.Values.Take(input.Passed)]);

    private CallInput Marked(CallInput input) => TraitReader.DifferInUnits(input.Values, units.Source, units.Target)
        ? input with { Traits = input.Traits | InputTraits.Units } : input;

    private CallInput? Given(CallExample example)
    {
        var values = example.Values;
        var converted = values.Zip(types, CallExamples.Convert).ToList();
        if (values.Count > types.Count || converted.Contains(null))
        {
            return null;
        }

        List<object> whole = converted.ConvertAll(value => value!);
        var input = whole.Count == types.Count ? new CallInput(whole, TraitReader.Of(whole)) : LeaveOut(whole, whole.Count);
        return input is null ? null : !example.IsMeant ? Marked(input)
            : Marked(input) is var marked ? marked with { Traits = marked.Traits & Kept, IsGiven = true } : null;
    }

    // A side without a default for a value takes the other side's. Returns null if neither has a literal for it.
    private CallInput? LeaveOut(IReadOnlyList<object> values, int passed)
    {
        if (passed < 0)
        {
            return null;
        }

        var all = values.Take(passed).ToList();
        for (var v = passed; v < types.Count; v++)
        {
            var (source, target) = (Parameter(pair.Source, pair.SourceSlots, v), Parameter(pair.Target, pair.TargetSlots, v));
            if (source is { IsShared: true } || target is { IsShared: true })
            {
                return null;
            }

            var standard = source?.Default ?? target?.Default;
            if ((standard is null ? null : CallExamples.Convert(standard, types[v])) is not { } value)
            {
                // Nothing is passed, so any value may stand here.
                if (!IsCut(pair.Source, pair.SourceSlots, passed) || !IsCut(pair.Target, pair.TargetSlots, passed))
                {
                    return null;
                }

                value = 0L;
            }

            all.Add(value);
        }

        return IsCut(pair.Source, pair.SourceSlots, passed) || IsCut(pair.Target, pair.TargetSlots, passed)
            ? new CallInput(all, TraitReader.Of([.. all.Take(passed)]), passed) : null;
    }

    private static bool IsCut(CallFunction function, IReadOnlyList<int> slots, int passed) =>
        !slots.Take(DefaultPlan.Passed(function, slots, passed)).Any(slot => slot >= passed);

    private static CallParameter? Parameter(CallFunction function, IReadOnlyList<int> slots, int value) =>
        Enumerable.Range(0, slots.Count).Where(p => slots[p] == value).Select(p => function.Parameters[p]).FirstOrDefault();
}

/// <summary>Says which parameters a call leaves out.</summary>
internal static class DefaultPlan
{
    /// <summary>
    /// Number of parameters that are passed: all but the last ones whose values need not be passed and that have defaults.
    /// </summary>
    public static int Passed(CallFunction function, IReadOnlyList<int> slots, int passed)
    {
        var count = slots.Count;
        while (count > 0 && slots[count - 1] >= passed && function.Parameters[count - 1].HasDefault)
        {
            count--;
        }

        return count;
    }
}
