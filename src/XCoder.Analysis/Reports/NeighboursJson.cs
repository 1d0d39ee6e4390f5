using System.Text.Json;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;

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
            SnippetJson.WriteBrief(json, snippet);
        }

        json.WriteStartArray("neighbours");
        foreach (var (other, neighbour) in neighbours)
        {
            json.WriteStartObject();
            SnippetJson.WriteBrief(json, other);
            json.WriteNumber("similarity", Math.Round(neighbour.Similarity, 4));
            json.WriteNumber("cosine", Math.Round(neighbour.Cosine, 4));
            json.WriteNumber("rank", neighbour.Rank);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
