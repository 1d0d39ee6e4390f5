using XCoder.Analysis.Changes;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports.Changes;

/// <summary>Renders a check as issues of Code Climate, in the subset that GitLab reads: one array.</summary>
public static class ChangeCodeClimate
{
    /// <summary>Writes the report.</summary>
    public static void Write(Stream stream, ChangeReport report)
    {
        var prints = new ChangePrints();
        JsonLines.WriteArray(stream, report.Findings, (json, finding) =>
        {
            json.WriteStartObject();
            json.WriteString("type", "issue");
            json.WriteString("description", SafeText.ForTerminal(finding.Message));
            json.WriteString("check_name", $"xcoder/{finding.Rule.Name}");
            json.WriteStartArray("categories");
            json.WriteStringValue("Duplication");
            json.WriteEndArray();
            json.WriteString("fingerprint", prints.Of(finding));
            json.WriteString("severity", finding.Severity switch { "warning" => "major", "note" => "minor", _ => "info" });
            json.WriteStartObject("location");
            json.WriteString("path", finding.Snippet.Path);
            json.WriteStartObject("lines");
            json.WriteNumber("begin", finding.Snippet.Span.StartLine);
            json.WriteNumber("end", Math.Max(finding.Snippet.Span.StartLine, finding.Snippet.Span.EndLine));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }
}
