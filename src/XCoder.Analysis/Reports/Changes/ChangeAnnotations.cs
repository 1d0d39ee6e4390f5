using System.Text;
using XCoder.Analysis.Changes;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports.Changes;

/// <summary>
/// Renders a check as workflow commands of GitHub Actions, which become annotations of a pull request. GitHub shows the first ten of
/// each level in a step; the others are listed as plain lines, and a last line says so.
/// </summary>
public static class ChangeAnnotations
{
    private const int MostShown = 10;

    /// <summary>Writes one command a line, warnings first.</summary>
    public static void Write(Stream stream, ChangeReport report) => AsideFile.Text(writer =>
    {
        var levels = report.Findings.GroupBy(static finding => finding.Severity == "warning" ? "warning" : "notice")
            .OrderByDescending(static level => level.Key, StringComparer.Ordinal).ToList();
        var rest = new List<ChangeFinding>();
        foreach (var level in levels)
        {
            foreach (var finding in level.Take(MostShown))
            {
                writer.Write(Command(level.Key, finding, report.Repository.Name) + "\n");
            }

            rest.AddRange(level.Skip(MostShown));
        }

        foreach (var finding in rest)
        {
            writer.Write(Plain($"- {FindingText.PlaceOf(finding.Snippet, report.Repository.Name)}: {finding.Message}") + "\n");
        }

        foreach (var line in ChangeSummary.Lines(report))
        {
            writer.Write(Plain("- " + line) + "\n");
        }

        if (rest.Count > 0)
        {
            writer.Write($"- GitHub shows {MostShown} annotations of a level in a step: {NumberText.Count(rest.Count, "more finding")} "
                + "above in this log, and all in a job summary (--format markdown).\n");
        }
    })(stream);

    private static string Command(string level, ChangeFinding finding, string repository)
    {
        var lines = finding.Snippet.IsFile ? ""
            : FormattableString.Invariant(
                $",line={finding.Snippet.Span.StartLine},endLine={finding.Snippet.Span.EndLine}");
        var others = finding.Rest.Where(other => other != finding.Others[0]).Take(MostShown)
            .Select(other => "\n" + SafeText.ForTerminal($"also {FindingText.PlaceOf(other, repository)}"));
        var (file, title) = (Property(SafeText.ForTerminal(finding.Snippet.Path)), Property($"XCoder: {finding.Rule.Title}"));
        return $"::{level} file={file}{lines},title={title}::"
            + Data(SafeText.ForTerminal(finding.Message) + string.Concat(others));
    }

    // As toolkit/packages/core/src/command.ts escapes them.
    private static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);

    // The runner reads commands at the start of a line, and the old form '##[command]' anywhere in it.
    private static string Plain(string text) => SafeText.ForTerminal(text).Replace("##[", "##\\[", StringComparison.Ordinal);
}
