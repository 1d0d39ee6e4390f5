using System.Text.RegularExpressions;
using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Agents.Verification.Differential;

/// <summary>
/// Finds calls with literal arguments in documentation, doctests, comments and tests. Their values come before invented ones, because they
/// resemble those that the function is written for.
/// </summary>
internal static class CallExamples
{
    private const int MostCalls = 24, MostTries = 100, LongestText = 100_000, MostObjects = 8;

    /// <summary>Finds the distinct calls of a pair of functions, in the order of the texts, at most 24.</summary>
    /// <param name="pair">The two functions.</param>
    /// <param name="texts">Where to look.</param>
    public static IReadOnlyList<CallExample> Find(CallPair pair, IEnumerable<ExampleText> texts)
    {
        var (found, known, budget) = (new List<CallExample>(), new Dictionary<string, int>(), new ReadBudget());
        foreach (var (form, text, isSource) in texts.Where(item => item.Text.Length <= LongestText))
        {
            var (function, slots) = isSource ? (pair.Source, pair.SourceSlots) : (pair.Target, pair.TargetSlots);
            var reader = new LiteralReader(form, text, budget);
            foreach (var match in ProgramText.Matches(text, Pattern(function, text)).Take(MostTries))
            {
                if (Values(reader, match, function, slots) is not { } values
                    || ErrorExpectations.IsAround(text, match.Index, reader.End, isSource))
                {
                    continue;
                }

                var (key, isMeant) = (ValueText.Of(values), isSource && reader.AreDirect);
                if (known.TryGetValue(key, out var at))
                {
                    found[at] = found[at] with { IsMeant = found[at].IsMeant || isMeant };
                }
                else if (found.Count < MostCalls)
                {
                    known[key] = found.Count;
                    found.Add(new CallExample(values, isMeant));
                }
            }
        }

        return found;
    }

    /// <summary>The type that all examples of a parameter share, or null if there are none or they contradict one another.</summary>
    public static CallType? TypeOf(IReadOnlyList<CallExample> examples, int parameter)
    {
        CallType? joined = null;
        foreach (var value in examples.Select(example => example.Values)
            .Where(values => values.Count > parameter).Select(values => values[parameter]))
        {
            joined = joined is null ? TypeOf(value) : Join(joined, TypeOf(value));
            if (joined is null)
            {
                return null;
            }
        }

        return joined;
    }

    /// <summary>Converts a value that was read to a type. Returns null if it is no value of the type.</summary>
    public static object? Convert(object value, CallType type) => (type.Kind, value) switch
    {
        (CallKind.Integer, long number) => number >= type.Least && number <= type.Most ? number : null,
        (CallKind.Float, long number) => (double)number,
        (CallKind.Float, double) or (CallKind.Boolean, bool) or (CallKind.Text, string) => value,
        (CallKind.Character, string { Length: 1 } text) => text[0] is >= ' ' and <= '~' ? text[0] : null,
        (CallKind.List, List<object> list) => list.Select(item => Convert(item, type.Item!)).ToList() is var items && items.Contains(null)
            ? null : items.ConvertAll(item => item!),
        _ => null,
    };

    private static CallType TypeOf(object value) => value switch
    {
        long => new CallType(CallKind.Integer),
        double => new CallType(CallKind.Float),
        bool => new CallType(CallKind.Boolean),
        List<object> list => new CallType(CallKind.List, list.Select(TypeOf)
            .Aggregate((CallType?)CallType.Any, (a, b) => a is null ? null : Join(a, b)) ?? CallType.Any),
        _ => new CallType(CallKind.Text),
    };

    private static CallType? Join(CallType a, CallType b) => (a.Kind, b.Kind) switch
    {
        (CallKind.Any, _) => b,
        (_, CallKind.Any) => a,
        (CallKind.List, CallKind.List) => Join(a.Item!, b.Item!) is { } item ? new CallType(CallKind.List, item) : null,
        (CallKind.Integer, CallKind.Float) => b,
        (CallKind.Float, CallKind.Integer) => a,
        _ => a.Kind == b.Kind ? a : null,
    };

    // A function of the same name that belongs to anything but the function's own type is another one, as in Math.pow or list.add.
    private static string Pattern(CallFunction function, string text)
    {
        var scopes = new List<string>();
        if (function.Owner.Length > 0)
        {
            var owner = Regex.Escape(function.Owner);
            var objects = ProgramText.Matches(text, $@"(?<![\w$])(?<name>(?>\$?\w+))(?>\s*)(?::\s*{owner}\s*)?:?=\s*(?:new\s+|&)?{owner}\b"
                + $@"|\b{owner}(?:\s*[*&])?\s+(?<name>\w+)\s*[;={{(]");
            scopes.AddRange(objects.Select(match => Regex.Escape(match.Groups["name"].Value)).Distinct().Take(MostObjects));
            scopes.Add(owner + @"(?:(?:::|\.)(?:new|default))?(?:\s*\([^()\n]{0,40}\))?\)?");
        }

        if (function.Qualified.EndsWith(function.Name, StringComparison.Ordinal)
            && function.Qualified[..^function.Name.Length].TrimEnd('.', ':', '>', '-') is { Length: > 0 } scope)
        {
            scopes.Add(Regex.Escape(scope));
        }

        var own = scopes.Count == 0 ? "" : $@"(?:(?:{string.Join('|', scopes)})\s*(?:\.|::?|->)\s*)?";
        return $@"(?<![\w$.:]|->)(?<!\b(?:def|func|function|fn|fun)\s{{1,5}}){own}{Regex.Escape(function.Name)}\s*\(";
    }

    private static List<object>? Values(LiteralReader reader, Match call, CallFunction function, IReadOnlyList<int> slots)
    {
        if (reader.Arguments(call.Index + call.Length) is not { } arguments)
        {
            return null;
        }

        var (values, lengths) = (new SortedDictionary<int, object>(), new Dictionary<int, object>());
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = arguments[i];
            var parameter = name is null ? i : function.Parameters.ToList().FindIndex(parameter => parameter.Name == name);
            if (parameter < 0 || parameter >= slots.Count
                || !(slots[parameter] < 0 ? lengths.TryAdd(-1 - slots[parameter], value) : values.TryAdd(slots[parameter], value)))
            {
                return null;
            }
        }

        // Only the last values may be left out. A length must be that of its list, for no other is passed.
        return values.Keys.SequenceEqual(Enumerable.Range(0, values.Count))
            && lengths.All(length => values.TryGetValue(length.Key, out var whole)
                && length.Value is long count && count == (whole is List<object> list ? list.Count : (whole as string)?.Length))
            ? [.. values.Values] : null;
    }
}

/// <summary>A call that was found.</summary>
/// <param name="Values">Its values, fewer than the pair has if it leaves the last ones out.</param>
/// <param name="IsMeant">Whether it shows what the function is written for: it is one of the source, in its code, its documentation or the
/// instruction, and its arguments are literals.</param>
internal sealed record CallExample(IReadOnlyList<object> Values, bool IsMeant);

/// <summary>A text in which calls may stand.</summary>
/// <param name="Form">Describes how the language calls functions.</param>
/// <param name="Text">The text.</param>
/// <param name="IsSource">Whether the calls are those of the source, else of the target.</param>
internal sealed record ExampleText(CallForm Form, string Text, bool IsSource);
