using System.Text.Json;
using XCoder.Analysis.Changes;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports.Changes;

/// <summary>
/// Renders a check as SARIF 2.1.0, with one result for each finding, located at the changed code; the other places are related
/// locations, the first of which the message links.
/// </summary>
public static class ChangeSarif
{
    // Viewers reject results with too many locations.
    private const int MaxRelated = 100;

    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    /// <summary>Writes the report as one indented document.</summary>
    public static void Write(Stream stream, ChangeReport report) => JsonLines.WriteDocument(stream, json =>
    {
        var places = new SarifPlaces(report.Findings.SelectMany(static finding => finding.Others).Select(static other => other.Repository)
            .Prepend(report.Repository.Name), report.Roots, report.Repository.Name);
        json.WriteStartObject();
        json.WriteString("$schema", Schema);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "XCoder");
        json.WriteString("version", report.ToolVersion);
        WriteRules(json);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("automationDetails");
        json.WriteString("id", "xcoder/check/");
        json.WriteEndObject();
        SarifReport.WriteInvocation(json, report.Losses, places);
        places.WriteBases(json);
        WriteProvenance(json, report, places);
        json.WriteStartArray("results");
        var prints = new ChangePrints();
        foreach (var finding in report.Findings)
        {
            WriteResult(json, finding, places, prints.Of(finding));
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static string Id(ChangeRule rule) => $"change/{rule.Name}";

    private static void WriteRules(Utf8JsonWriter json)
    {
        json.WriteStartArray("rules");
        foreach (var rule in ChangeRule.All)
        {
            json.WriteStartObject();
            json.WriteString("id", Id(rule));
            json.WriteString("name", $"{rule.Kind}InChange");
            WriteText(json, "shortDescription", char.ToUpperInvariant(rule.Title[0]) + rule.Title[1..]);
            WriteText(json, "fullDescription", rule.Meaning);
            WriteText(json, "help", $"{rule.Meaning} {rule.Advice}");
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", rule.IsDuplicate ? "warning" : "note");
            json.WriteEndObject();
            json.WriteStartObject("properties");
            json.WriteStartArray("tags");
            json.WriteStringValue("maintainability");
            json.WriteStringValue("duplicate");
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // SARIF requires absolute URIs; a remote like git@host:path is not one and is left out.
    private static void WriteProvenance(Utf8JsonWriter json, ChangeReport report, SarifPlaces places)
    {
        json.WriteStartArray("versionControlProvenance");
        if (Uri.TryCreate(report.Repository.Remote, UriKind.Absolute, out var remote) && !remote.IsFile)
        {
            json.WriteStartObject();
            json.WriteString("repositoryUri", remote.AbsoluteUri);
            if (report.Repository.Commit is { } commit)
            {
                json.WriteString("revisionId", commit);
            }

            json.WriteStartObject("mappedTo");
            json.WriteString("uriBaseId", places.BaseOf(report.Repository.Name));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteResult(Utf8JsonWriter json, ChangeFinding finding, SarifPlaces places, string fingerprint)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", Id(finding.Rule));
        json.WriteNumber("ruleIndex", (int)finding.Kind);
        json.WriteString("level", finding.Severity == "warning" ? "warning" : "note");
        json.WriteString("baselineState", "new");
        WriteText(json, "message", Message(finding));
        json.WriteStartArray("locations");
        json.WriteStartObject();
        places.WriteLocation(json, finding.Snippet);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("relatedLocations");
        var related = finding.Others.Take(MaxRelated).Concat(finding.Also).Take(MaxRelated).ToArray();
        for (var i = 0; i < related.Length; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", i + 1);
            places.WriteLocation(json, related[i]);
            WriteText(json, "message",
                i == 0 ? "the other place" : i < finding.Others.Count ? "another place" : "another place of this change");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString("changeFinding/v1", fingerprint);
        json.WriteString("duplicateGroup/v1", finding.Group);
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("severity", finding.Severity);
        json.WriteString("section", ChangeJson.Section(finding));
        json.WriteString("kind", finding.Evidence.Name());
        json.WriteString("measure", DuplicateRule.Of(finding.Evidence).Measure);
        json.WriteNumber("similarity", finding.Similarity);
        json.WriteNumber("places", finding.Rest.Count() + 1);
        json.WriteBoolean("crossLanguage", finding.IsCrossLanguage);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Message(ChangeFinding finding)
    {
        var place = SarifResult.Link(FindingText.PlaceOf(finding.Others[0], finding.Snippet.Repository));
        return $"{FindingText.Of(finding, SarifResult.Link)} See [{place}](1).";
    }

    private static void WriteText(Utf8JsonWriter json, string field, string text)
    {
        json.WriteStartObject(field);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}

/// <summary>Fingerprints of findings: they stay the same when lines move, and no two findings of a report share one.</summary>
internal sealed class ChangePrints
{
    private readonly Dictionary<string, int> _seen = [];

    /// <summary>The fingerprint of a finding; each is asked for once, in the order of the report.</summary>
    public string Of(ChangeFinding finding)
    {
        var print = HexHash.Key(finding.Rule.Name, finding.Snippet.Repository, finding.Snippet.Path, finding.Snippet.QualifiedName,
            finding.Others[0].Repository, finding.Others[0].Path, finding.Others[0].QualifiedName);
        var order = _seen[print] = _seen.GetValueOrDefault(print) + 1;
        return order == 1 ? print : HexHash.Key(print, FormattableString.Invariant($"{order}"));
    }
}
