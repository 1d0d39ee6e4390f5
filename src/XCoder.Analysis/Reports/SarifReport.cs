using System.Text.Json;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports;

/// <summary>
/// Renders duplicates as SARIF 2.1.0: one result a group that stands in no other group, at its first member that
/// is not the representative; the representative and the other members are related locations its message links to.
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
        WriteInvocation(json, report, places);
        places.WriteBases(json);
        WriteProvenance(json, report, places);
        json.WriteStartArray("results");
        foreach (var group in report.Groups.Outermost().Where(group => group.Members.Count > 1))
        {
            SarifResult.Write(json, group, places, report.Semantic);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteInvocation(Utf8JsonWriter json, AnalysisReport report, SarifPlaces places)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", true);
        json.WriteStartArray("toolExecutionNotifications");
        foreach (var loss in report.Coverage.Losses)
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

    // The format asks for absolute URIs; a remote like git@host:path is none and stays out.
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

/// <summary>A SARIF rule a kind of duplicate, in the order of <see cref="DuplicateKind"/>.</summary>
internal static class SarifRules
{
    internal static string Id(DuplicateKind kind) => $"duplicate/{kind.Name()}";

    internal static string Level(DuplicateKind kind) => kind is DuplicateKind.Exact or DuplicateKind.Renamed ? "warning" : "note";

    internal static void Write(Utf8JsonWriter json, DuplicateOptions options, SemanticBasis? basis)
    {
        json.WriteStartArray("rules");
        foreach (var kind in Enum.GetValues<DuplicateKind>())
        {
            Write(json, kind, options, basis);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, DuplicateKind kind, DuplicateOptions options, SemanticBasis? basis)
    {
        json.WriteStartObject();
        json.WriteString("id", Id(kind));
        json.WriteString("name", $"{kind}Duplicate");
        WriteText(json, "shortDescription", $"{kind} duplicate");
        WriteText(json, "fullDescription", Meaning(kind, options));
        WriteText(json, "help", $"{Meaning(kind, options)} {Advice(kind)}");
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", Level(kind));
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteStartArray("tags");
        json.WriteStringValue("maintainability");
        json.WriteStringValue("duplicate");
        json.WriteEndArray();
        json.WriteString("precision", kind is DuplicateKind.Exact or DuplicateKind.Renamed ? "very-high" : kind == DuplicateKind.Near
            ? "high" : "medium");
        json.WriteString("problem.severity", kind is DuplicateKind.Exact or DuplicateKind.Renamed ? "warning" : "recommendation");
        json.WriteNumber("minTokens", options.MinTokens);
        if (kind == DuplicateKind.Near)
        {
            json.WriteString("measure", "jaccard");
            json.WriteNumber("threshold", options.Threshold);
            json.WriteNumber("shingleSize", options.ShingleSize);
            json.WriteNumber("bands", options.Bands);
            json.WriteNumber("rows", options.Rows);
        }

        if (kind == DuplicateKind.Semantic && basis is not null)
        {
            json.WriteString("measure", "cosine");
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

    private static string Meaning(DuplicateKind kind, DuplicateOptions options) => kind switch
    {
        DuplicateKind.Exact => "The code is equal but for layout and comments.",
        DuplicateKind.Renamed => "The code is equal once names and literals are left out of sight.",
        DuplicateKind.Near =>
            $"The code shares most of its tokens: Jaccard similarity of {options.ShingleSize}-token shingles "
                + $"at or above {NumberText.Plain(options.Threshold)}.",
        _ => "The code does the same in other words: its embeddings are closer by cosine than is usual for either, shared words confirm "
            + "it, and neither has a better partner where the other stands.",
    };

    private static string Advice(DuplicateKind kind) => kind switch
    {
        DuplicateKind.Exact => "Keep one copy, the representative, and call it from the other places.",
        DuplicateKind.Renamed => "Keep one copy and make what differs a parameter.",
        DuplicateKind.Near => "Compare the copies: a fix in one is often missing in the other. Keep one and make what differs a parameter.",
        _ => "Compare them; where they mean the same, keep one.",
    };
}
