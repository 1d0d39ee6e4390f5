using System.Text.Json;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports;

/// <summary>Writes a duplicate group as a SARIF result.</summary>
internal static class SarifResult
{
    // Viewers reject results with too many locations (GitHub accepts 1,000); the message says how many there are.
    private const int MaxRelated = 100;

    internal static void Write(Utf8JsonWriter json, DuplicateGroup group, SarifPlaces places, SemanticBasis? basis)
    {
        var kept = group.Kept();
        var others = group.Members.Where(member => member.Id != kept.Id).ToArray();
        var added = others.Where(member => group.Change?.NewMembers.Contains(member.Id) == true).ToArray();
        foreach (var member in added.Length > 0 ? added : others[..1])
        {
            Write(json, group, kept, [member, .. others.Where(other => other.Id != member.Id)], places, basis);
        }
    }

    // The result is about the first of the others.
    private static void Write(Utf8JsonWriter json, DuplicateGroup group, Snippet kept, Snippet[] others, SarifPlaces places,
        SemanticBasis? basis)
    {
        Snippet[] related = [kept, .. others.Skip(1).Take(MaxRelated - 1)];
        json.WriteStartObject();
        json.WriteString("ruleId", SarifRules.Id(DuplicateRule.Of(group.Kind)));
        json.WriteNumber("ruleIndex", (int)group.Kind);
        json.WriteString("level", group.Members.All(member => member.IsTest) ? "note" : SarifRules.Level(DuplicateRule.Of(group.Kind)));
        if (group.Change is { } change)
        {
            json.WriteString("baselineState", change.IsNewGroup ? "new" : "updated");
        }

        json.WriteStartObject("message");
        json.WriteString("text", Message(group, kept, others, basis));
        json.WriteEndObject();
        json.WriteStartArray("locations");
        json.WriteStartObject();
        places.WriteLocation(json, others[0]);
        json.WriteEndObject();
        json.WriteEndArray();
        WriteRelated(json, group, related, places);
        json.WriteStartObject("partialFingerprints");
        json.WriteString("duplicateGroup/v1", group.Group);
        if (group.Change is not null)
        {
            json.WriteString("duplicateMember/v1", HexHash.Key(group.Group, others[0].Repository, others[0].Path, others[0].QualifiedName));
        }

        json.WriteEndObject();
        WriteProperties(json, group, basis);
        json.WriteEndObject();
    }

    private static void WriteRelated(Utf8JsonWriter json, DuplicateGroup group, Snippet[] related, SarifPlaces places)
    {
        json.WriteStartArray("relatedLocations");
        for (var i = 0; i < related.Length; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", i + 1);
            places.WriteLocation(json, related[i]);
            json.WriteStartObject("message");
            json.WriteString("text", i == 0 ? "representative: the copy to keep"
                : group.Change?.NewMembers.Contains(related[i].Id) == true ? "another new copy" : "another copy");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteProperties(Utf8JsonWriter json, DuplicateGroup group, SemanticBasis? basis)
    {
        json.WriteStartObject("properties");
        json.WriteString("measure", group.Measure);
        json.WriteNumber("similarity", group.Similarity);
        if (group.Margin is { } margin)
        {
            json.WriteNumber("margin", Math.Round(margin, 4));
        }

        if (DuplicateRule.Of(group.Kind).NeedsVectors && basis is not null)
        {
            json.WriteNumber("cosine", group.Similarity);
            DuplicateGroupJson.WriteBasis(json, group, basis);
        }

        json.WriteNumber("members", group.Members.Count);
        json.WriteNumber("repeatedTokens", group.RepeatedTokens());
        json.WriteBoolean("crossLanguage", group.CrossLanguage);
        json.WriteString("section", SectionRule.Of(group.Section()).Name);
        json.WriteString("reason", SafeText.ForTerminal(group.Reason));
        if (group.Change is { } change)
        {
            json.WriteString("change", change.IsNewGroup ? "new" : "grown");
            json.WriteNumber("membersBefore", change.Before);
        }

        json.WriteEndObject();
    }

    private static string Message(DuplicateGroup group, Snippet kept, Snippet[] others, SemanticBasis? basis)
    {
        var how = DuplicateRule.Of(group.Kind).Relation(group, basis);
        var shown = others.Skip(1).Take(4).Select((member, i) => $"[{Link(SnippetPlace.Of(member))}]({i + 2})").ToArray();
        var rest = others.Length - 1 - shown.Length;
        var more = shown.Length == 0 ? "" : $" Also: {string.Join(", ", shown)}{(rest > 0 ? $" and {NumberText.Count(rest)} more" : "")}.";
        return $"'{Link(others[0].Name)}' {how} [{Link(kept.QualifiedName)} in {Link(SnippetPlace.Of(kept))}](1).{more}";
    }

    // In the plain text of a message, brackets and backslashes form links and braces form placeholders.
    internal static string Link(string text) => SafeText.ForTerminal(text)
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("{", "{{", StringComparison.Ordinal)
        .Replace("}", "}}", StringComparison.Ordinal)
        .Replace("[", "\\[", StringComparison.Ordinal)
        .Replace("]", "\\]", StringComparison.Ordinal);
}

/// <summary>Writes places in SARIF: a percent-encoded relative URI, and the base of its repository.</summary>
internal sealed class SarifPlaces
{
    // Code-scanning viewers use this name for the root of the checkout.
    private const string OnlyBase = "%SRCROOT%";

    private readonly string[] _repositories;
    private readonly IReadOnlyDictionary<string, string> _roots;
    private readonly string? _main;

    internal SarifPlaces(AnalysisReport report) : this(report.Coverage.Repositories.Select(repository => repository.Repository)
        .Concat(report.Groups.SelectMany(group => group.Members).Select(member => member.Repository)), report.Roots)
    {
    }

    /// <param name="repositories">Names of the repositories with places.</param>
    /// <param name="roots">Absolute path of each repository's work tree.</param>
    /// <param name="main">The repository that a viewer has checked out; null if that is none of several.</param>
    internal SarifPlaces(IEnumerable<string> repositories, IReadOnlyDictionary<string, string> roots, string? main = null) =>
        (_repositories, _roots, _main) = ([.. repositories.Distinct()], roots, main);

    /// <summary>Returns the path as a relative URI: every byte except letters, digits and <c>-._~/</c> is percent-encoded.</summary>
    internal static string Encode(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    internal string BaseOf(string repository) =>
        _repositories.Length == 1 || repository == _main ? OnlyBase : SafeText.ForTerminal(repository);

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

    /// <summary>Writes the fields of a location. It covers whole lines, because columns are not recorded.</summary>
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
        if (snippet.IsFile)
        {
            return;
        }

        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("name", SafeText.ForTerminal(snippet.Name));
        json.WriteString("fullyQualifiedName", SafeText.ForTerminal(snippet.QualifiedName));
        json.WriteString("kind", snippet.Kind is SnippetKind.Function or SnippetKind.Method or SnippetKind.Constructor ? "function"
            : "type");
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
