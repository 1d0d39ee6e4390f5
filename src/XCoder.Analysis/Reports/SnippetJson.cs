using System.Text.Json;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Reports;

/// <summary>Writes a snippet as JSON. Fields keep their names and meaning; new ones may be added.</summary>
public static class SnippetJson
{
    /// <summary>Writes one object.</summary>
    /// <param name="json">Receives the object.</param>
    /// <param name="snippet">The snippet.</param>
    /// <param name="code">Its code, or null to leave the field out.</param>
    public static void Write(Utf8JsonWriter json, Snippet snippet, string? code = null)
    {
        json.WriteStartObject();
        WriteFields(json, snippet, code);
        json.WriteEndObject();
    }

    /// <summary>Writes all fields of a snippet into the caller's object.</summary>
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

    /// <summary>Writes the fields by which groups and neighbours identify a snippet into the caller's object.</summary>
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
