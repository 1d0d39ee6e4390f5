using System.Globalization;
using System.Text.Json;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Settings;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports;

/// <summary>Renders <c>report.json</c>. Fields keep their names and meaning; new ones may be added.</summary>
public static class JsonReport
{
    /// <summary>Writes the report as one indented document.</summary>
    public static void Write(Stream stream, AnalysisReport report) =>
        JsonLines.WriteDocument(stream, json => Write(json, report));

    /// <summary>Writes the report as one value.</summary>
    public static void Write(Utf8JsonWriter json, AnalysisReport report)
    {
        var coverage = report.Coverage;
        json.WriteStartObject();
        WriteTool(json, report);
        CoverageJson.WriteFiles(json, coverage.Files);
        json.WriteNumber("bytes", coverage.Bytes);
        CoverageJson.WriteLanguages(json, coverage.Languages);
        json.WriteNumber("snippets", coverage.Languages.Sum(language => (long)language.Snippets));
        json.WriteNumber("comparedSnippets", report.ComparedSnippets);
        var totals = new DuplicateTotals(report);
        WriteDuplicates(json, totals);
        WriteSections(json, report, totals);
        WriteIgnored(json, report.Ignored);
        WriteOptions(json, report.DuplicateOptions, report.Semantic);
        json.WriteStartObject("coverage");
        CoverageJson.WriteParts(json, coverage);
        ConceptsJson.WriteParts(json, report.Concepts);
        json.WriteEndObject();
        WriteSizes(json, report.Sizes);
        json.WriteStartObject("timings");
        foreach (var (stage, seconds) in report.Timings)
        {
            json.WriteNumber(stage, Math.Round(seconds, 6));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTool(Utf8JsonWriter json, AnalysisReport report)
    {
        json.WriteStartObject("tool");
        json.WriteString("name", "xcoder");
        json.WriteString("version", report.ToolVersion);
        json.WriteEndObject();
        json.WriteString("createdAt", report.CreatedAt.ToUniversalTime()
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }

    private static void WriteDuplicates(Utf8JsonWriter json, DuplicateTotals totals)
    {
        json.WriteStartObject("duplicates");
        foreach (var total in totals.ByKind)
        {
            json.WriteStartObject(total.Kind.Name());
            json.WriteNumber("groups", total.Groups);
            var isFile = total.Kind == DuplicateKind.File;
            json.WriteNumber("snippets", isFile ? 0 : total.Snippets);
            if (isFile)
            {
                json.WriteNumber("files", total.Snippets);
            }

            json.WriteNumber("share", Math.Round(total.Share, 6));
            json.WriteNumber("nested", total.Nested);
            json.WriteNumber("crossLanguage", total.CrossLanguage);
            json.WriteNumber("repeatedTokens", total.RepeatedTokens);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteIgnored(Utf8JsonWriter json, IReadOnlyList<IgnoredGroup> ignored)
    {
        json.WriteStartObject("ignored");
        json.WriteNumber("groups", ignored.Count(static group => group.IsWhole));
        json.WriteNumber("groupsInPart", ignored.Count(static group => !group.IsWhole));
        json.WriteStartArray("by");
        foreach (var (reason, groups) in IgnoredText.Reasons(ignored).CountBy(static reason => reason))
        {
            json.WriteStartObject();
            IgnoredJson.WriteReason(json, reason);
            json.WriteNumber("groups", groups);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSections(Utf8JsonWriter json, AnalysisReport report, DuplicateTotals totals)
    {
        json.WriteString("headline", HeadlineText.Of(report, totals));
        json.WriteStartObject("sections");
        foreach (var total in totals.Sections)
        {
            json.WriteStartObject(SectionRule.Of(total.Section).Name);
            json.WriteNumber("groups", total.Groups);
            json.WriteNumber("snippets", total.Snippets);
            if (total.Section == DuplicateSection.Remove)
            {
                json.WriteNumber("copies", total.Copies);
                json.WriteNumber("tokens", total.Tokens);
                json.WriteNumber("share", Math.Round(totals.HeadlineShare, 6));
            }

            if (SectionRule.Precision(total.Section, report.Semantic) is { } precision)
            {
                json.WriteNumber("expectedPrecision", Math.Round(precision.Value, 4));
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteOptions(Utf8JsonWriter json, DuplicateOptions options, SemanticBasis? basis)
    {
        json.WriteStartObject("duplicateOptions");
        json.WriteNumber("threshold", options.Threshold);
        json.WriteNumber("bands", options.Bands);
        json.WriteNumber("rows", options.Rows);
        json.WriteNumber("shingleSize", options.ShingleSize);
        json.WriteNumber("minTokens", options.MinTokens);
        if (basis is not null)
        {
            json.WriteStartObject("semantic");
            DuplicateGroupJson.WriteBasis(json, basis);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    // The last class has no upper bound, written as null.
    private static void WriteSizes(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<int, int>> sizes)
    {
        json.WriteStartArray("sizes");
        foreach (var (bound, count) in sizes)
        {
            json.WriteStartObject();
            if (bound == int.MaxValue)
            {
                json.WriteNull("maxTokens");
            }
            else
            {
                json.WriteNumber("maxTokens", bound);
            }

            json.WriteNumber("snippets", count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
