using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Tokenization;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Embeddings.Encoders;

/// <summary>
/// A text encoder that the user supplies as a folder with model.onnx and tokenizer.json, and optionally model.json or
/// the files of sentence-transformers. It reads a snippet's text unchanged, including comments.
/// </summary>
internal sealed class EncoderModel : IEmbeddingModel
{
    private const int GpuBatchTokens = 8192;

    private readonly EncoderSession _session;
    private readonly HuggingFaceTokenizer _tokenizer;
    private readonly int _width;
    private readonly bool _hasTokens;
    private long _truncated;

    private EncoderModel(string name, EncoderOptions options, EncoderSession session, HuggingFaceTokenizer tokenizer, string hash)
    {
        (Name, Hash, Options, _session, _tokenizer) = (name, hash, options, session, tokenizer);
        (_hasTokens, _width) = Probe();
        Dimension = options.Dimension ?? _width;
        if (Dimension > _width)
        {
            throw new EmbeddingException(
                $"{name}: model.json asks for {Dimension} dimensions, and the model's vectors have {_width}. Correct \"dimension\".");
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Hash { get; }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <summary>The options in effect, from the folder's files and the defaults.</summary>
    public EncoderOptions Options { get; }

    /// <summary>Number of texts so far that had more tokens than <see cref="EncoderOptions.MaxTokens"/> and were cut.</summary>
    public long Truncated => Interlocked.Read(ref _truncated);

    /// <summary>Loads the encoder in a folder.</summary>
    /// <param name="folder">Folder with the model.</param>
    /// <param name="sessions">Creates the session, on one device.</param>
    /// <exception cref="EmbeddingException">
    /// A file is missing, damaged or not supported; the message names it and says what to do.
    /// </exception>
    public static EncoderModel Load(string folder, SessionFactory sessions)
    {
        var files = new ModelFolder(folder);
        var model = files.Json("model.json");
        var path = files.FindModel(EncoderConfiguration.Text(model, "model"));
        var tokenizerPath = files.FindTokenizer(path);
        var tokenizer = HuggingFaceTokenizer.Load(tokenizerPath);
        var options = EncoderConfiguration.Read(files, model, tokenizer);
        var session = sessions.Create(path);
        try
        {
            var encoder = new EncoderSession(session, path, EncoderConfiguration.Text(model, "pooling") is not null);
            if (encoder.FixedLength is { } length)
            {
                options = options with { MaxTokens = Math.Min(options.MaxTokens, length) };
            }

            options = sessions.Device == Device.Cuda ? options with { BatchTokens = GpuBatchTokens } : options;
            if (!encoder.Output.StartsWith("sentence", StringComparison.Ordinal) && EncoderConfiguration.FurtherSteps(files)
                .FirstOrDefault() is { } step)
            {
                throw new EmbeddingException(
                    $"{Path.Combine(files.FullPath, "modules.json")}: the step {step} after pooling is not supported. Export the whole "
                        + $"model, so that it has the output sentence_embedding.");
            }

            var hash = EncoderHash.Compute([path, .. ExternalData.Find(path), tokenizerPath], options);
            return new EncoderModel(EncoderConfiguration.Text(model, "name") ?? files.Name, options, encoder, tokenizer, hash);
        }
        catch (Exception failure)
        {
            session.Dispose();
            if (failure is IOException or UnauthorizedAccessException)
            {
                throw new EmbeddingException($"{path}: cannot be read: {failure.Message}", failure);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public EncodedInput Encode(SnippetInput snippet) =>
        Encode(Options.CodePrefix, Encoding.UTF8.GetString(snippet.Text, snippet.StartByte, snippet.EndByte - snippet.StartByte));

    /// <inheritdoc/>
    public EncodedInput EncodeWords(string words) => Encode(Options.QueryPrefix, words);

    /// <inheritdoc/>
    public void Embed(IReadOnlyList<EncodedInput> inputs, Span<float> vectors)
    {
        if (vectors.Length < (long)inputs.Count * Dimension)
        {
            throw new ArgumentException($"{inputs.Count} vectors of {Dimension} do not fit into {vectors.Length} values.", nameof(vectors));
        }

        vectors[..(inputs.Count * Dimension)].Clear();
        var rows = new float[Math.Min(inputs.Count, Options.BatchTokens) * Dimension];
        foreach (var batch in EncoderBatches.Plan([.. inputs.Select(input => input.Ids.Length)], Options.BatchTokens,
            _session.FixedRows ?? int.MaxValue))
        {
            var texts = new List<int[]>(batch.Length);
            foreach (var index in batch.Span)
            {
                texts.Add(inputs[index].Ids);
            }

            _session.Run(texts, Options.PadId, (values, shape) => Pool(values, shape, texts, rows));
            for (var row = 0; row < texts.Count; row++)
            {
                rows.AsSpan(row * Dimension, Dimension).CopyTo(vectors[(batch.Span[row] * Dimension)..]);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private EncodedInput Encode(string prefix, string text)
    {
        var (ids, isTruncated) = _tokenizer.Encode(prefix.Length == 0 ? text : prefix + text, Options.MaxTokens);
        if (isTruncated)
        {
            Interlocked.Increment(ref _truncated);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(ids.AsSpan()), hash);
        return new EncodedInput(MemoryMarshal.Read<UInt128>(hash), ids, []);
    }

    private void Pool(ReadOnlySpan<float> values, long[] shape, List<int[]> texts, float[] rows)
    {
        var stride = values.Length / (int)shape[0];
        for (var row = 0; row < texts.Count; row++)
        {
            var vector = rows.AsSpan(row * Dimension, Dimension);
            if (_hasTokens)
            {
                VectorPooling.Pool(values.Slice(row * stride, texts[row].Length * _width), _width, Options.Pooling ?? Pooling.Mean, vector);
            }
            else
            {
                values.Slice(row * stride, Dimension).CopyTo(vector);
                VectorPooling.Normalise(vector);
            }
        }
    }

    // Runs one text, so that a wrong model fails at once and not after an hour of reading code.
    private (bool HasTokens, int Width) Probe()
    {
        var (hasTokens, width) = (false, 0);
        var ids = _tokenizer.Encode("a", Options.MaxTokens).Ids;
        _session.Run([ids.Length > 0 ? ids : [Options.PadId]], Options.PadId,
            (_, shape) => (hasTokens, width) = (shape.Length == 3, (int)shape[^1]));
        return width > 0 ? (hasTokens, width)
            : throw new EmbeddingException($"{Name}: the output {_session.Output} has no width. Export the model for feature extraction.");
    }
}

/// <summary>Hashes everything that an encoder's vectors depend on.</summary>
internal static class EncoderHash
{
    /// <summary>
    /// Returns the SHA-256, in lower-case hexadecimal, over the files in order, each preceded by its length, and the
    /// options.
    /// </summary>
    public static string Compute(IEnumerable<string> files, EncoderOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendFile(file);
        }

        // The size of a batch does not change the vectors.
        var uses = options with { BatchTokens = 0 };
        hash.AppendData(
            Encoding.UTF8.GetBytes(
                $"{uses.Pooling}\0{uses.CodePrefix}\0{uses.QueryPrefix}\0{uses.MaxTokens}\0{uses.Dimension}\0{uses.PadId}"));
        return hash.Digits();
    }
}

/// <summary>How the vectors of a text's tokens are combined into one.</summary>
internal enum Pooling
{
    /// <summary>The mean of all tokens' vectors.</summary>
    Mean,

    /// <summary>The first token's vector.</summary>
    Cls,

    /// <summary>The last token's vector.</summary>
    Last,

    /// <summary>The largest value of all tokens' vectors in each dimension.</summary>
    Max,
}

/// <summary>Combines the vectors of a text's tokens into one.</summary>
internal static class VectorPooling
{
    /// <summary>Pools the vectors and normalises the result to length 1.</summary>
    /// <param name="tokens">[tokens, width], without padding, at least one token.</param>
    /// <param name="width">Length of a token's vector.</param>
    /// <param name="pooling">How to combine the vectors.</param>
    /// <param name="vector">Receives the leading dimensions; not longer than <paramref name="width"/>.</param>
    public static void Pool(ReadOnlySpan<float> tokens, int width, Pooling pooling, Span<float> vector)
    {
        var count = tokens.Length / width;
        switch (pooling)
        {
            case Pooling.Cls:
                tokens[..vector.Length].CopyTo(vector);
                break;
            case Pooling.Last:
                tokens.Slice((count - 1) * width, vector.Length).CopyTo(vector);
                break;
            case Pooling.Mean:
                tokens[..vector.Length].CopyTo(vector);
                for (var token = 1; token < count; token++)
                {
                    Combine(tokens.Slice(token * width, vector.Length), vector, isSum: true);
                }

                // The sum suffices, because normalising removes the factor.
                break;
            default:
                tokens[..vector.Length].CopyTo(vector);
                for (var token = 1; token < count; token++)
                {
                    Combine(tokens.Slice(token * width, vector.Length), vector, isSum: false);
                }

                break;
        }

        Normalise(vector);
    }

    /// <summary>Scales a vector to length 1; a vector of zeros stays unchanged.</summary>
    /// <exception cref="EmbeddingException">A value is not a finite number.</exception>
    public static void Normalise(Span<float> vector)
    {
        double sum = 0;
        foreach (var value in vector)
        {
            sum += (double)value * value;
        }

        if (!double.IsFinite(sum))
        {
            throw new EmbeddingException(
                "The model's vector contains values that are not finite (half precision overflows on some "
                    + "models). Use the model in single precision.");
        }

        var scale = sum > 0 ? (float)(1 / Math.Sqrt(sum)) : 0;
        foreach (ref var value in vector)
        {
            value *= scale;
        }
    }

    private static void Combine(ReadOnlySpan<float> token, Span<float> vector, bool isSum)
    {
        var from = MemoryMarshal.Cast<float, Vector<float>>(token);
        var to = MemoryMarshal.Cast<float, Vector<float>>(vector);
        for (var index = 0; index < to.Length; index++)
        {
            to[index] = isSum ? to[index] + from[index] : Vector.Max(to[index], from[index]);
        }

        for (var index = to.Length * Vector<float>.Count; index < vector.Length; index++)
        {
            vector[index] = isSum ? vector[index] + token[index] : Math.Max(vector[index], token[index]);
        }
    }
}
