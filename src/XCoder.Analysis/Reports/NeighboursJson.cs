using System.Text.Json;
using XCoder.Analysis.Model;
using XCoder.Analysis.Seeds;
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

/// <summary>A seed as JSON: the fields of its snippet and what it was chosen by. Fields stay; more may come.</summary>
public static class SeedJson
{
    /// <summary>Writes one object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="code">Its code, or null to leave the field out.</param>
    public static void Write(Utf8JsonWriter json, Seed seed, string? code = null)
    {
        json.WriteStartObject();
        SnippetJson.WriteFields(json, seed.Snippet, code);
        json.WriteNumber("quality", Math.Round(seed.Quality.Total, 4));
        json.WriteStartObject("qualityParts");
        json.WriteNumber("documented", Math.Round(seed.Quality.Documented, 4));
        json.WriteNumber("selfContained", Math.Round(seed.Quality.SelfContained, 4));
        json.WriteNumber("substance", Math.Round(seed.Quality.Substance, 4));
        json.WriteNumber("size", Math.Round(seed.Quality.Size, 4));
        json.WriteNumber("tested", seed.Quality.Tested);
        json.WriteEndObject();
        json.WriteString("concept", seed.Concept);
        json.WriteString("label", seed.Label);
        json.WriteString("group", seed.Group);
        json.WriteEndObject();
    }
}
