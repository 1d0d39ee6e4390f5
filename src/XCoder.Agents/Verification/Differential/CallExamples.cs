using System.Text.RegularExpressions;
using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Agents.Verification.Differential;

/// <summary>
/// Finds calls with literal arguments in documentation, doctests, comments and tests. Their values come before invented ones, for the
/// function is surely meant for them.
/// </summary>
internal static class CallExamples
{
    private const int MostCalls = 24, MostTries = 100, LongestText = 100_000;

    /// <summary>Finds the distinct calls of a pair of functions, in the order of the texts, at most 24.</summary>
    /// <param name="pair">The two functions.</param>
    /// <param name="texts">Where to look.</param>
    /// <returns>The values of each call, fewer than the pair has if the call leaves the last ones out.</returns>
    public static IReadOnlyList<IReadOnlyList<object>> Find(CallPair pair, IEnumerable<ExampleText> texts)
    {
        var (found, known) = (new List<IReadOnlyList<object>>(), new HashSet<string>());
        foreach (var (form, text, isSource, isCode) in texts.Where(item => item.Text.Length <= LongestText))
        {
            var (function, slots) = isSource ? (pair.Source, pair.SourceSlots) : (pair.Target, pair.TargetSlots);
            // In code, a method of the same name is mostly that of another type.
            var pattern = $@"(?<![\w${(isCode ? "." : "")}]){Regex.Escape(function.Name)}\s*\(";
            foreach (var match in ProgramText.Matches(text, pattern).Take(MostTries))
            {
                if (found.Count < MostCalls && Values(form, text, match, function, slots) is { } values && known.Add(ValueText.Of(values)))
                {
                    found.Add(values);
                }
            }
        }

        return found;
    }

    /// <summary>The type that all examples of a parameter share, or null if there are none or they contradict one another.</summary>
    public static CallType? TypeOf(IReadOnlyList<IReadOnlyList<object>> examples, int parameter)
    {
        CallType? joined = null;
        foreach (var value in examples.Where(values => values.Count > parameter).Select(values => values[parameter]))
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

    private static List<object>? Values(CallForm form, string text, Match call, CallFunction function, IReadOnlyList<int> slots)
    {
        if (new LiteralReader(form, text).Arguments(call.Index + call.Length) is not { } arguments)
        {
            return null;
        }

        var values = new SortedDictionary<int, object>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = arguments[i];
            var parameter = name is null ? i : function.Parameters.ToList().FindIndex(parameter => parameter.Name == name);
            if (parameter < 0 || parameter >= slots.Count)
            {
                return null;
            }

            if (slots[parameter] >= 0)
            {
                values[slots[parameter]] = value;
            }
        }

        // Only the last values may be left out.
        return values.Keys.SequenceEqual(Enumerable.Range(0, values.Count)) ? [.. values.Values] : null;
    }
}

/// <summary>A text in which calls may stand.</summary>
/// <param name="Form">Describes how the language calls functions.</param>
/// <param name="Text">The text.</param>
/// <param name="IsSource">Whether the calls are those of the source, else of the target.</param>
/// <param name="IsCode">Whether the text is the code of the functions, with its comments.</param>
internal sealed record ExampleText(CallForm Form, string Text, bool IsSource, bool IsCode);
