using System.Text;
using System.Text.RegularExpressions;

namespace XCoder.Analysis.Extraction.TreeSitter;

/// <summary>Turns comments and documentation strings into the text they say.</summary>
internal static partial class DocumentationComment
{
    // Longest first: "/**" before "/*", "///" before "//".
    private static readonly string[] Openings = ["/**", "/*!", "/*", "{-|", "{- |", "{-", "(**", "(*", "<#", "--[[", "\"\"\"", "'''"];
    private static readonly string[] Closings = ["**/", "*/", "-}", "*)", "#>", "]]", "\"\"\"", "'''"];
    private static readonly string[] LineSigns = ["///", "//!", "//", "---", "-- |", "-- ^", "--", "#'", "##", "#:", "#", ";;", ";", "%"];

    /// <summary>Text of comments that follow one another, signs and common indentation removed; null if nothing is left.</summary>
    public static string? Clean(IEnumerable<string> comments)
    {
        var lines = new List<string>();
        foreach (var comment in comments)
        {
            var text = comment.Trim();
            if (text.StartsWith('@'))
            {
                // An attribute documents by the string it holds (@doc """…"""), not by other values (@doc false).
                text = Attribute().Match(text) is { Success: true } attribute ? text[attribute.Length..] : "";
            }

            AddLines(Unquote(text), lines);
        }

        return Join(lines);
    }

    [GeneratedRegex("""^@\w+[\s(]+(?=(~?\w)?["'])""", RegexOptions.CultureInvariant)]
    private static partial Regex Attribute();

    /// <summary>A string literal with its prefix: <c>r"…"</c>, <c>~S'''…'''</c>.</summary>
    [GeneratedRegex("""^~?[A-Za-z]{0,3}(?<quote>"{3}|'{3}|"|')(?<text>.*)\k<quote>$""", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Literal();

    /// <summary>Takes off the prefix of a string literal, and its quotes where they are single ones.</summary>
    private static string Unquote(string text)
    {
        var literal = Literal().Match(text);
        var quote = literal.Groups["quote"];
        return !literal.Success ? text : quote.Length == 1 ? literal.Groups["text"].Value : text[quote.Index..];
    }

    private static void AddLines(string comment, List<string> lines)
    {
        var opening = Openings.FirstOrDefault(sign => comment.StartsWith(sign, StringComparison.Ordinal));
        if (opening is null)
        {
            foreach (var line in comment.Split('\n'))
            {
                var text = line.Trim();
                var sign = LineSigns.FirstOrDefault(sign => text.StartsWith(sign, StringComparison.Ordinal));
                text = sign is null ? text : text[sign.Length..].TrimStart(sign[^1]);
                lines.Add(text.StartsWith(' ') ? text[1..] : text);
            }

            return;
        }

        var body = comment[opening.Length..];
        var closing = Closings.FirstOrDefault(sign => body.EndsWith(sign, StringComparison.Ordinal));
        body = closing is null ? body : body[..^closing.Length];
        var inner = body.Split('\n');

        // A column of stars belongs to the comment, not to the text.
        var starred = opening.StartsWith('/') && inner.Skip(1).All(line => line.TrimStart() is "" or ['*', ..]);
        var indent = inner.Skip(1).Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        for (var i = 0; i < inner.Length; i++)
        {
            var line = inner[i].TrimEnd();
            if (starred && i > 0)
            {
                line = line.TrimStart().TrimStart('*');
                line = line.StartsWith(' ') ? line[1..] : line;
            }
            else if (i > 0)
            {
                line = line.Length >= indent ? line[indent..] : line.TrimStart();
            }
            else
            {
                line = line.TrimStart();
            }

            lines.Add(line);
        }
    }

    private static string? Join(List<string> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines.SkipWhile(string.IsNullOrWhiteSpace))
        {
            // Rulers of one repeated sign say nothing.
            if (line.Length > 3 && line.Trim() is { Length: > 3 } trimmed && !trimmed.Any(char.IsLetterOrDigit))
            {
                continue;
            }

            text.Append(line.TrimEnd()).Append('\n');
        }

        var result = text.ToString().Trim('\n', ' ', '\t', '\r');
        return result.Any(char.IsLetterOrDigit) ? result : null;
    }
}
