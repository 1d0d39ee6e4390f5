using XCoder.Analysis.Text;

namespace XCoder.Agents.Verification.Differential;

/// <summary>Two functions that are called with the same values, and the assignment of values to their parameters.</summary>
/// <param name="Source">The function whose results count as right.</param>
/// <param name="Target">The function under test.</param>
/// <param name="Types">Types of the values.</param>
/// <param name="SourceSlots">For each parameter of the source the index v of the value that it takes, or -1 - v for the length of value
/// v.</param>
/// <param name="TargetSlots">The same for the parameters of the target.</param>
internal sealed record CallPair(CallFunction Source, CallFunction Target, IReadOnlyList<CallType> Types, IReadOnlyList<int> SourceSlots,
    IReadOnlyList<int> TargetSlots)
{
    /// <summary>The pair of functions that do the same; null where none is, with the reason.</summary>
    public static CallPair? Choose(IReadOnlyList<CallFunction> sources, IReadOnlyList<CallFunction> targets, out string? reason)
    {
        reason = "No two functions of the same name were found.";
        var pairs = new List<(CallPair Pair, bool IsNamed, int Uses)>();
        foreach (var source in sources)
        {
            foreach (var target in targets)
            {
                var isNamed = NameWords.Plain(source.Name) == NameWords.Plain(target.Name);
                if (!isNamed && (sources.Count > 1 || targets.Count > 1))
                {
                    continue;
                }

                if (Align(source, target) is { } pair)
                {
                    pairs.Add((pair, isNamed, Uses(source) + Uses(target)));
                }
                else
                {
                    reason = $"The parameters of '{source.Name}' and '{target.Name}' differ.";
                }
            }
        }

        // The requested function calls the others, so its own name occurs least often.
        return pairs.OrderBy(pair => !pair.IsNamed).ThenBy(pair => pair.Uses).Select(pair => pair.Pair).FirstOrDefault();
    }

    private static CallPair? Align(CallFunction source, CallFunction target)
    {
        foreach (var (a, b) in Variants(source).SelectMany(a => Variants(target).Select(b => (a, b)))
            .OrderBy(pair => pair.a.Unmarked + pair.b.Unmarked))
        {
            var (left, right) = (a.Core, b.Core);
            while (left.Count != right.Count && (left.Count > right.Count ? left : right) is [.., { HasDefault: true }] longer)
            {
                longer.RemoveAt(longer.Count - 1);
            }

            if (left.Count != right.Count)
            {
                continue;
            }

            var names = left.Select(parameter => NameWords.Plain(parameter.Name)).ToList();
            var byName = names.Distinct().Count() == names.Count && right.All(parameter => names.Contains(NameWords.Plain(parameter.Name)));
            var order = right.Select((parameter, i) => byName ? names.IndexOf(NameWords.Plain(parameter.Name)) : i).ToList();
            var types = left.Select((parameter, i) => parameter.Type.With(right[order.IndexOf(i)].Type)).ToList();
            if (types.All(type => type is not null))
            {
                return new CallPair(source, target, [.. types.Select(type => type!)], Slots(source, left, i => i),
                    Slots(target, right, i => order[i]));
            }
        }

        return null;
    }

    // Which parameters take values of their own: first all but those that look like lengths, then all of them.
    private static IEnumerable<(List<CallParameter> Core, int Unmarked)> Variants(CallFunction function)
    {
        yield return ([.. function.Parameters.Where(parameter => !parameter.IsLength)], 0);
        if (function.Parameters.Any(parameter => parameter.IsLength)
            && !function.Parameters.Any(parameter => parameter.Rule?.Length == true))
        {
            yield return ([.. function.Parameters], 1);
        }
    }

    private static List<int> Slots(CallFunction function, List<CallParameter> core, Func<int, int> value)
    {
        var slots = new List<int>();
        foreach (var parameter in function.Parameters)
        {
            var at = core.IndexOf(parameter);
            if (at >= 0)
            {
                slots.Add(value(at));
            }
            else if (parameter.IsLength && slots.Count > 0)
            {
                slots.Add(-1 - slots[^1]);
            }
            else
            {
                break;
            }
        }

        return slots;
    }

    private static int Uses(CallFunction function)
    {
        var count = 0;
        for (var at = function.Code.IndexOf(function.Name, StringComparison.Ordinal); at >= 0; at = function.Code.IndexOf(function.Name,
            at + 1, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }
}
