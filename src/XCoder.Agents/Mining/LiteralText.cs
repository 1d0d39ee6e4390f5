using System.Globalization;

namespace XCoder.Agents.Mining;

/// <summary>Literals as languages share them: <c>0xFF</c> is 255, quotes and placeholders do not count.</summary>
internal static class LiteralText
{
    private const int LongestNumber = 40;

    /// <summary>A literal to compare, or null where it says little: 0, 1, 2, a string without letters or digits.</summary>
    public static string? Normalise(string text)
    {
        if (text.Length > 0 && (char.IsAsciiDigit(text[0]) || (text[0] == '.' && text.Length > 1)))
        {
            return Number(text) is { } value && value is not (0 or 1 or 2) ? value.ToString("R", CultureInfo.InvariantCulture) : null;
        }

        var quote = text.AsSpan().IndexOfAny('"', '\'', '`');
        var inner = string.Concat((quote is >= 0 and <= 3 ? text[quote..] : text).Where(char.IsLetterOrDigit)).ToLowerInvariant();
        return inner.Length > 1 ? "\"" + inner : null;
    }

    private static double? Number(string text)
    {
        if (text.Length > LongestNumber)
        {
            return null;
        }

        var plain = text.Replace("_", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal).ToLowerInvariant();
        if (plain.StartsWith("0x", StringComparison.Ordinal))
        {
            var digits = string.Concat(plain.Skip(2).TakeWhile(char.IsAsciiHexDigit));
            return ulong.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hexadecimal) ? hexadecimal : null;
        }

        if (plain.StartsWith("0b", StringComparison.Ordinal))
        {
            var digits = string.Concat(plain.Skip(2).TakeWhile(c => c is '0' or '1'));
            return digits.Length is > 0 and <= 64 ? Convert.ToUInt64(digits, 2) : null;
        }

        var length = plain.AsSpan().IndexOfAnyExcept("0123456789.e+-");
        return double.TryParse(length < 0 ? plain : plain[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
