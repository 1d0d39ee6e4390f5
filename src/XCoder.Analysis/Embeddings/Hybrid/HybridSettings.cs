using System.Text.Json;
using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Analysis.Embeddings.Hybrid;

/// <summary><c>model.json</c> of a hybrid model: its static half, and how the two halves are joined.</summary>
internal sealed record HybridSettings
{
    public const string SettingsFile = "model.json";

    /// <summary>The transformer for the CPU: int8 weights and activations.</summary>
    public const string CpuFile = "model.onnx";

    /// <summary>The same transformer for a GPU: matrices as float16.</summary>
    public const string GpuFile = "model.float16.onnx";

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Short name.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the folder beside this one with the static model: its terms are this model's, its vectors half of this one's.</summary>
    public required string Base { get; init; }

    /// <summary>Length of a vector: the static model's and the transformer's together.</summary>
    public required int Dimension { get; init; }

    /// <summary>Terms that the transformer reads of a snippet.</summary>
    public required int MaxTerms { get; init; }

    /// <summary>Length of the transformer's half, the static half's being 1.</summary>
    public required float Weight { get; init; }

    /// <summary>Weight of BM25 beside the cosine when neighbours are ranked; null: the static model's.</summary>
    public float? LexicalWeight { get; init; }

    /// <exception cref="EmbeddingException">The file is missing or damaged.</exception>
    public static HybridSettings Load(string folder)
    {
        var path = Path.Combine(folder, SettingsFile);
        try
        {
            var settings = JsonSerializer.Deserialize<HybridSettings>(ModelFiles.ReadAllBytes(path), Options) ?? throw new JsonException("The document is null.");
            if (settings.Name is null || settings.Base is null || settings.Base != Path.GetFileName(settings.Base) || settings.Base.Trim('.').Length == 0)
            {
                throw new JsonException("\"base\" is no name of a folder beside this one, or there is no \"name\".");
            }

            return settings is { Dimension: > 0 and <= 8192, MaxTerms: > 0 and <= 4096, Weight: > 0 and <= 100, LexicalWeight: null or (>= 0 and <= 100) }
                ? settings
                : throw new JsonException("A size or weight is out of its range.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new EmbeddingException($"The model's settings {path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Folder of the static model.</summary>
    /// <param name="folder">Folder of this file.</param>
    public string BaseFolder(string folder) => Path.GetFullPath(Path.Combine(folder, "..", Base));
}
