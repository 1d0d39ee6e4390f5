using System.Text.Json;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports;

/// <summary>Names places in SARIF: a percent-encoded relative URI and the base of its repository.</summary>
internal sealed class SarifPlaces
{
    // The name code-scanning viewers take for the root of the checkout.
    private const string OnlyBase = "%SRCROOT%";

    private readonly string[] _repositories;
    private readonly IReadOnlyDictionary<string, string> _roots;

    internal SarifPlaces(AnalysisReport report)
    {
        _roots = report.Roots;
        _repositories =
        [
            .. report.Coverage.Repositories.Select(repository => repository.Repository)
                .Concat(report.Groups.SelectMany(group => group.Members).Select(member => member.Repository))
                .Distinct(),
        ];
    }

    /// <summary>The path as a relative URI: every byte but letters, digits and <c>-._~/</c> is percent-encoded.</summary>
    internal static string Encode(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    internal string BaseOf(string repository) => _repositories.Length == 1 ? OnlyBase : SafeText.ForTerminal(repository);

    internal void WriteBases(Utf8JsonWriter json)
    {
        json.WriteStartObject("originalUriBaseIds");
        foreach (var repository in _repositories)
        {
            json.WriteStartObject(BaseOf(repository));
            if (_roots.TryGetValue(repository, out var root))
            {
                json.WriteString("uri", $"file://{Encode('/' + root.Replace('\\', '/').Trim('/'))}/");
            }

            json.WriteStartObject("description");
            json.WriteString("text", SafeText.ForTerminal($"Root of {repository}"));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    internal void WriteArtifact(Utf8JsonWriter json, string repository, string path)
    {
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", Encode(path));
        json.WriteString("uriBaseId", BaseOf(repository));
        json.WriteEndObject();
    }

    /// <summary>The fields of a location; whole lines, because columns are not recorded.</summary>
    internal void WriteLocation(Utf8JsonWriter json, Snippet snippet)
    {
        json.WriteStartObject("physicalLocation");
        WriteArtifact(json, snippet.Repository, snippet.Path);
        json.WriteStartObject("region");
        json.WriteNumber("startLine", snippet.Span.StartLine);
        json.WriteNumber("endLine", snippet.Span.EndLine);
        json.WriteString("sourceLanguage", snippet.Language);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("name", SafeText.ForTerminal(snippet.Name));
        json.WriteString("fullyQualifiedName", SafeText.ForTerminal(snippet.QualifiedName));
        json.WriteString("kind", snippet.Kind is SnippetKind.Function or SnippetKind.Method or SnippetKind.Constructor ? "function" : "type");
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
