using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace XCoder.Agents.Redaction;

/// <summary>Finds runs of base64 whose plain text holds something sensitive.</summary>
internal static class Base64Finder
{
    private const int Shortest = 20;
    private const int Longest = 8 << 10;

    private static readonly SensitiveKind Encoded = new("base64-secret", "BASE64_SECRET");

    private static readonly SearchValues<char> Digits =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

    /// <summary>Adds the runs. Takes time linear in the text's length, if the search in plain text does.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isSensitive">Tells whether a plain text holds something sensitive.</param>
    /// <param name="found">Receives the findings.</param>
    public static void Find(string text, Func<string, bool> isSensitive, List<Finding> found)
    {
        for (var at = 0; at < text.Length;)
        {
            var start = text.AsSpan(at).IndexOfAny(Digits);
            if (start < 0)
            {
                return;
            }

            start += at;
            var length = text.AsSpan(start).IndexOfAnyExcept(Digits);
            length = length < 0 ? text.Length - start : length;
            var end = start + length;
            if (length >= Shortest && Plain(text.AsSpan(start, Math.Min(length, Longest))) is { } plain && isSensitive(plain))
            {
                while (end < text.Length && text[end] == '=')
                {
                    end++;
                }

                found.Add(new Finding(start, end, Encoded, Finding.Named));
            }

            at = end;
        }
    }

    // The decoded text; null for a word, a path or bytes that are no text.
    private static string? Plain(ReadOnlySpan<char> run)
    {
        if (run.IndexOfAnyInRange('A', 'Z') < 0 || run.IndexOfAnyInRange('a', 'z') < 0)
        {
            return null;
        }

        Span<char> digits = run.Length <= 1024 ? stackalloc char[run.Length] : new char[run.Length];
        run.Replace(digits, '-', '+');
        digits.Replace('_', '/');
        var whole = digits[..(digits.Length / 4 * 4)];
        var bytes = new byte[digits.Length];
        if (!Convert.TryFromBase64Chars(whole, bytes, out var length))
        {
            return null;
        }

        var padding = "=="[..(digits.Length % 4 > 1 ? 4 - (digits.Length % 4) : 0)];
        if (padding.Length > 0
            && Convert.TryFromBase64Chars([.. digits[whole.Length..], .. padding], bytes.AsSpan(length), out var rest))
        {
            length += rest;
        }

        var decoded = bytes.AsSpan(0, length);
        return Utf8.IsValid(decoded) && !decoded.ContainsAnyInRange((byte)0, (byte)8)
            && !decoded.ContainsAnyInRange((byte)14, (byte)31) ? Encoding.UTF8.GetString(decoded) : null;
    }
}
