using System.Text.Json;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports;

/// <summary>Writes coverage as JSON; <c>report.json</c> and the <c>coverage</c> command write the same fields.</summary>
public static class CoverageJson
{
    /// <summary>Writes one object: <c>{files, bytes, languages, repositories, losses}</c>.</summary>
    public static void Write(Utf8JsonWriter json, CoverageReport coverage) => Write(json, coverage, null);

    /// <summary>Writes one object, with the properties <c>concepts</c> and <c>gaps</c> if concepts are given.</summary>
    public static void Write(Utf8JsonWriter json, CoverageReport coverage, ConceptReport? concepts)
    {
        json.WriteStartObject();
        WriteFiles(json, coverage.Files);
        json.WriteNumber("bytes", coverage.Bytes);
        WriteLanguages(json, coverage.Languages);
        WriteParts(json, coverage);
        ConceptsJson.WriteParts(json, concepts);
        json.WriteEndObject();
    }

    /// <summary>Writes one object with the counts of a language.</summary>
    public static void Write(Utf8JsonWriter json, LanguageCoverage language)
    {
        json.WriteStartObject();
        json.WriteString("language", language.Language);
        json.WriteNumber("files", language.Files);
        json.WriteNumber("withErrors", language.WithErrors);
        json.WriteCounts("skipped", language.Skipped.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        json.WriteNumber("bytes", language.Bytes);
        json.WriteNumber("bytesInNoSnippet", language.OutsideBytes);
        json.WriteNumber("functions", language.Functions);
        json.WriteNumber("structures", language.Structures);
        json.WriteNumber("documented", language.Documented);
        json.WriteNumber("tests", language.Tests);
        json.WriteEndObject();
    }

    internal static void WriteFiles(Utf8JsonWriter json, FileCounts files)
    {
        json.WriteStartObject("files");
        json.WriteNumber("seen", files.Seen);
        json.WriteNumber("parsed", files.Parsed);
        json.WriteNumber("withErrors", files.WithErrors);
        json.WriteNumber("invalidUtf8", files.InvalidUtf8);
        json.WriteCounts("skipped", files.Skipped.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        json.WriteEndObject();
    }

    internal static void WriteLanguages(Utf8JsonWriter json, IReadOnlyList<LanguageCoverage> languages)
    {
        json.WriteStartArray("languages");
        foreach (var language in languages)
        {
            Write(json, language);
        }

        json.WriteEndArray();
    }

    internal static void WriteParts(Utf8JsonWriter json, CoverageReport coverage)
    {
        json.WriteStartArray("repositories");
        foreach (var repository in coverage.Repositories)
        {
            WriteRepository(json, repository);
        }

        json.WriteEndArray();
        WriteLosses(json, coverage.Losses);
    }

    /// <summary>Writes the property <c>losses</c>: files that should have been read but were not.</summary>
    internal static void WriteLosses(Utf8JsonWriter json, IEnumerable<FileLoss> losses)
    {
        json.WriteStartArray("losses");
        foreach (var loss in losses)
        {
            json.WriteStartObject();
            json.WriteString("repository", loss.Repository);
            json.WriteString("path", loss.Path);
            json.WriteString("reason", loss.Reason);
            json.WriteString("detail", loss.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRepository(Utf8JsonWriter json, RepositoryCoverage repository)
    {
        json.WriteStartObject();
        json.WriteString("repository", repository.Repository);
        json.WriteString("remote", repository.Remote);
        json.WriteString("commit", repository.Commit);
        WriteFiles(json, repository.Files);
        json.WriteNumber("bytes", repository.Bytes);
        WriteLanguages(json, repository.Languages);
        json.WriteCounts("licences", repository.Licences);
        json.WriteEndObject();
    }
}
