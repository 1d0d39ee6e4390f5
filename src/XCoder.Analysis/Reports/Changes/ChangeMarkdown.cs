using System.Globalization;
using System.Text;
using XCoder.Analysis.Changes;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports.Changes;

/// <summary>
/// Renders a check as Markdown of GitHub, for a job summary or a comment: a line that says all, then a folded table for each kind. It
/// takes at most 60,000 bytes (a comment may have 65,536 characters); what does not fit is counted.
/// </summary>
public static class ChangeMarkdown
{
    /// <summary>The most bytes.</summary>
    public const int MostBytes = 60_000;

    // Left for what ends a table and says how much is missing.
    private const int TailBytes = 2_000;
    private const int MostPlaces = 10;
    private const int MostName = 300;

    /// <summary>Writes the report.</summary>
    public static void Write(Stream stream, ChangeReport report)
    {
        var text = new StringBuilder();
        text.Append($"### XCoder: {ChangeSummary.Headline(report)}\n\n");
        foreach (var line in ChangeSummary.Lines(report))
        {
            text.Append(Escape(Cut(line))).Append("\n\n");
        }

        var (bytes, left) = (Encoding.UTF8.GetByteCount(text.ToString()), 0);
        foreach (var section in report.Findings.GroupBy(static finding => (finding.IsTest, finding.Kind)))
        {
            var head = $"<details{(section.Key.IsTest || section.First().Rule.IsInformation ? "" : " open")}>\n<summary>"
                + $"{ChangeSummary.Title(section.Key.Kind, section.Key.IsTest, section.Count())}</summary>\n\n"
                + "| Place | Finding |\n|---|---|\n";
            var rows = new StringBuilder();
            foreach (var finding in section)
            {
                var row = Row(finding);
                var size = Encoding.UTF8.GetByteCount(row) + (rows.Length == 0 ? head.Length + 16 : 0);
                if (left > 0 || bytes + size > MostBytes - TailBytes)
                {
                    left++;
                    continue;
                }

                bytes += size;
                rows.Append(row);
            }

            text.Append(rows.Length == 0 ? "" : $"{head}{rows}\n</details>\n\n");
        }

        text.Append(left == 0 ? "" : $"{NumberText.Count(left, "more finding")} would not fit here; `xcoder check` lists all of them.\n");
        stream.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string Row(ChangeFinding finding)
    {
        var others = finding.Rest.Where(other => other != finding.Others[0]).Take(MostPlaces)
            .Select(other => Code(FindingText.PlaceOf(other, finding.Snippet.Repository))).ToList();
        var more = finding.Rest.Count() - 1 - others.Count;
        return $"| {Code(FindingText.PlaceOf(finding.Snippet, finding.Snippet.Repository))} | {FindingText.Of(finding, Code)}"
            + (others.Count == 0 ? "" : $"<br>Also: {string.Join(", ", others)}{(more > 0 ? $" and {NumberText.Count(more)} more" : "")}")
            + " |\n";
    }

    // In <code>, GitHub makes no mention, reference or link of a name.
    private static string Code(string text) => $"<code>{Escape(Cut(text))}</code>";

    private static string Cut(string text) => text.Length <= MostName ? text
        : text[..(MostName - (char.IsHighSurrogate(text[MostName - 1]) ? 1 : 0))] + "…";

    // Every sign that Markdown or HTML gives a meaning becomes a character reference, which is text in both.
    private static string Escape(string text)
    {
        var safe = new StringBuilder();
        foreach (var c in SafeText.ForTerminal(text))
        {
            if (char.IsAsciiLetterOrDigit(c) || c > '~' || c is ' ' or ',' or '.' or '/' or ';' or '(' or ')' or '%' or '?')
            {
                safe.Append(c);
            }
            else
            {
                safe.Append(CultureInfo.InvariantCulture, $"&#{(int)c};");
            }
        }

        return safe.ToString();
    }
}
