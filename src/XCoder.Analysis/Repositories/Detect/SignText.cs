using System.Text;
using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Detect;

/// <summary>
/// The part of a text in which signs of a language may stand. Blanked are comments between <c>/*</c> and <c>*/</c>, from <c>//</c> to
/// the line's end, in Perl's documentation and behind its <c>__END__</c>; strings on one line; and the regions that a header of C keeps for
/// C++ (<c>#ifdef __cplusplus</c>). What has no end is no comment: other languages use the same characters otherwise.
/// </summary>
internal static partial class SignText
{
    /// <summary>The text, of the same length, with spaces in the place of what says nothing.</summary>
    /// <param name="start">The beginning of a file, in UTF-8 or another extension of ASCII.</param>
    public static string Of(ReadOnlySpan<byte> start)
    {
        var text = Encoding.Latin1.GetString(start).ToCharArray();
        for (var i = 0; i < text.Length; i++)
        {
            i = text[i] switch
            {
                '/' when At(text, i + 1) == '*' => Blank(text, i, CommentEnd(text, i + 2)),
                '/' when At(text, i + 1) == '/' && At(text, i - 1) != ':' => Blank(text, i, LineEnd(text, i)),
                '"' => Blank(text, i + 1, StringEnd(text, i)),
                '\'' when At(text, i + 2) == '\'' => i + 2,
                '\'' when At(text, i + 1) == '\\' && At(text, i + 3) == '\'' => i + 3,
                _ => i,
            };
        }

        return ForOthers().Replace(Documentation().Replace(new string(text), Spaces), Spaces);
    }

    private static string Spaces(Match match)
    {
        var text = match.Value.ToCharArray();
        Blank(text, 0, text.Length);
        return new string(text);
    }

    private static char At(char[] text, int index) => index >= 0 && index < text.Length ? text[index] : '\0';

    // Blanks up to an end, exclusive, and returns the last index that needs no further look; without an end, blanks nothing.
    private static int Blank(char[] text, int from, int end)
    {
        for (var i = from; i < end; i++)
        {
            text[i] = text[i] is '\n' or '\r' ? text[i] : ' ';
        }

        // A string's end is its quote, which must not open another.
        return end < 0 ? from : At(text, end) == '"' ? end : end - 1;
    }

    private static int CommentEnd(char[] text, int from)
    {
        var at = text.AsSpan(Math.Min(from, text.Length)).IndexOf("*/");
        return at < 0 ? -1 : from + at + 2;
    }

    private static int LineEnd(char[] text, int from)
    {
        var end = Array.IndexOf(text, '\n', from);
        return end < 0 ? text.Length : end;
    }

    private static int StringEnd(char[] text, int quote)
    {
        for (var i = quote + 1; i < text.Length && text[i] != '\n'; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                return i;
            }
        }

        return -1;
    }

    [GeneratedRegex(@"^=(?:pod|head[1-4]|begin|over|item|for|encoding)\b(?s:.*?)(?:^=cut\b|\z)|^__(?:END|DATA)__(?s:.*)",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Documentation();

    [GeneratedRegex(@"^[ \t]*#[ \t]*if(?:def)?\b[^\n!]*\b__cplusplus\b(?s:.*?)^[ \t]*#[ \t]*(?:else|elif|endif)\b",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex ForOthers();
}
