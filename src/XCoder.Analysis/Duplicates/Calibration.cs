using System.Text.Json;
using System.Text.Json.Serialization;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Duplicates;

/// <summary>A threshold for semantic duplicates and the evidence for it, stored in the workspace.</summary>
public sealed partial record Calibration
{
    /// <summary>Name of the file within a workspace.</summary>
    public const string FileName = "calibration.json";

    /// <summary>Hash of the model for which it is valid.</summary>
    public required string ModelHash { get; init; }

    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Lowest margin of a pair in two languages of one project or of ports of each other.</summary>
    public required double Threshold { get; init; }

    /// <summary>The precision that was requested.</summary>
    public required double Target { get; init; }

    /// <summary>Precision expected at the threshold; null where it is unknown.</summary>
    public Estimate? Precision { get; init; }

    /// <summary>Recall among the pairs known to behave the same; null where no such pair is known.</summary>
    public Estimate? Recall { get; init; }

    /// <summary>Number of pairs in ports at or above the threshold.</summary>
    public int Pairs { get; init; }

    /// <summary>
    /// Lowest margin of a pair in two languages of projects that are no ports of each other; 1, which no pair reaches, if no threshold
    /// gives the precision that was requested. Null in calibrations of earlier versions, which did not know it.
    /// </summary>
    public double? UnrelatedThreshold { get; init; }

    /// <summary>Precision expected of such pairs at their threshold; null where there is none, or it is unknown.</summary>
    public Estimate? UnrelatedPrecision { get; init; }

    /// <summary>Number of such pairs at or above their threshold.</summary>
    public int UnrelatedPairs { get; init; }

    /// <summary>Number of translation pairs: pairs known to behave the same by their name or documentation.</summary>
    public int Twins { get; init; }

    /// <summary>Number of candidate pairs judged by translation pairs.</summary>
    public int JudgedByTwins { get; init; }

    /// <summary>Number of candidate pairs judged by labels.</summary>
    public int JudgedByLabels { get; init; }

    /// <summary>Number of labels that name a snippet which is not in the workspace.</summary>
    public int UnknownLabels { get; init; }

    /// <summary>Precision, recall and number of pairs at other thresholds, ascending.</summary>
    public IReadOnlyList<CalibrationPoint> Curve { get; init; } = [];

    /// <summary>When the calibration was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Reads the calibration of a workspace for a model; null where there is none, or the file is unreadable.</summary>
    public static Calibration? Read(WorkspaceFolder workspace, string modelHash)
    {
        try
        {
            var calibration = WorkspaceFile.Read(Path.Combine(workspace.Folder, FileName)) is { } bytes
                ? JsonSerializer.Deserialize(bytes, CalibrationContext.Default.Calibration) : null;
            return calibration?.ModelHash == modelHash && calibration.Threshold is >= -0.1 and <= 1
                && calibration.UnrelatedThreshold is null or (>= -0.1 and <= 1) ? calibration : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the calibration to the workspace.</summary>
    public void Write(WorkspaceFolder workspace) =>
        AsideFile.Replace(Path.Combine(workspace.Folder, FileName),
            stream => JsonSerializer.Serialize(stream, this, CalibrationContext.Default.Calibration));

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
    [JsonSerializable(typeof(Calibration))]
    private sealed partial class CalibrationContext : JsonSerializerContext;
}

/// <summary>Options for choosing a threshold.</summary>
public sealed record CalibrationOptions
{
    /// <summary>Precision to reach, in (0, 1). Default 0.95.</summary>
    public double Precision { get; init; } = 0.95;

    /// <summary>Pairs that were judged before.</summary>
    public IReadOnlyList<LabelledPair> Labels { get; init; } = [];

    /// <summary>The rule for pairs; its threshold is ignored.</summary>
    public SemanticOptions Rule { get; init; } = new();
}

/// <summary>Precision and recall at one threshold.</summary>
/// <param name="Threshold">Lowest margin of a pair in two languages.</param>
/// <param name="Pairs">Pairs at or above it.</param>
/// <param name="Precision">Expected share of these pairs that behave the same, or null.</param>
/// <param name="Recall">Share of the pairs known to behave the same that are among them, or null.</param>
public sealed record CalibrationPoint(double Threshold, int Pairs, Estimate? Precision, Estimate? Recall);

/// <summary>
/// The pairs that were judged when a model was made, counted by margin: <c>calibration.json</c> in the model's folder.
/// </summary>
/// <param name="Ports">Pairs of parallel code, in ascending bins; none if the model has no such file.</param>
/// <param name="Unrelated">Pairs of unrelated projects, in ascending bins; none if the model has none.</param>
internal sealed record ReferencePairs(IReadOnlyList<MarginBin> Ports, IReadOnlyList<MarginBin> Unrelated)
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "calibration.json";

    /// <summary>Reads the file of a model.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <exception cref="EmbeddingException">The file is damaged.</exception>
    public static ReferencePairs Load(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return new ReferencePairs([], []);
        }

        try
        {
            using var document = JsonDocument.Parse(ModelFiles.ReadAllBytes(path));
            var root = document.RootElement;
            return new ReferencePairs(Bins(root.GetProperty("bins")),
                root.TryGetProperty("unrelated", out var unrelated) ? Bins(unrelated) : []);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingException(
                $"{path} does not hold the reference pairs of a model: {exception.Message} Restore the file, or delete it.", exception);
        }
    }

    private static MarginBin[] Bins(JsonElement element)
    {
        MarginBin[] bins = [.. element.EnumerateArray().Select(bin => new MarginBin(bin.GetProperty("from").GetDouble(),
            bin.GetProperty("same").GetDouble(), bin.GetProperty("different").GetDouble()))];
        return bins.Zip(bins.Skip(1)).All(pair => pair.First.From < pair.Second.From)
            && bins.All(bin => bin.Same >= 0 && bin.Different >= 0) ? bins
            : throw new FormatException("its bins must ascend and hold no negative counts");
    }
}
