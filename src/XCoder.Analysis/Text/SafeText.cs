using System.Globalization;
using System.Text;

namespace XCoder.Analysis.Text;

/// <summary>
/// Escapes characters that affect a display instead of appearing on it: control characters, escape sequences, bidi
/// marks, zero-width and other format characters, line separators. Names, paths and code are untrusted.
/// </summary>
public static class SafeText
{
    // Unicode classifies these as letters, but every font shows them blank.
    private static readonly int[] Blank = [0x115F, 0x1160, 0x3164, 0xFFA0];

    /// <summary>
    /// For one line: escapes every such character, tabs and line feeds included, as <c>\n</c>, <c>\x1B</c> or
    /// <c>\u202E</c>.
    /// </summary>
    public static string ForTerminal(string text) => Escape(text, lines: false);

    /// <summary>For several lines of code: keeps tabs and line feeds, and drops a carriage return before a line feed.</summary>
    public static string ForLines(string text) => Escape(text.Replace("\r\n", "\n", StringComparison.Ordinal), lines: true);

    private static string Escape(string text, bool lines)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
        {
            return text;
        }

        var safe = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Acts(rune) || (lines && rune.Value is '\n' or '\t'))
            {
                safe.Append(rune.ToString());
            }
            else
            {
                AppendVisible(safe, rune.Value);
            }
        }

        return safe.ToString();
    }

    private static bool Acts(Rune rune) =>
        Array.IndexOf(Blank, rune.Value) >= 0 || Rune.GetUnicodeCategory(rune) is
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned;

    private static void AppendVisible(StringBuilder safe, int value) => _ = value switch
    {
        '\n' => safe.Append("\\n"),
        '\r' => safe.Append("\\r"),
        '\t' => safe.Append("\\t"),
        <= 0xFF => safe.Append(CultureInfo.InvariantCulture, $"\\x{value:X2}"),
        <= 0xFFFF => safe.Append(CultureInfo.InvariantCulture, $"\\u{value:X4}"),
        _ => safe.Append(CultureInfo.InvariantCulture, $"\\U{value:X8}"),
    };
}
