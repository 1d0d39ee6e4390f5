using System.Text.Json;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Reports;

/// <summary>Neighbours as JSON. Fields stay; more may come.</summary>
public static class NeighboursJson
{
    /// <summary>Writes one object: the snippet (null for code from elsewhere) with its neighbours, best first.</summary>
    public static void Write(Utf8JsonWriter json, Snippet? snippet, IReadOnlyList<(Snippet Snippet, Neighbour Neighbour)> neighbours)
    {
        json.WriteStartObject();
        if (snippet is not null)
        {
            WriteFacts(json, snippet);
        }

        json.WriteStartArray("neighbours");
        foreach (var (other, neighbour) in neighbours)
        {
            json.WriteStartObject();
            WriteFacts(json, other);
            json.WriteNumber("similarity", Math.Round(neighbour.Similarity, 4));
            json.WriteNumber("cosine", Math.Round(neighbour.Cosine, 4));
            json.WriteNumber("rank", neighbour.Rank);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFacts(Utf8JsonWriter json, Snippet snippet)
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
