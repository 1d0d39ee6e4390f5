using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>The documentation comment before a declaration, as plain text.</summary>
internal static partial class CommentText
{
    /// <summary>The text, or null where there is no documentation comment or nothing in it.</summary>
    public static string? Before(SyntaxToken first)
    {
        if (!first.HasLeadingTrivia)
        {
            return null;
        }

        var comments = new List<string>();
        var lineEnds = 0;
        foreach (var trivia in first.LeadingTrivia.Reverse())
        {
            var kind = trivia.Kind();
            if (kind == SyntaxKind.EndOfLineTrivia)
            {
                // A blank line divides a declaration's comment from those above it.
                if (++lineEnds > 1 && comments.Count > 0)
                {
                    break;
                }
            }
            else if (kind is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia)
            {
                lineEnds = 0;
                if (Written(trivia.ToString(), kind) is { } text)
                {
                    comments.Add(text);
                }
            }
        }

        if (comments.Count == 0)
        {
            return null;
        }

        comments.Reverse();
        return Clean(string.Join('\n', comments));
    }

    /// <summary>Removes the tags of documentation XML and keeps what they say.</summary>
    public static string? Clean(string xml)
    {
        var text = Tag().Replace(xml, Spoken);
        var builder = new StringBuilder(text.Length);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace())
            {
                continue;
            }

            builder.Append(builder.Length > 0 ? "\n" : "").Append(line.Trim());
        }

        return builder.Length == 0 ? null : Entities(builder);
    }

    // The comment without its signs, or null for a comment that documents nothing.
    private static string? Written(string comment, SyntaxKind kind)
    {
        if (kind == SyntaxKind.SingleLineCommentTrivia)
        {
            return comment.StartsWith("///", StringComparison.Ordinal) && !comment.StartsWith("////", StringComparison.Ordinal)
                ? comment[3..]
                : null;
        }

        if (!comment.StartsWith("/**", StringComparison.Ordinal) || comment.Length < 5)
        {
            return null;
        }

        var body = comment.EndsWith("*/", StringComparison.Ordinal) ? comment[3..^2] : comment[3..];
        return string.Join('\n', body.Split('\n').Select(line => line.Trim() is ['*', .. var rest] ? rest : line));
    }

    private static string Spoken(Match tag)
    {
        var name = tag.Groups["name"].Value;
        var value = tag.Groups["value"] is { Success: true } values ? values.Captures[0].Value : "";
        var closing = tag.Groups["close"].Length > 0;
        return name switch
        {
            "param" or "typeparam" or "exception" or "permission" => closing || value.Length == 0 ? "\n" : $"\n{Reference(value)}: ",
            "see" or "seealso" or "paramref" or "typeparamref" => tag.Groups["empty"].Length > 0 ? Reference(value) : "",
            "returns" => closing ? "\n" : "\nreturns: ",
            "summary" or "remarks" or "value" or "example" or "para" or "br" or "list" or "item" or "code" => "\n",
            "term" => closing ? ": " : "",
            _ => "",
        };
    }

    // "T:System.String" and "M:A.B(System.Int32)" without the compiler's prefix.
    private static string Reference(string value) =>
        value.Length > 2 && value[1] == ':' && char.IsAsciiLetterUpper(value[0]) ? value[2..] : value;

    private static string Entities(StringBuilder text) =>
        text.Replace("&lt;", "<").Replace("&gt;", ">").Replace("&quot;", "\"").Replace("&apos;", "'").Replace("&amp;", "&").ToString();

    // Only the tags documentation has: List<int> in a comment is text.
    [GeneratedRegex(
        """
        <(?<close>/)?(?<name>summary|remarks|returns|value|example|para|br|list|listheader|item|term|description|code|c|b|i|u|em|strong|a|
        param|typeparam|exception|permission|seealso|see|paramref|typeparamref|inheritdoc|include)
        (\s+(?<key>[\w:]+)\s*=\s*("(?<value>[^"<]*)"|'(?<value>[^'<]*)'))*\s*(?<empty>/)?>
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();
}
