using System.Text.Json;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports;

/// <summary>
/// Renders duplicates as SARIF 2.1.0, with one result for each group that does not lie within another one. The result
/// is located at the group's first member that is not the representative; the message links to the representative and
/// the other members as related locations. Against a baseline there is one result for each new member, located there.
/// </summary>
public static class SarifReport
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    /// <summary>Writes the report as one indented document.</summary>
    public static void Write(Stream stream, AnalysisReport report) => JsonLines.WriteDocument(stream, json =>
    {
        json.WriteStartObject();
        json.WriteString("$schema", Schema);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        WriteRun(json, report);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteRun(Utf8JsonWriter json, AnalysisReport report)
    {
        var places = new SarifPlaces(report);
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "XCoder");
        json.WriteString("version", report.ToolVersion);
        SarifRules.Write(json, report.DuplicateOptions, report.Semantic);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("automationDetails");
        json.WriteString("id", "xcoder/duplicates/");
        json.WriteEndObject();
        WriteInvocation(json, report.Coverage.Losses, places);
        places.WriteBases(json);
        WriteProvenance(json, report, places);
        json.WriteStartArray("results");
        foreach (var group in report.Groups.Outermost().Where(group => group.Members.Count > 1))
        {
            SarifResult.Write(json, group, places, report.Semantic);
        }

        json.WriteEndArray();
        json.WriteStartObject("properties");
        json.WriteStartObject("bytesInNoSnippet");
        foreach (var language in report.Coverage.Languages.Where(static language => language.OutsideBytes > 0))
        {
            json.WriteNumber(language.Language, language.OutsideBytes);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    internal static void WriteInvocation(Utf8JsonWriter json, IEnumerable<FileLoss> losses, SarifPlaces places)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", true);
        json.WriteStartArray("toolExecutionNotifications");
        foreach (var loss in losses)
        {
            WriteLoss(json, loss, places);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteLoss(Utf8JsonWriter json, FileLoss loss, SarifPlaces places)
    {
        json.WriteStartObject();
        json.WriteString("level", "warning");
        json.WriteStartObject("message");
        json.WriteString("text", SafeText.ForTerminal($"Not analysed: {loss.Reason}, {loss.Detail}"));
        json.WriteEndObject();
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        places.WriteArtifact(json, loss.Repository, loss.Path);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // SARIF requires absolute URIs; a remote like git@host:path is not one and is left out.
    private static void WriteProvenance(Utf8JsonWriter json, AnalysisReport report, SarifPlaces places)
    {
        json.WriteStartArray("versionControlProvenance");
        foreach (var repository in report.Coverage.Repositories)
        {
            if (!Uri.TryCreate(repository.Remote, UriKind.Absolute, out var remote) || remote.IsFile)
            {
                continue;
            }

            json.WriteStartObject();
            json.WriteString("repositoryUri", remote.AbsoluteUri);
            if (repository.Commit is not null)
            {
                json.WriteString("revisionId", repository.Commit);
            }

            json.WriteStartObject("mappedTo");
            json.WriteString("uriBaseId", places.BaseOf(repository.Repository));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

/// <summary>A SARIF rule a kind of duplicate, in the order of <see cref="DuplicateRule.All"/>.</summary>
internal static class SarifRules
{
    internal static string Id(DuplicateRule rule) => $"duplicate/{rule.Name}";

    internal static string Level(DuplicateRule rule) => rule.IsCertain ? "warning" : "note";

    internal static void Write(Utf8JsonWriter json, DuplicateOptions options, SemanticBasis? basis)
    {
        json.WriteStartArray("rules");
        foreach (var rule in DuplicateRule.All)
        {
            Write(json, rule, options, basis);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, DuplicateRule rule, DuplicateOptions options, SemanticBasis? basis)
    {
        var meaning = rule.Meaning(options);
        json.WriteStartObject();
        json.WriteString("id", Id(rule));
        json.WriteString("name", $"{rule.Kind}Duplicate");
        WriteText(json, "shortDescription", $"{rule.Kind} duplicate");
        WriteText(json, "fullDescription", meaning);
        WriteText(json, "help", $"{meaning} {rule.Advice}");
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", Level(rule));
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteStartArray("tags");
        json.WriteStringValue("maintainability");
        json.WriteStringValue("duplicate");
        json.WriteEndArray();
        json.WriteString("precision", rule.Precision);
        json.WriteString("problem.severity", rule.IsCertain ? "warning" : "recommendation");
        json.WriteNumber("minTokens", options.MinTokens);
        if (rule.Parameters.Count > 0 || (rule.NeedsVectors && basis is not null))
        {
            json.WriteString("measure", rule.Measure);
        }

        foreach (var (name, value) in rule.Parameters)
        {
            json.WriteNumber(name, value(options));
        }

        if (rule.NeedsVectors && basis is not null)
        {
            DuplicateGroupJson.WriteBasis(json, basis);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string field, string text)
    {
        json.WriteStartObject(field);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
