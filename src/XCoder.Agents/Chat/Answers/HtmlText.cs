using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace XCoder.Agents.Chat.Answers;

/// <summary>Turns an answer that a model wrote as a page of HTML into Markdown.</summary>
internal static partial class HtmlText
{
    // Longer pages are no answers, and unclosed elements cost the square of the length.
    private const int MaxPage = 32_000;

    /// <summary>Whether a text has headings, paragraphs, code or tables of HTML.</summary>
    public static bool IsPage(string text) =>
        text.Length <= MaxPage && !text.Contains('\0', StringComparison.Ordinal) && Page().IsMatch(text);

    /// <summary>The same in Markdown: headings, code in fences, items of lists, rows of tables, and text.</summary>
    public static string ToMarkdown(string page)
    {
        var codes = new List<string>();
        var text = Code().Replace(page, code =>
        {
            codes.Add(WebUtility.HtmlDecode(AnyTag().Replace(code.Groups["text"].Value, "")).Trim('\n', '\r'));
            return $"\n\u0000{codes.Count - 1}\u0000\n";
        });
        text = Heading().Replace(text, "\n\n## $1\n\n");
        text = Term().Replace(text, "\n\n## $1\n\n");
        text = Row().Replace(text, row =>
            $"\n{string.Concat(Cell().Matches(row.Value).Select(cell => $"| {cell.Groups[1].Value.Trim()} "))}|");
        text = Item().Replace(text, "\n- $1");

        // The page holds no such sign, but may spell one: what stands between two places is decoded apart from them.
        return string.Concat(AnyTag().Replace(Break().Replace(text, "\n"), "").Split('\0').Select((part, i) => i % 2 == 0
            ? WebUtility.HtmlDecode(part) : int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
                && code < codes.Count ? $"```\n{codes[code]}\n```" : ""));
    }

    [GeneratedRegex(@"<(?:h[1-6]|p|pre|li|td|dt)\b[^<>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Page();

    [GeneratedRegex(@"<pre\b[^<>]*>(?<text>[\s\S]*?)</pre>", RegexOptions.IgnoreCase)]
    private static partial Regex Code();

    [GeneratedRegex(@"<h[1-6]\b[^<>]*>([\s\S]*?)</h[1-6]>", RegexOptions.IgnoreCase)]
    private static partial Regex Heading();

    [GeneratedRegex(@"<dt\b[^<>]*>([\s\S]*?)</dt>", RegexOptions.IgnoreCase)]
    private static partial Regex Term();

    [GeneratedRegex(@"<tr\b[^<>]*>[\s\S]*?</tr>", RegexOptions.IgnoreCase)]
    private static partial Regex Row();

    [GeneratedRegex(@"<t[dh]\b[^<>]*>([\s\S]*?)</t[dh]>", RegexOptions.IgnoreCase)]
    private static partial Regex Cell();

    [GeneratedRegex(@"<li\b[^<>]*>([\s\S]*?)</li>", RegexOptions.IgnoreCase)]
    private static partial Regex Item();

    [GeneratedRegex(@"<br\s*/?>|</p>|</div>|</ul>|</ol>|</table>", RegexOptions.IgnoreCase)]
    private static partial Regex Break();

    [GeneratedRegex(@"<[!/]?[A-Za-z][^<>]{0,1000}>|<[/]?[A-Za-z]>", RegexOptions.IgnoreCase)]
    private static partial Regex AnyTag();
}
