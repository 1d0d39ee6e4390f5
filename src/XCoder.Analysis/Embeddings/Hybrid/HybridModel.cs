using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using XCoder.Analysis.Embeddings.Encoders;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Embeddings.Hybrid;

/// <summary>
/// Concatenates the vector of a static model with that of a small transformer over the same terms, scaled to length 1.
/// The static model contributes the words, the transformer their order and which names are the same; the two make
/// different errors.
/// </summary>
internal sealed class HybridModel : ITermModel
{
    // Part of the hash. Increase it whenever terms are passed to the transformer in another way.
    private const int ReadingVersion = 1;

    // Terms in a batch: small enough for a core's cache, or large enough to keep a GPU busy while its attention, which
    // grows with rows times length squared, stays small.
    private const int CpuBatchTerms = 2048;
    private const int GpuBatchTerms = 16384;

    private readonly HybridSettings _settings;
    private readonly StaticModel _words;
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly int _batchTerms;
    private readonly int _width;
    private readonly int _marks;

    private HybridModel(HybridSettings settings, StaticModel words, InferenceSession session, int marks, bool isGpu, string hash)
    {
        (_settings, _words, _session, _marks, Hash) = (settings, words, session, marks, hash);
        _batchTerms = isGpu ? GpuBatchTerms : CpuBatchTerms;
        _width = settings.Dimension - words.Dimension;
    }

    /// <inheritdoc/>
    public string Name => _settings.Name;

    /// <inheritdoc/>
    /// <remarks>The same on all devices: the CPU's and the GPU's transformer are one model in two precisions.</remarks>
    public string Hash { get; }

    /// <inheritdoc/>
    public int Dimension => _settings.Dimension;

    /// <inheritdoc/>
    public CodeTokenizer Tokenizer => _words.Tokenizer;

