using System.Globalization;
using System.Text;

namespace XCoder.Analysis.Reports;

/// <summary>Columns a text takes on a terminal: East Asian wide characters two, combining marks none.</summary>
internal static class DisplayWidth
{
    private const string Ellipsis = "…";

    // Unicode's East Asian Width W and F, joined to blocks, and the emoji blocks.
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F), (0x231A, 0x231B), (0x2329, 0x232A), (0x23E9, 0x23EC), (0x2E80, 0x303E), (0x3041, 0x33FF),
        (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA000, 0xA4CF), (0xA960, 0xA97F), (0xAC00, 0xD7A3), (0xF900, 0xFAFF),
        (0xFE30, 0xFE6F), (0xFF01, 0xFF60), (0xFFE0, 0xFFE6), (0x16FE0, 0x18AFF), (0x1B000, 0x1B2FF), (0x1F004, 0x1F004),
        (0x1F0CF, 0x1F0CF), (0x1F18E, 0x1F19A), (0x1F200, 0x1F320), (0x1F32D, 0x1F64F), (0x1F680, 0x1F6FF),
        (0x1F900, 0x1F9FF), (0x1FA70, 0x1FAFF), (0x20000, 0x3FFFD),
    ];

    /// <summary>Width of <paramref name="text"/> in columns.</summary>
    internal static int Of(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += Of(rune);
        }

        return width;
    }

    /// <summary>The text in at most <paramref name="width"/> columns; what is cut, at its end or start, becomes an ellipsis.</summary>
    internal static string Fit(string text, int width, bool keepEnd)
    {
        if (Of(text) <= width)
        {
            return text;
        }

        var runes = text.EnumerateRunes().ToArray();
        var (kept, room) = (0, width - 1);
        while (kept < runes.Length && Of(runes[keepEnd ? runes.Length - 1 - kept : kept]) is var next && next <= room)
        {
            (kept, room) = (kept + 1, room - next);
        }

        var part = string.Concat((keepEnd ? runes[^kept..] : runes[..kept]).Select(rune => rune.ToString()));
        return width <= 0 ? "" : keepEnd ? Ellipsis + part : part + Ellipsis;
    }

    private static int Of(Rune rune)
    {
        if (rune.Value < 0x300)
        {
            return 1;
        }

        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
        {
            return 0;
        }

        return Array.Exists(Wide, range => range.First <= rune.Value && rune.Value <= range.Last) ? 2 : 1;
    }
}
