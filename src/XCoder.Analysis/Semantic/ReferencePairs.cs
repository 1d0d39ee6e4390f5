using System.Text.Json;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Analysis.Semantic;

/// <summary>Pairs judged when a model was made, by margin: <c>calibration.json</c> in the model's folder.</summary>
internal static class ReferencePairs
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "calibration.json";

    /// <summary>The bins, ascending; none where the model has no such file.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <exception cref="EmbeddingException">The file is damaged.</exception>
    public static IReadOnlyList<MarginBin> Load(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(ModelFiles.ReadAllBytes(path));
            MarginBin[] bins = [.. document.RootElement.GetProperty("bins").EnumerateArray().Select(bin => new MarginBin(bin.GetProperty("from").GetDouble(), bin.GetProperty("same").GetDouble(), bin.GetProperty("different").GetDouble()))];
            return bins.Zip(bins.Skip(1)).All(pair => pair.First.From < pair.Second.From) && bins.All(bin => bin.Same >= 0 && bin.Different >= 0) ? bins : throw new FormatException("its bins do not ascend, or count less than none");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingException($"{path} does not hold the reference pairs of a model: {exception.Message} Restore the file, or delete it.", exception);
        }
    }
}
