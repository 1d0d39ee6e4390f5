using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace XCoder.Agents.Prompts;

/// <summary>
/// The form in which a prompt passes through Semantic Kernel: an element for each message. The kernel reads it as XML, and a
/// prompt that is no XML silently becomes one user message, so texts are encoded and hold no character that XML 1.0 forbids.
/// </summary>
internal static partial class PromptMarkup
{
    private const char Replacement = '\uFFFD';

    /// <summary>Writes messages; each text is data, whatever it says.</summary>
    public static string Write(IEnumerable<PromptMessage> messages)
    {
        var text = new StringBuilder();
        foreach (var message in messages)
        {
            // A carriage return of its own would be read as a line feed.
            var encoded = WebUtility.HtmlEncode(Clean(message.Text)).Replace("\r", "&#13;", StringComparison.Ordinal);
            text.Append("<message role=\"").Append(message.Role).Append("\">").Append(encoded).Append("</message>\n");
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="Write"/> wrote, and what a filter may have made of it.</summary>
    public static IReadOnlyList<PromptMessage> Read(string markup) =>
        [.. Cut(markup).Select(message => new PromptMessage(message.Role, WebUtility.HtmlDecode(message.Text)))];

    /// <summary>Cuts a text at its message elements; without any, all of it is the user's.</summary>
    public static IEnumerable<(string Role, string Text)> Cut(string markup)
    {
        var found = MessageTag().Matches(markup);
        return found.Count == 0 ? [(PromptMessage.User, markup)]
            : found.Select(match => (match.Groups["role"].Value, match.Groups["text"].Value));
    }

    /// <summary>
    /// The text with U+FFFD in place of every control character but tab and line ends, U+FFFE, U+FFFF and lone surrogates.
    /// </summary>
    public static string Clean(string text)
    {
        var at = FirstForbidden(text, 0);
        if (at < 0)
        {
            return text;
        }

        var clean = text.ToCharArray();
        for (; at >= 0; at = FirstForbidden(text, at + 1))
        {
            clean[at] = Replacement;
        }

        return new string(clean);
    }

    private static int FirstForbidden(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (text[i] is (< ' ' and not ('\t' or '\n' or '\r')) or '\uFFFE' or '\uFFFF' || char.IsSurrogate(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    [GeneratedRegex("""<message role="(?<role>system|user|assistant)">(?<text>.*?)</message>""",
        RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex MessageTag();
}
