using System.Globalization;
using System.Numerics;

namespace XCoder.Agents.Verification.Judging;

/// <summary>
/// The encoding of values that pass between an answer and the tests: a tag, followed for most types by digits and a semicolon. <c>n</c> is
/// null, <c>v</c> undefined, <c>t</c> true, <c>f</c> false, <c>i</c> an integer, <c>d</c> a floating-point number, <c>c</c> a character
/// code; <c>s</c>, <c>b</c> and <c>y</c> are a text, bytes and a symbol in hexadecimal; <c>l</c>, <c>u</c>, <c>e</c> and <c>z</c> are a
/// list, tuple, set and frozen set with the number of items that follow; <c>m</c> is a map with the number of pairs of key and value that
/// follow.
/// </summary>
internal static class WireValue
{
    private const int MostDepth = 64, MostDigits = 20_000, OddStep = 50;
    private const string Plain = "nvtf", Texts = "sby", Items = "luez", Map = "m", Changeable = "lemb";

    /// <summary>Whether a text is exactly one value.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        var at = 0;
        return Skip(text, ref at, 0) && at == text.Length;
    }

    /// <summary>
    /// Returns another value of the same type, for a control run, or null if nothing in the value can be changed. All items of lists and
    /// maps change by different steps, so they are no longer sorted or equal, and a test sees another value wherever it looks.
    /// </summary>
    /// <param name="text">A value for which <see cref="IsValid"/> is true.</param>
    /// <param name="step">How far to change numbers and texts, 1 or more; values changed by different steps stay different.</param>
    public static string? Change(string text, int step)
    {
        var tag = text[0];
        if (Items.Contains(tag, StringComparison.Ordinal) || Map.Contains(tag, StringComparison.Ordinal))
        {
            var isMap = Map.Contains(tag, StringComparison.Ordinal);
            var changed = Head(text)
                + string.Concat(ItemsOf(text).Select((item, i) => Change(item, step + ((isMap ? i / 2 : i) % 2 * OddStep)) ?? item));
            return changed == text ? null : changed;
        }

        var digits = text.Length > 2 ? text[1..^1] : "";
        return tag switch
        {
            't' => "f",
            'f' => "t",
            'i' or 'c' => tag + (BigInteger.Parse(digits, CultureInfo.InvariantCulture) + (tag == 'c' && step > 20 ? 1 : step))
                .ToString(CultureInfo.InvariantCulture) + ";",
            'd' => "d" + (double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number) ? number + step + Math.Abs(number / 2) : step).ToString("R", CultureInfo.InvariantCulture) + ";",
            _ when Texts.Contains(tag, StringComparison.Ordinal) =>
                $"{tag}{digits}{string.Concat(Enumerable.Repeat("78", Math.Min(step, 100)))};",
            _ => null,
        };
    }

    /// <summary>
    /// Returns the value of the same type that careless tests accept for any other: NaN, which no comparison rejects, or an empty list,
    /// text or map. Other types get a changed value. The items of a tuple are replaced one by one, because some languages return several
    /// values as a tuple.
    /// </summary>
    /// <param name="text">A value for which <see cref="IsValid"/> is true.</param>
    /// <param name="step">How far to change values that cannot be empty.</param>
    public static string Empty(string text, int step)
    {
        var tag = text[0];
        return tag == 'd' ? "dNaN;"
            : tag == 'u' ? Head(text) + string.Concat(ItemsOf(text).Select(item => Empty(item, step)))
            : Texts.Contains(tag, StringComparison.Ordinal) ? $"{tag};"
            : Items.Contains(tag, StringComparison.Ordinal) || Map.Contains(tag, StringComparison.Ordinal) ? $"{tag}0;"
            : Change(text, step) ?? text;
    }

    /// <summary>Whether careless tests accept a value for any other: null, undefined, NaN or empty.</summary>
    /// <param name="text">A value for which <see cref="IsValid"/> is true.</param>
    public static bool IsEmpty(string text) =>
        text[0] == 'u' ? ItemsOf(text).All(IsEmpty) : text is "n" or "v" or "dNaN;" || (text.Length <= 3 && text == Empty(text, 1));

    /// <summary>Returns the arguments with each list, set, map and text in them emptied.</summary>
    /// <param name="text">A list or map of arguments for which <see cref="IsValid"/> is true.</param>
    public static string EmptyItems(string text) =>
        !Items.Contains(text[0], StringComparison.Ordinal) && !Map.Contains(text[0], StringComparison.Ordinal) ? text
        : Head(text)
            + string.Concat(ItemsOf(text)
                .Select((item, i) => text[0] == 'm' && i % 2 == 0 || "nvtficd".Contains(item[0], StringComparison.Ordinal) ? item
                    : Empty(item, 1)));

    /// <summary>
    /// Returns the arguments with other items in each list, set, map and byte string that a call has changed, or null if it has changed
    /// none.
    /// </summary>
    /// <param name="text">The arguments after the call.</param>
    /// <param name="before">The request; an argument whose encoding occurs in it counts as unchanged.</param>
    /// <param name="step">How far to change numbers and texts, 1 or more.</param>
    public static string? ChangeItems(string text, string before, int step)
    {
        if (!Changeable.Contains(text[0], StringComparison.Ordinal))
        {
            return null;
        }

        var changed = Head(text)
            + string.Concat(ItemsOf(text)
                .Select((item, i) => text[0] == 'm' && i % 2 == 0 || !Changeable.Contains(item[0], StringComparison.Ordinal)
                    || before.Contains(item, StringComparison.Ordinal) ? item
            : item[0] == 'b' ? ChangeBytes(item, step) : Change(item, step) ?? item));
        return changed == text ? null : changed;
    }

    // In some languages a 0 byte ends a text, so zeros stay unless there is nothing else.
    private static string ChangeBytes(string text, int step)
    {
        var bytes = Convert.FromHexString(text.AsSpan(1, text.Length - 2));
        var hasOnlyZeros = !bytes.AsSpan().ContainsAnyExcept((byte)0);
        var changed = bytes.Select((value, i) => value == 0 && !hasOnlyZeros ? 0 : ((value + step + i) % 255) + 1);
        return $"b{string.Concat(changed.Select(value => value.ToString("x2", CultureInfo.InvariantCulture)))};";
    }

    private static string Head(string text) => text[..(text.IndexOf(';', StringComparison.Ordinal) + 1)];

    private static List<string> ItemsOf(string text)
    {
        var items = new List<string>();
        for (var at = text.IndexOf(';', StringComparison.Ordinal) + 1; at < text.Length;)
        {
            var from = at;
            Skip(text, ref at, 0);
            items.Add(text[from..at]);
        }

        return items;
    }

    private static bool Skip(ReadOnlySpan<char> text, ref int at, int depth)
    {
        if (at >= text.Length || depth > MostDepth)
        {
            return false;
        }

        var tag = text[at++];
        if (Plain.Contains(tag, StringComparison.Ordinal))
        {
            return true;
        }

        var length = text[at..].IndexOf(';');
        if (length < 0)
        {
            return false;
        }

        var digits = text.Slice(at, length);
        at += length + 1;
        if (tag is 'i' or 'c')
        {
            var isNegative = digits.Length > 0 && digits[0] == '-';
            return digits.Length > (isNegative ? 1 : 0) && digits.Length <= MostDigits
                && !digits[(isNegative ? 1 : 0)..].ContainsAnyExceptInRange('0', '9');
        }

        if (tag == 'd')
        {
            return digits is "NaN" or "Infinity" or "-Infinity"
                || double.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                    CultureInfo.InvariantCulture, out _);
        }

        if (Texts.Contains(tag, StringComparison.Ordinal))
        {
            return digits.Length % 2 == 0 && !digits.ContainsAnyExcept("0123456789abcdef");
        }

        if ((!Items.Contains(tag, StringComparison.Ordinal) && !Map.Contains(tag, StringComparison.Ordinal))
            || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        for (long left = Map.Contains(tag, StringComparison.Ordinal) ? 2L * count : count; left > 0; left--)
        {
            if (!Skip(text, ref at, depth + 1))
            {
                return false;
            }
        }

        return true;
    }
}
