using System.Text.Json;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Reports;

/// <summary>A snippet as JSON. Fields stay; more may come.</summary>
public static class SnippetJson
{
    /// <summary>Writes one object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="snippet">The snippet.</param>
    /// <param name="code">Its code, or null to leave the field out.</param>
    public static void Write(Utf8JsonWriter json, Snippet snippet, string? code = null)
    {
        json.WriteStartObject();
        WriteFields(json, snippet, code);
        json.WriteEndObject();
    }

    /// <summary>All fields of a snippet; the object is the caller's.</summary>
    internal static void WriteFields(Utf8JsonWriter json, Snippet snippet, string? code)
    {
        json.WriteString("id", snippet.Id);
        json.WriteString("repository", snippet.Repository);
        json.WriteString("path", snippet.Path);
        json.WriteString("language", snippet.Language);
        json.WriteString("kind", snippet.Kind.Name());
        if (snippet.Form is not null)
        {
            json.WriteString("form", snippet.Form);
        }

        json.WriteString("name", snippet.Name);
        json.WriteString("qualifiedName", snippet.QualifiedName);
        json.WriteNumber("startLine", snippet.Span.StartLine);
        json.WriteNumber("endLine", snippet.Span.EndLine);
        json.WriteNumber("startByte", snippet.Span.StartByte);
        json.WriteNumber("endByte", snippet.Span.EndByte);
        json.WriteString("signature", snippet.Signature);
        json.WriteString("documentation", snippet.Documentation);
        json.WriteNumber("tokens", snippet.Tokens);
        json.WriteBoolean("hasErrors", snippet.HasErrors);
        json.WriteBoolean("isTest", snippet.IsTest);
        if (code is not null)
        {
            json.WriteString("code", code);
        }
    }

    /// <summary>The fields by which groups and neighbours name a snippet; the object is the caller's.</summary>
    internal static void WriteBrief(Utf8JsonWriter json, Snippet snippet)
    {
        json.WriteString("id", snippet.Id);
        json.WriteString("repository", snippet.Repository);
        json.WriteString("path", snippet.Path);
        json.WriteString("language", snippet.Language);
        json.WriteString("kind", snippet.Kind.Name());
        json.WriteString("name", snippet.Name);
        json.WriteNumber("startLine", snippet.Span.StartLine);
    }
}
