using System.Globalization;
using System.Text.RegularExpressions;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Verification.Differential;

/// <summary>
/// Makes values to call functions with: boundary values first, then random ones. The values depend only on the types, the codes and the
/// seed.
/// </summary>
internal sealed partial class InputMaker
{
    private const int Boundaries = 8, Tries = 6, MostLiterals = 12, LongestLiteral = 24;
    private static readonly long[] Numbers = [0, 1, 2, -1, 3, 10, -7, 5];
    private static readonly double[] Reals = [0, 1, -1, 0.5, 2.5, -1.5, 2.25, 10];
    private static readonly string[] Texts = ["", "a", "aba", "ab", "aab", "Hello World", "12", "abcabc"];
    private static readonly string[] Foreign =
        ["é", "日本語", "a😀b", "Ünïcode", "naïve café", "e\u0301a", "x\uFFFD", "\U0010FFFF"];
    private static readonly string[] Special = ["it's \"q\" \\ $x #{y} %d `z`", "two\nlines\tand tabs"];
    private static readonly string[] Words = ["flower", "flow", "flight", "abc", "bca", "tab", "cat", "level", "noon", "x", "apple", "app",
        "hello", "world"];

    private readonly Random _random;
    private readonly List<long> _numbers;
    private readonly List<string> _texts;
    private readonly string _letters;

