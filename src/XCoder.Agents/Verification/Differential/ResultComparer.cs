using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace XCoder.Agents.Verification.Differential;

/// <summary>Compares values of two languages by their meaning, whatever the spelling.</summary>
internal static class ResultComparer
{
    private const double Tolerance = 1e-9;

    /// <summary>
    /// Whether two values mean the same. 5 equals 5.0, a character equals its code, true equals 1. Lists with equal items are equal,
    /// whatever their types. Null, undefined and an empty optional are equal, too.
    /// </summary>
    public static bool AreEqual(object? a, object? b) => (a, b) switch
    {
        (ParsedOptional x, ParsedOptional y) => x.IsThere == y.IsThere && AreEqual(x.Plain, y.Plain),
        (ParsedOptional x, ParsedList { Items: [var value, bool isThere] }) => AreEqual(x.Value, value) && x.IsThere == isThere,
        (ParsedOptional x, _) => AreEqual(x.Plain, b),
        (_, ParsedOptional) => AreEqual(b, a),
        (null, null) => true,
        (null, _) or (_, null) => false,
        (ParsedCode x, ParsedCode y) => x.Value == y.Value,
        (ParsedCode x, string y) => IsCode(x, y),
        (string x, ParsedCode y) => IsCode(y, x),
        (string x, string y) => x == y,
        (ParsedList x, ParsedList y) => x.Items.Count == y.Items.Count
            && (x.IsSet || y.IsSet ? AreSame(x.Items, y.Items) : x.Items.Zip(y.Items).All(pair => AreEqual(pair.First, pair.Second))),
        (ParsedMap x, ParsedMap y) => x.Pairs.Count == y.Pairs.Count && AreSame(x.Pairs, y.Pairs),
        (ParsedMap { Pairs.Count: 0 }, ParsedList { Items.Count: 0 }) or (ParsedList { Items.Count: 0 },
            ParsedMap { Pairs.Count: 0 }) => true,
        _ => Whole(a) is { } m && Whole(b) is { } n ? m == n : Real(a) is { } p && Real(b) is { } q && AreClose(p, q),
    };

    /// <summary>Whether two lists hold the same lists, strings or maps in another order.</summary>
    public static bool AreReordered(object? a, object? b) =>
        a is ParsedList x && b is ParsedList y && x.Items.Count == y.Items.Count && x.Items.Concat(y.Items)
            .All(item => item is ParsedList or string or ParsedMap) && AreSame([.. x.Items.Select(Sorted)], [.. y.Items.Select(Sorted)]);

    /// <summary>
    /// Whether two numbers, or all differing numbers of two lists, can be explained by an overflow on one side: one exceeds 2³¹ - 1, or
    /// they differ by a multiple of 2³².
    /// </summary>
    public static bool AreOverflown(object? a, object? b) => (a, b) switch
    {
        (ParsedList x, ParsedList y) => x.Items.Count == y.Items.Count && x.Items.Zip(y.Items)
            .Where(pair => !AreEqual(pair.First, pair.Second)).All(pair => AreOverflown(pair.First, pair.Second)),
        (ParsedOptional x, _) => AreOverflown(x.Plain, b),
        (_, ParsedOptional y) => AreOverflown(a, y.Plain),
        (not null, not null) when Whole(a) is { } m
            && Whole(b) is { } n => BigInteger.Max(BigInteger.Abs(m), BigInteger.Abs(n)) > int.MaxValue
                || (m - n) % (BigInteger.One << 32) == 0,
        (not null, not null) => (Real(a) is { } p && Math.Abs(p) > int.MaxValue && Real(b) is not null)
            || (Real(b) is { } q && Math.Abs(q) > int.MaxValue && Real(a) is not null),
        _ => false,
    };

    /// <summary>Whether a value may stand for "no result": null, NaN, an infinity, or a list that holds one of these.</summary>
    public static bool IsVoid(object? value) =>
        value is null or ParsedOptional { IsThere: false } or double.NaN or double.PositiveInfinity or double.NegativeInfinity
            || (value is ParsedList list && list.Items.Any(IsVoid));

    /// <summary>Renders a value as text; equal values mostly give equal texts.</summary>
    public static string Text(object? value) => value switch
    {
        null => "null",
        string text => ValueText.Of([text]),
        ParsedCode code => code.Value is >= ' ' and <= '~' ? $"'{(char)code.Value}'" : code.Value.ToString(CultureInfo.InvariantCulture),
        ParsedList list => "[" + string.Join(", ", list.Items.Select(Text)) + "]",
        ParsedOptional some => Text(some.Plain),
        ParsedMap map =>
            "{" + string.Join(", ", map.Pairs.Cast<ParsedList>().Select(pair => Text(pair.Items[0]) + ": " + Text(pair.Items[1]))) + "}",
        bool truth => truth ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static object? Sorted(object? value) => value is ParsedList list ? new ParsedList(list.Items, true) : value;

    private static bool IsCode(ParsedCode code, string text) =>
        Rune.TryGetRuneAt(text.Length is 1 or 2 ? text : " ", 0, out var rune) && rune.Utf16SequenceLength == text.Length
            && rune.Value == code.Value;

    private static bool AreClose(double a, double b) =>
        a.Equals(b) || Math.Abs(a - b) <= Tolerance * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b)));

    private static BigInteger? Whole(object value) =>
        value switch { BigInteger whole => whole, ParsedCode code => code.Value, bool truth => truth ? 1 : 0, _ => null };

    private static double? Real(object value) => value is double real ? real : Whole(value) is { } whole ? (double)whole : null;

    // Some languages turn the keys of maps into strings, whatever they were.
    private static bool AreSame(IReadOnlyList<object?> a, IReadOnlyList<object?> b)
    {
        var left = b.ToList();
        foreach (var item in a)
        {
            var at = left.FindIndex(other => AreEqual(item, other) || AreEntries(item, other));
            if (at < 0)
            {
                return false;
            }

            left.RemoveAt(at);
        }

        return left.Count == 0;
    }

    private static bool AreEntries(object? a, object? b) =>
        a is ParsedList { Items: [var k, var v] } && b is ParsedList { Items: [var l, var w] } && AreEqual(v, w)
            && (k is string || l is string) && Text(k).Trim('"', '\'') == Text(l).Trim('"', '\'');
}

/// <summary>Renders values for people to read.</summary>
internal static class ValueText
{
    private const int Longest = 160;

    /// <summary>Values of a call, joined by commas.</summary>
    public static string Of(IReadOnlyList<object> values) => string.Join(", ", values.Select(Of));

    /// <summary>Shortens a text to about 160 characters by cutting its middle.</summary>
    public static string Short(string text) => text.Length <= Longest ? text : text[..(Longest / 2)] + "…" + text[^(Longest / 2)..];

    private static string Of(object value) => value switch
    {
        List<object> list => "[" + Of(list) + "]",
        string text => JsonSerializer.Serialize(text, XCoder.Agents.Rows.RowJson.Options),
        char c => $"'{c}'",
        bool truth => truth ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
