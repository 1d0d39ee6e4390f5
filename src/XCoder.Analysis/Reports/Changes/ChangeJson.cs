using System.Globalization;
using System.Text.Json;
using XCoder.Analysis.Changes;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports.Changes;

/// <summary>Writes a check as JSON. Fields keep their names and meaning; new ones may be added.</summary>
public static class ChangeJson
{
    /// <summary>Writes the report as one indented document.</summary>
    public static void Write(Stream stream, ChangeReport report) => JsonLines.WriteDocument(stream, json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteString("name", "xcoder");
        json.WriteString("version", report.ToolVersion);
        json.WriteEndObject();
        json.WriteString("createdAt", report.CreatedAt.ToUniversalTime()
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteString("repository", report.Repository.Name);
        json.WriteStartObject("base");
        json.WriteString("revision", report.Revision);
        json.WriteString("commit", report.Base);
        json.WriteBoolean("isMergeBase", report.IsMergeBase);
        json.WriteEndObject();
        json.WriteStartArray("files");
        foreach (var file in report.Files)
        {
            json.WriteStartObject();
            json.WriteString("path", file.Path);
            json.WriteString("change", file.Kind.ToString().ToLowerInvariant());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("changedTokens", report.ChangedTokens);
        json.WriteNumber("duplicatedTokens", report.DuplicatedTokens);
        json.WriteNumber("duplicatedShare", Math.Round(report.DuplicatedShare, 4));
        if (report.Gate is { } gate)
        {
            json.WriteStartObject("gate");
            json.WriteString("failOn", gate.Name);
            json.WriteBoolean("failed", report.Fails);
            json.WriteEndObject();
        }

        json.WriteStartArray("findings");
        foreach (var finding in report.Findings)
        {
            Write(json, finding);
        }

        json.WriteEndArray();
        json.WriteStartArray("ignored");
        foreach (var ignored in report.Ignored)
        {
            json.WriteStartObject();
            IgnoredJson.WriteReason(json, ignored.Reason);
            json.WriteBoolean("gateCounts", report.Gate?.Counts(ignored.Finding) == true);
            json.WritePropertyName("finding");
            Write(json, ignored.Finding);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("unread");
        foreach (var unread in report.Unread)
        {
            json.WriteStartObject();
            json.WriteString("path", unread.Path);
            json.WriteString("reason", unread.Reason.Name());
            json.WriteNumber("files", unread.Files);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (report.Basis is { } basis)
        {
            json.WriteStartObject("semantic");
            DuplicateGroupJson.WriteBasis(json, basis);
            json.WriteEndObject();
        }

        CoverageJson.WriteLosses(json, report.Losses);
        json.WriteStartObject("timings");
        foreach (var (stage, seconds) in report.Timings)
        {
            json.WriteNumber(stage, Math.Round(seconds, 6));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>Writes the findings, one a line.</summary>
    public static void WriteLines(Stream stream, ChangeReport report) => JsonLines.Write(stream, report.Findings, Write);

    /// <summary>Writes one finding as an object.</summary>
    public static void Write(Utf8JsonWriter json, ChangeFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("finding", finding.Rule.Name);
        json.WriteString("severity", finding.Severity);
        json.WriteString("section", Section(finding));
        json.WriteBoolean("gates", finding.Gates);
        json.WriteString("kind", finding.Evidence.Name());
        json.WriteString("measure", DuplicateRule.Of(finding.Evidence).Measure);
        json.WriteNumber("similarity", finding.Similarity);
        if (finding.Before is { } before)
        {
            json.WriteNumber("similarityBefore", before);
        }

        if (finding.Margin is { } margin)
        {
            json.WriteNumber("margin", Math.Round(margin, 4));
        }

        json.WriteString("group", finding.Group);
        json.WriteBoolean("crossLanguage", finding.IsCrossLanguage);
        json.WriteString("message", finding.Message);
        json.WritePropertyName("snippet");
        Write(json, finding.Snippet);
        Write(json, "also", finding.Also);
        Write(json, "others", finding.Others);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<Snippet> snippets)
    {
        json.WriteStartArray(name);
        foreach (var snippet in snippets)
        {
            Write(json, snippet);
        }

        json.WriteEndArray();
    }

    /// <summary>The section of a report in which a finding belongs, as groups of duplicates have one.</summary>
    internal static string Section(ChangeFinding finding) => SectionRule.Of(finding.IsTest ? DuplicateSection.Tests
        : finding.IsCrossLanguage ? DuplicateSection.Ports : DuplicateSection.Remove).Name;

    private static void Write(Utf8JsonWriter json, Snippet snippet)
    {
        json.WriteStartObject();
        if (snippet.IsFile)
        {
            json.WriteString("repository", snippet.Repository);
            json.WriteString("path", snippet.Path);
            json.WriteString("language", snippet.Language);
            json.WriteNumber("startLine", snippet.Span.StartLine);
        }
        else
        {
            SnippetJson.WriteBrief(json, snippet);
        }

        json.WriteNumber("endLine", snippet.Span.EndLine);
        json.WriteNumber("tokens", snippet.Tokens);
        json.WriteBoolean("isTest", snippet.IsTest);
        json.WriteEndObject();
    }
}
