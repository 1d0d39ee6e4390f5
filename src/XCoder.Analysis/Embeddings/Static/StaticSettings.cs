using System.Text.Json;
using System.Text.Json.Serialization;
using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Analysis.Embeddings.Static;

/// <summary><c>model.json</c> of a static model: the shape of its table.</summary>
internal sealed record StaticSettings
{
    public const string Kind = "static";
    public const string SettingsFile = "model.json";
    public const string RulesFile = "tokens.json";
    public const string VocabularyFile = "vocabulary.txt";
    public const string ModelFile = "model.onnx";

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Short name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>Length of a vector.</summary>
    public required int Dimension { get; init; }

    /// <summary>Number of rows that terms outside the vocabulary share.</summary>
    public required int HashRows { get; init; }

    /// <summary>Number of rows for hashed pairs of adjacent terms.</summary>
    public required int BigramRows { get; init; }

    /// <summary>
    /// Number of rows for hashed pairs and triples of successive terms that are not names chosen by the author: keywords,
    /// operators, well-known calls, literals.
    /// </summary>
    public required int SkeletonRows { get; init; }

    /// <summary>Weight of BM25, relative to the cosine, for ranking neighbours.</summary>
    public float LexicalWeight { get; init; }

    /// <exception cref="EmbeddingException">The file is missing or damaged.</exception>
    public static StaticSettings Load(string folder)
    {
        var path = Path.Combine(folder, SettingsFile);
        try
        {
            var settings = JsonSerializer.Deserialize<StaticSettings>(ModelFiles.ReadAllBytes(path), Options)
                ?? throw new JsonException("The document is null.");
            return settings is { Dimension: > 0 and <= 4096, HashRows: > 0 and <= 1 << 20, BigramRows: > 0 and <= 1 << 20,
                SkeletonRows: > 0 and <= 1 << 20 }
                ? settings
                : throw new JsonException("dimension must be 1 to 4,096; hashRows, bigramRows and skeletonRows 1 to 1,048,576.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new EmbeddingException($"The model's settings {path} cannot be read: {exception.Message}", exception);
        }
    }
}
