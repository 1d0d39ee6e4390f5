using System.Globalization;
using System.Text;

namespace XCoder.Analysis.Text;

/// <summary>
/// Makes the characters visible that act on a display instead of standing on it: controls, escape sequences, bidi
/// marks, zero-width and other format characters, line separators. Names, paths and code are data of strangers.
/// </summary>
public static class SafeText
{
    // Letters by their category, blank in every font.
    private static readonly int[] Blank = [0x115F, 0x1160, 0x3164, 0xFFA0];

    /// <summary>One line: every such character, tabs and line feeds too, becomes <c>\n</c>, <c>\x1B</c> or <c>\u202E</c>.</summary>
    public static string ForTerminal(string text) => Escape(text, lines: false);

    /// <summary>Several lines of code: line feeds and tabs stay, a carriage return before a line feed goes.</summary>
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
