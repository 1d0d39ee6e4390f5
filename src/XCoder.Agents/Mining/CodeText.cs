using System.Text;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Mining;

/// <summary>Code as it stands in a row.</summary>
internal static class RowCode
{
    // Letters of a documentation that it is known by.
    private const int Known = 24;

    /// <summary>
    /// Code from its first byte on, its indentation taken off every line that does not begin within a token, line ends as
    /// line feeds.
    /// </summary>
    /// <param name="file">Its file.</param>
    /// <param name="start">First byte.</param>
    /// <param name="end">End, exclusive.</param>
    /// <param name="firstToken">Index of its first token.</param>
    /// <param name="tokens">Number of tokens.</param>
    /// <param name="without">Documentation whose comment or string is left out; null: none.</param>
    public static string Read(StoredFile file, int start, int end, int firstToken, int tokens, string? without)
    {
        var documentation = without is null ? "" : Letters(without) is { Length: > Known } letters ? letters[..Known] : Letters(without);
        var text = file.Text.AsSpan();
        var indent = start;
        while (indent > 0 && text[indent - 1] is (byte)' ' or (byte)'\t')
        {
            indent--;
        }

        var width = indent == 0 || text[indent - 1] == (byte)'\n' ? start - indent : 0;
        var result = new StringBuilder();
        var at = start;
        var last = Math.Min(firstToken + tokens, file.Tokens.Count);
        for (var token = firstToken; token < last; token++)
        {
            var begin = file.Tokens.Starts[token];
            AppendGap(result, Encoding.UTF8.GetString(text[at..begin]), width, documentation);
            at = begin + file.Tokens.Lengths[token];
            result.Append(Encoding.UTF8.GetString(text[begin..at]));
        }

        AppendGap(result, Encoding.UTF8.GetString(text[at..Math.Max(at, end)]), width, "");
        return result.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Trim('\n', ' ', '\t', '\r');
    }

    /// <summary>Whether a text holds what steers a terminal or turns the direction of writing.</summary>
    public static bool HasControls(string text) => text.Any(c => (char.IsControl(c) && c is not ('\n' or '\t')) || c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\u200E' or '\u200F' or '\u2028' or '\u2029');

    // What stands between tokens is layout and comments, documentation strings among them.
    private static void AppendGap(StringBuilder result, string gap, int width, string documentation)
    {
        if (documentation.Length > 0 && Letters(gap).Contains(documentation, StringComparison.Ordinal))
        {
            var line = gap.LastIndexOf('\n');
            gap = line < 0 ? " " : "\n" + string.Concat(gap[(line + 1)..].TakeWhile(char.IsWhiteSpace));
        }

        for (var i = 0; i < gap.Length; i++)
        {
            result.Append(gap[i]);
            for (var skipped = 0; gap[i] == '\n' && skipped < width && i + 1 < gap.Length && gap[i + 1] is ' ' or '\t'; skipped++)
            {
                gap = gap.Remove(i + 1, 1);
            }
        }
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}