    /// <summary>
    /// Opens the model in a folder with <c>model.json</c>, <c>model.onnx</c> and, for a GPU, <c>model.float16.onnx</c>.
    /// The folder of the static model must be beside it.
    /// </summary>
    /// <exception cref="EmbeddingException">
    /// A file is missing, damaged or does not fit the static model, or the device cannot be used.
    /// </exception>
    public static HybridModel Open(string folder, SessionFactory sessions)
    {
        var settings = HybridSettings.Load(folder);
        var below = settings.BaseFolder(folder);
        if (!Directory.Exists(below))
        {
            throw new EmbeddingException(
                $"{Path.Combine(folder, HybridSettings.SettingsFile)} names {settings.Base} as \"base\", and "
                    + $"there is no folder {below}. Put the static model there.");
        }

        InferenceSession? session = null;
        var words = StaticModel.Open(below, sessions, settings.LexicalWeight);
        try
        {
            // Opening the static half has determined the device.
            var isGpu = sessions.Device == Device.Cuda;
            var path = Path.Combine(folder, isGpu ? HybridSettings.GpuFile : HybridSettings.CpuFile);
            session = sessions.Create(path);
            if (!session.OutputMetadata.TryGetValue("vectors", out var output) || output.Dimensions is not [_, > 0 and var width]
                || width + words.Dimension != settings.Dimension)
            {
                throw new EmbeddingException(
                    $"{path} does not fit: its vectors and the {words.Dimension} numbers of {settings.Base} must together have "
                        + $"{settings.Dimension} numbers, as model.json says. Restore the folder.");
            }

            var facts = session.ModelMetadata.CustomMetadataMap;
            if (facts.GetValueOrDefault("terms") != CodeTokenizer.HashOf(below))
            {
                throw new EmbeddingException(
                    $"{path} was trained on other terms than those of {below}. Restore the folders, or train "
                        + $"it again (models/training/README.md).");
            }

            if (!int.TryParse(facts.GetValueOrDefault("marks"), CultureInfo.InvariantCulture, out var marks) || marks < 2)
            {
                throw new EmbeddingException($"{path} does not say how many marks of names it knows. Restore the folder.");
            }

            return new HybridModel(settings, words, session, marks, isGpu, HashOf(folder, words.Hash));
        }
        catch (Exception exception)
        {
            session?.Dispose();
            words.Dispose();
            if (exception is OnnxRuntimeException or IOException or UnauthorizedAccessException)
            {
                throw new EmbeddingException($"{folder} is no hybrid model: {exception.Message} Restore the folder.", exception);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public EncodedInput Encode(SnippetInput snippet) => Encode(Tokenizer.Tokenize(snippet));

    /// <inheritdoc/>
    public EncodedInput EncodeWords(string words) => Encode(Tokenizer.TokenizeWords(words));

    /// <inheritdoc/>
    public void Embed(IReadOnlyList<EncodedInput> inputs, Span<float> vectors)
    {
        if (vectors.Length < inputs.Count * Dimension)
        {
            throw new ArgumentException(
                $"{inputs.Count} vectors of {Dimension} need {inputs.Count * Dimension} numbers, not {vectors.Length}.", nameof(vectors));
        }

        var left = new float[inputs.Count * _words.Dimension];
        _words.Embed(inputs, left);
        vectors[..(inputs.Count * Dimension)].Clear();
        var scale = 1 / MathF.Sqrt(1 + (_settings.Weight * _settings.Weight));
        foreach (var batch in EncoderBatches.Plan([.. inputs.Select(Length)], _batchTerms, int.MaxValue))
        {
            var right = Run(inputs, batch.Span);
            for (var row = 0; row < batch.Length; row++)
            {
                var vector = vectors.Slice(batch.Span[row] * Dimension, Dimension);
                Scale(left.AsSpan(batch.Span[row] * _words.Dimension, _words.Dimension), scale, vector);
                Scale(right.AsSpan(row * _width, _width), scale * _settings.Weight, vector[_words.Dimension..]);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        _run.Dispose();
        _words.Dispose();
    }

    private static void Scale(ReadOnlySpan<float> source, float factor, Span<float> target)
    {
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = source[i] * factor;
        }
    }

    private static string HashOf(string folder, string words)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(ReadingVersion));
        hash.AppendData(Convert.FromHexString(words));
        hash.AppendFile(Path.Combine(folder, HybridSettings.SettingsFile));
        hash.AppendFile(Path.Combine(folder, HybridSettings.CpuFile));
        hash.AppendFile(Path.Combine(folder, HybridSettings.GpuFile));
        return hash.Digits();
    }

    private int Length(EncodedInput input) => Math.Min(input.Terms?.Ids.Length ?? 0, _settings.MaxTerms);

    private EncodedInput Encode(CodeTerms terms)
    {
        var (rows, weights) = _words.RowsOf(terms);
        var hash = SHA256.HashData([.. MemoryMarshal.AsBytes<int>(terms.Ids), .. MemoryMarshal.AsBytes<int>(terms.Words)]);
        return new EncodedInput(MemoryMarshal.Read<UInt128>(hash), rows, weights) { Terms = terms };
    }

    private float[] Run(IReadOnlyList<EncodedInput> inputs, ReadOnlySpan<int> batch)
    {
        var longest = 0;
        foreach (var index in batch)
        {
            longest = Math.Max(longest, Length(inputs[index]));
        }

        // Padding is the term 0; the mask excludes it.
        long[] shape = [batch.Length, longest];
        var (ids, marks, mask) = (new int[batch.Length * longest], new int[batch.Length * longest], new float[batch.Length * longest]);
        for (var row = 0; row < batch.Length; row++)
        {
            var (terms, length) = (inputs[batch[row]].Terms!, Length(inputs[batch[row]]));
            terms.Ids.AsSpan(0, length).CopyTo(ids.AsSpan(row * longest));
            mask.AsSpan(row * longest, length).Fill(1);
            for (var i = 0; i < length; i++)
            {
                marks[(row * longest) + i] = Math.Min(terms.Words[i] + 1, _marks - 1);
            }
        }

        using var idsValue = OrtValue.CreateTensorValueFromMemory(ids, shape);
        using var marksValue = OrtValue.CreateTensorValueFromMemory(marks, shape);
        using var maskValue = OrtValue.CreateTensorValueFromMemory(mask, shape);
        try
        {
            using var outputs = _session.Run(_run, ["ids", "marks", "mask"], [idsValue, marksValue, maskValue], ["vectors"]);
            return outputs[0].GetTensorDataAsSpan<float>().ToArray();
        }
        catch (OnnxRuntimeException exception)
        {
            throw new EmbeddingException($"The model {Name} failed on a batch of {batch.Length}: {SessionFactory.Reason(exception)}",
                exception);
        }
    }
}

/// <summary><c>model.json</c> of a hybrid model: its static half, and how the two halves are combined.</summary>
internal sealed record HybridSettings
{
    public const string SettingsFile = "model.json";

    /// <summary>File of the transformer for the CPU: int8 weights and activations.</summary>
    public const string CpuFile = "model.onnx";

    /// <summary>File of the same transformer for a GPU: matrices in float16.</summary>
    public const string GpuFile = "model.float16.onnx";

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Short name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Name of the folder, beside this one, of the static model. This model uses its terms, and its vectors as half of
    /// its own.
    /// </summary>
    public required string Base { get; init; }

    /// <summary>Length of a vector: the sum of the static model's and the transformer's.</summary>
    public required int Dimension { get; init; }

    /// <summary>Most terms of a snippet that the transformer reads.</summary>
    public required int MaxTerms { get; init; }

    /// <summary>Length to which the transformer's half is scaled, relative to the static half's.</summary>
    public required float Weight { get; init; }

    /// <summary>Weight of BM25, relative to the cosine, for ranking neighbours; null uses the static model's.</summary>
    public float? LexicalWeight { get; init; }

    /// <exception cref="EmbeddingException">The file is missing or damaged.</exception>
    public static HybridSettings Load(string folder)
    {
        var path = Path.Combine(folder, SettingsFile);
        try
        {
            var settings = JsonSerializer.Deserialize<HybridSettings>(ModelFiles.ReadAllBytes(path), Options)
                ?? throw new JsonException("The document is null.");
            if (settings.Name is null || settings.Base is null || settings.Base != Path.GetFileName(settings.Base)
                || settings.Base.Trim('.').Length == 0)
            {
                throw new JsonException("\"base\" is no name of a folder beside this one, or there is no \"name\".");
            }

            return settings is { Dimension: > 0 and <= 8192, MaxTerms: > 0 and <= 4096, Weight: > 0 and <= 100,
                LexicalWeight: null or (>= 0 and <= 100) }
                ? settings
                : throw new JsonException("A size or weight is out of its range.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new EmbeddingException($"The model's settings {path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Returns the folder of the static model.</summary>
    /// <param name="folder">Folder that contains this file.</param>
    public string BaseFolder(string folder) => Path.GetFullPath(Path.Combine(folder, "..", Base));
}