    /// <summary>Creates a maker.</summary>
    /// <param name="seed">Seeds the random values.</param>
    /// <param name="codes">Code whose number and string literals serve as values, too.</param>
    public InputMaker(string seed, params IEnumerable<string> codes)
    {
        _random = new Random(int.Parse(RowId.Hash(seed)[..7], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        var all = string.Join('\n', codes);
        _numbers = [.. NumberLiteral().Matches(all)
            .Select(match => long.TryParse(match.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0)
            .Where(value => value is > 1 and < 100_000).Distinct().Take(MostLiterals)];
        _texts = [.. TextLiteral().Matches(all).Select(match => match.Value[1..^1])
            .Where(text => text.Length is > 0 and <= LongestLiteral
                && text.All(c => c is >= ' ' and <= '~' and not '\\' and not '{' and not '%' and not '$')).Distinct().Take(MostLiterals)];
        _letters = string.Concat(_texts.Where(text => text.Length == 1).Distinct());
    }

    /// <summary>Makes inputs, those that may not end or may overflow last.</summary>
    /// <param name="types">Types of the parameters, none of them unknown.</param>
    /// <param name="count">Largest number of ordinary inputs; inputs beyond ASCII and with large numbers come on top.</param>
    public IReadOnlyList<CallInput> Make(IReadOnlyList<CallType> types, int count)
    {
        var (inputs, known) = (new List<CallInput>(), new HashSet<string>());
        if (types.Count == 0)
        {
            return [new CallInput([], InputTraits.None)];
        }

        for (var i = 0; i < Boundaries && inputs.Count < count; i++)
        {
            Add(inputs, known, [.. types.Select((type, p) => Boundary(type, i + (i == 0 ? 0 : p)))]);
        }

        for (var tries = 0; inputs.Count < count && tries < count * Tries; tries++)
        {
            Add(inputs, known, Related(types, [.. types.Select(type => Ordinary(type, 0))]));
        }

        // Text beyond ASCII and large numbers come in inputs of their own, so that a difference can be traced to them.
        if (types.Any(HasText))
        {
            foreach (var text in Special.Concat(Foreign))
            {
                Add(inputs, known,
                    [.. types.Select(type => type.Kind == CallKind.Text ? text : type is { Kind: CallKind.List, Item.Kind: CallKind.Text }
                        ? (object)new List<object> { text, "b", text } : Ordinary(type, 0))]);
            }
        }

        if (types.Any(type => type is { Kind: CallKind.Integer, Most: > 70_000 }))
        {
            foreach (var number in (long[])[46_341, 65_537])
            {
                Add(inputs, known,
                    [.. types.Select(type => type is { Kind: CallKind.Integer, Most: > 70_000 } ? number : Ordinary(type, 0))]);
            }
        }

        // A call that never ends costs the calls after it, so the risky ones come last.
        return [.. inputs.OrderBy(input => Oddness(input.Traits))];
    }

    /// <summary>
    /// Makes inputs like those that a function accepts: parts of them put together anew. For functions that refuse most invented values.
    /// </summary>
    /// <param name="accepted">Values of calls that gave a value, at least one.</param>
    /// <param name="count">Largest number of inputs.</param>
    public IReadOnlyList<CallInput> MakeLike(IReadOnlyList<IReadOnlyList<object>> accepted, int count)
    {
        var (inputs, known) = (new List<CallInput>(), accepted.Select(ValueText.Of).ToHashSet());
        for (var tries = 0; inputs.Count < count && tries < count * Tries; tries++)
        {
            var (one, other) = (accepted[_random.Next(accepted.Count)], accepted[_random.Next(accepted.Count)]);
            Add(inputs, known, [.. one.Zip(other, Joined)]);
        }

        return inputs;
    }

    private object Joined(object one, object other) => (one, other) switch
    {
        (string a, string b) => a[.._random.Next(a.Length + 1)] + b[_random.Next(b.Length + 1)..],
        (List<object> a, List<object> b) => (List<object>)[.. a.Take(_random.Next(a.Count + 1)), .. b.Skip(_random.Next(b.Count + 1))],
        _ => _random.Next(2) == 0 ? one : other,
    };

    private static int Oddness(InputTraits traits) =>
        (traits & (InputTraits.Large | InputTraits.Foreign)) != 0 ? 3 : (traits & InputTraits.Big) != 0 ? 2
            : (traits & (InputTraits.Negative | InputTraits.Empty)) != 0 ? 1 : 0;

    private static bool HasText(CallType type) => type.Kind == CallKind.Text || (type.Item is { } item && HasText(item));

    private static void Add(List<CallInput> inputs, HashSet<string> known, IReadOnlyList<object> values)
    {
        if (known.Add(ValueText.Of(values)))
        {
            inputs.Add(new CallInput(values, TraitReader.Of(values)));
        }
    }

    private object Boundary(CallType type, int i) => type.Kind switch
    {
        CallKind.Integer => Math.Clamp(Numbers[i % Numbers.Length], type.Least, type.Most),
        CallKind.Float => Reals[i % Reals.Length],
        CallKind.Boolean => i % 2 == 0,
        CallKind.Text => Texts[i % Texts.Length],
        CallKind.Character => "aAz09 bZ"[i % 8],
        CallKind.List when type.Item!.Kind == CallKind.List => (i % Boundaries) switch
        {
            0 => new List<object>(),
            1 => Of(type.Item, 1),
            2 => Of(type.Item, 2, 2),
            3 => Of(type.Item, 3),
            _ => Ordinary(type, 0),
        },
        CallKind.List => (i % Boundaries) switch
        {
            0 => new List<object>(),
            1 => Of(type.Item!, 1),
            2 => Of(type.Item!, 1, 1),
            3 => Of(type.Item!, 1, 2, 4),
            4 => Of(type.Item!, 4, 2, 1),
            5 => Of(type.Item!, 3, 0, 1),
            6 => Of(type.Item!, 6, 3),
            _ => Ordinary(type, 0),
        },
        _ => throw new InvalidOperationException($"The type {type.Kind} is open."),
    };

    private List<object> Of(CallType item, params int[] boundaries) => [.. boundaries.Select(i => Boundary(item, i))];

    private object Ordinary(CallType type, int depth) => type.Kind switch
    {
        CallKind.Integer => Math.Clamp(Number(), type.Least, type.Most),
        CallKind.Float => _random.Next(3) == 0 ? _random.Next(1, 50)
            : Math.Round((_random.NextDouble() * 40) - 8, _random.Next(2) == 0 ? 3 : 1),
        CallKind.Boolean => _random.Next(2) == 0,
        CallKind.Text => Text(),
        CallKind.Character => Letter(),
        CallKind.List => List(type, depth),
        _ => throw new InvalidOperationException($"The type {type.Kind} is open."),
    };

    private long Number() => _random.Next(20) switch
    {
        < 12 => _random.Next(1, 13),
        < 15 => _random.Next(13, 31),
        < 16 when _numbers.Count > 0 => _numbers[_random.Next(_numbers.Count)] + _random.Next(-1, 2),
        < 17 => _random.Next(31, 101),
        < 18 => _random.Next(101, 1000),
        _ => _random.Next(-12, 2),
    };

    private char Letter() =>
        _letters.Length > 0 && _random.Next(3) > 0 ? _letters[_random.Next(_letters.Length)]
            : (char)('a' + _random.Next(_random.Next(3) == 0 ? 26 : 3));

    private string Text()
    {
        switch (_random.Next(10))
        {
            case 0 when _texts.Count > 0:
                return _texts[_random.Next(_texts.Count)];
            case 1 or 2:
                return Words[_random.Next(Words.Length)];
            case 3:
                var half = string.Concat(Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Letter()));
                return half + string.Concat(half.Reverse().Skip(_random.Next(2)));
            case 4:
                return _random.Next(1, 5000).ToString(CultureInfo.InvariantCulture);
            case 5:
                return Words[_random.Next(Words.Length)] + " " + Words[_random.Next(Words.Length)];
            default:
                return string.Concat(Enumerable.Range(0, _random.Next(1, 10)).Select(_ => Letter()));
        }
    }

    private List<object> List(CallType type, int depth)
    {
        var length = _random.Next(1, depth == 0 ? 9 : 5);
        if (type.Item!.Kind == CallKind.List)
        {
            // A matrix, mostly square.
            var (rows, columns) = (_random.Next(1, 5), _random.Next(1, 5));
            columns = _random.Next(2) == 0 ? rows : columns;
            return [.. Enumerable.Range(0, rows).Select(_ => (object)Items(type.Item.Item!, columns, depth + 2))];
        }

        var items = Items(type.Item, length, depth);
        if (type.Item.Kind == CallKind.Integer && _random.Next(3) == 0)
        {
            items = [.. items.OrderBy(item => (long)item)];
        }

        return items;
    }

    private List<object> Items(CallType type, int count, int depth)
    {
        if (type.Kind != CallKind.Integer)
        {
            return [.. Enumerable.Range(0, count).Select(_ => Ordinary(type, depth + 1))];
        }

        var (least, most) = _random.Next(9) switch { 0 or 1 => (0, 2), 2 or 3 => (1, 5), 4 or 5 => (-9, 20), 6 => (-40, 0), _ => (1, 60) };
        return [.. Enumerable.Range(0, count).Select(_ => (object)Math.Clamp(_random.Next(least, most), type.Least, type.Most))];
    }

    // In half of the calls a value that the function may look for occurs in the list or string before it.
    private List<object> Related(IReadOnlyList<CallType> types, List<object> values)
    {
        var places = values.OfType<List<object>>().FirstOrDefault() is { Count: > 0 } any && _random.Next(2) == 0 ? any.Count : 0;
        for (var p = 0; p < values.Count; p++)
        {
            if (values[p] is long && places > 0)
            {
                values[p] = Math.Clamp(_random.Next(places), types[p].Least, types[p].Most);
            }
            else if (p == 0)
            {
                continue;
            }
            else if (values[p] is long && values[p - 1] is List<object> { Count: > 0 } list && list[0] is long && _random.Next(2) == 0)
            {
                var sum = (long)list[_random.Next(list.Count)] + (_random.Next(3) == 0 ? (long)list[_random.Next(list.Count)] : 0);
                values[p] = Math.Clamp(_random.Next(3) == 0 ? _random.Next(list.Count) : sum, types[p].Least, types[p].Most);
            }
            else if (values[p] is long && values[p - 1] is string { Length: > 0 } within && _random.Next(2) == 0)
            {
                values[p] = Math.Clamp(_random.Next(within.Length), types[p].Least, types[p].Most);
            }
            else if (values[p] is string && values[p - 1] is string { Length: > 0 } text && _random.Next(2) == 0)
            {
                var start = _random.Next(text.Length);
                values[p] = _random.Next(6) switch
                {
                    0 or 1 => string.Concat(text.Reverse()),
                    2 => Turned(text),
                    _ => text[start..(start + _random.Next(1, text.Length - start + 1))],
                };
            }
            else if (values[p] is List<object> second && values[p - 1] is List<object> first && types[p] == types[p - 1]
                && _random.Next(2) == 0)
            {
                values[p] = _random.Next(2) == 0 ? first.AsEnumerable().Reverse().ToList()
                    : Enumerable.Range(0, first.Count).Select(i => second[i % second.Count]).ToList();
            }
        }

        return values;
    }

    // The same text with its first letters in the other case.
    private static string Turned(string text) =>
        string.Concat(text.Select((c, i) => i < 3 && char.IsAsciiLetter(c) ? (char)(c ^ ' ') : c));

    [GeneratedRegex("[0-9]{1,6}", RegexOptions.NonBacktracking)]
    private static partial Regex NumberLiteral();

    [GeneratedRegex("\"[^\"\\n]{1,24}\"|'[^'\\n]{1,24}'", RegexOptions.NonBacktracking)]
    private static partial Regex TextLiteral();
}
