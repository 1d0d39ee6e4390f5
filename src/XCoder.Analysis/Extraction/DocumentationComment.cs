using System.Text;

namespace XCoder.Analysis.Extraction;

/// <summary>Turns comments and documentation strings into the text they say.</summary>
internal static class DocumentationComment
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
            AddLines(comment.Trim(), lines);
        }

        return Join(lines);
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
