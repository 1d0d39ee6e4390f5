using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Repositories.Detect;

/// <summary>
/// Returns the lines of the comments at the head of a file: those before the first code. A <c>#!</c> line, blank lines and the
/// language's prelude are passed over.
/// </summary>
internal static class HeadComments
{
    // Of a file whose language is unknown: what most languages share.
    private static readonly CommentSyntax Usual = new(["//", "#", "--", ";", "%"],
        [("/*", "*/"), ("<!--", "-->"), ("(*", "*)"), ("{-", "-}"), ("\"\"\"", "\"\"\"")], @"<\?.*");

    private static readonly ConcurrentDictionary<string, Regex> Preludes = new();

    /// <summary>The lines, with what begins a comment, without what ends it.</summary>
    /// <param name="text">Start of the file.</param>
    /// <param name="syntax">How the language writes comments; null if unknown.</param>
    public static IEnumerable<string> Lines(string text, CommentSyntax? syntax)
    {
        syntax ??= Usual;
        for (var at = Start(text); at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            else if (syntax.Block.FirstOrDefault(block => IsAt(text, at, block.Open)) is { Open: { } open, Close: { } close })
            {
                var end = text.IndexOf(close, at + open.Length, StringComparison.Ordinal);
                foreach (var line in text[at..(end < 0 ? text.Length : end)].Split('\n'))
                {
                    yield return line.TrimEnd('\r');
                }

                at = end < 0 ? text.Length : end + close.Length;
            }
            else
            {
                var end = text.IndexOf('\n', at) is >= 0 and var found ? found : text.Length;
                var line = text[at..end].TrimEnd('\r');
                if (syntax.Line.Any(mark => line.StartsWith(mark, StringComparison.Ordinal)))
                {
                    yield return line;
                }
                else if (syntax.Prelude.Length == 0 || !Prelude(syntax.Prelude).IsMatch(line.TrimEnd()))
                {
                    yield break;
                }

                at = end;
            }
        }
    }

    private static int Start(string text)
    {
        var start = text.StartsWith('\uFEFF') ? 1 : 0;
        return IsAt(text, start, "#!") && !IsAt(text, start, "#![") ? text.IndexOf('\n') is >= 0 and var end ? end : text.Length : start;
    }

    private static bool IsAt(string text, int at, string word) => text.AsSpan(at).StartsWith(word, StringComparison.Ordinal);

    private static Regex Prelude(string pattern) => Preludes.GetOrAdd(pattern,
        static pattern => new Regex($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant));
}
