using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Analysis.Embeddings.Encoders;

/// <summary>An ONNX session of an encoder, with its inputs and output as the model's metadata describes them.</summary>
internal sealed class EncoderSession : IDisposable
{
    // The names that Optimum, sentence-transformers, transformers.js and torch.onnx use.
    private static readonly Dictionary<string, EncoderInputKind> InputNames = new(StringComparer.Ordinal)
    {
        ["input_ids"] = EncoderInputKind.Ids,
        ["attention_mask"] = EncoderInputKind.Mask,
        ["input_mask"] = EncoderInputKind.Mask,
        ["token_type_ids"] = EncoderInputKind.Types,
        ["segment_ids"] = EncoderInputKind.Types,
        ["position_ids"] = EncoderInputKind.Positions,
    };

    private static readonly string[] TextOutputs = ["sentence_embedding", "sentence_embeddings"];
    private static readonly string[] TokenOutputs = ["last_hidden_state", "token_embeddings", "hidden_states"];

    private readonly InferenceSession _session;
    private readonly string _path;
    private readonly EncoderInput[] _inputs;

    /// <summary>Reads the metadata of a session and takes ownership of it.</summary>
    /// <exception cref="EmbeddingException">The model is not a text encoder.</exception>
    public EncoderSession(InferenceSession session, string path, bool pools)
    {
        (_session, _path) = (session, path);
        _inputs = [.. session.InputMetadata.Select(input => ReadInput(input.Key, input.Value))];
        if (Array.TrueForAll(_inputs, input => input.Kind != EncoderInputKind.Ids))
        {
            throw new EmbeddingException(
                $"{path}: the model has no input named input_ids; its "
                    + $"inputs are {string.Join(", ", session.InputMetadata.Keys)}. Export the text encoder for feature extraction.");
        }

        var shape = session.InputMetadata[_inputs.First(input => input.Kind == EncoderInputKind.Ids).Name].Dimensions;
        (FixedRows, FixedLength) = shape is [var rows, var length] ? (rows > 0 ? rows : null, length > 0 ? length : null)
            : ((int?)null, (int?)null);
        Output = ChooseOutput(pools);
    }

    /// <summary>Name of the output from which vectors are read.</summary>
    public string Output { get; }

    /// <summary>The only number of rows that the model accepts, or null if any is.</summary>
    public int? FixedRows { get; }

    /// <summary>The only number of tokens that the model accepts, or null if any is.</summary>
    public int? FixedLength { get; }

    /// <summary>Runs the model on a batch.</summary>
    /// <param name="texts">Token ids of the texts.</param>
    /// <param name="pad">Token id of padding.</param>
    /// <param name="read">Receives the output and its shape: [rows, tokens, width] or [rows, width].</param>
    /// <exception cref="EmbeddingException">The run failed.</exception>
    public void Run(IReadOnlyList<int[]> texts, int pad, ReadOutput read)
    {
        var length = FixedLength ?? texts.Max(ids => ids.Length);
        var rows = FixedRows ?? texts.Count;
        var values = Array.ConvertAll(_inputs, input => input.Tensor(texts, rows, length, pad));
        try
        {
            using var options = new RunOptions();
            using var outputs = _session.Run(options, Array.ConvertAll(_inputs, input => input.Name), values, [Output]);
            var shape = outputs[0].GetTensorTypeAndShape();
            switch (shape.ElementDataType)
            {
                case TensorElementType.Float:
                    read(outputs[0].GetTensorDataAsSpan<float>(), shape.Shape);
                    break;
                case TensorElementType.Float16:
                    read(Array.ConvertAll(outputs[0].GetTensorDataAsSpan<Float16>().ToArray(), value => value.ToFloat()), shape.Shape);
                    break;
                default:
                    throw new EmbeddingException(
                        $"{_path}: the output {Output} is of {shape.ElementDataType}; vectors of float or float16 are read.");
            }
        }
        catch (OnnxRuntimeException failure)
        {
            throw new EmbeddingException(
                $"{_path}: the model failed on {texts.Count} texts of up to {length} tokens: {SessionFactory.Reason(failure)}. Does "
                    + $"tokenizer.json belong to this model, and is \"maxTokens\" in model.json within its positions?", failure);
        }
        finally
        {
            Array.ForEach(values, value => value.Dispose());
        }
    }

    public void Dispose() => _session.Dispose();

    private EncoderInput ReadInput(string name, NodeMetadata input)
    {
        if (!InputNames.TryGetValue(name, out var kind))
        {
            throw new EmbeddingException(
                $"{_path}: the model asks for the input {name}, which is not supported ({string.Join(", ", InputNames.Keys)} are). Export "
                    + $"the text encoder alone, without a cache of past keys.");
        }

        return input.ElementType == typeof(long) || input.ElementType == typeof(int)
            ? new EncoderInput(name, kind, input.ElementType == typeof(long))
            : throw new EmbeddingException($"{_path}: the input {name} is of {input.ElementType}; int64 and int32 are supported.");
    }

    // Without explicit pooling the sentence vector comes first, then token vectors by name, then the first output with
    // the shape of either.
    private string ChooseOutput(bool pools)
    {
        var outputs = _session.OutputMetadata
            .Where(output => output.Value.IsTensor
                && (output.Value.ElementType == typeof(float) || output.Value.ElementType == typeof(Float16)))
            .ToList();
        var names = outputs.Select(output => output.Key).ToList();
        var first = pools ? TokenOutputs : [.. TextOutputs, .. TokenOutputs];
        return first.FirstOrDefault(names.Contains)
            ?? outputs.FirstOrDefault(output => output.Value.Dimensions.Length == 3).Key
            ?? outputs.FirstOrDefault(output => output.Value.Dimensions.Length == 2).Key
            ?? throw new EmbeddingException(
                $"{_path}: no output is of shape [texts, tokens, width] or [texts, width]; it "
                    + $"has {string.Join(", ", _session.OutputMetadata.Keys)}. Export the model for feature extraction.");
    }

    /// <summary>Reads an output, which is valid only during the call.</summary>
    public delegate void ReadOutput(ReadOnlySpan<float> values, long[] shape);
}

/// <summary>What an input of an encoder contains.</summary>
internal enum EncoderInputKind
{
    Ids,
    Mask,
    Types,
    Positions,
}

/// <summary>An input of an encoder.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it contains.</param>
/// <param name="IsLong">Whether its numbers have 64 bits; otherwise they have 32.</param>
internal sealed record EncoderInput(string Name, EncoderInputKind Kind, bool IsLong)
{
    /// <summary>Creates a batch's tensor of shape [rows, length].</summary>
    /// <param name="texts">Token ids of each row.</param>
    /// <param name="rows">Number of rows; each row beyond the texts is one padding token.</param>
    /// <param name="length">Number of columns.</param>
    /// <param name="pad">Token id of padding.</param>
    public OrtValue Tensor(IReadOnlyList<int[]> texts, int rows, int length, int pad) => IsLong
        ? OrtValue.CreateTensorValueFromMemory(Fill<long>(texts, rows, length, pad, value => value), [rows, length])
        : OrtValue.CreateTensorValueFromMemory(Fill<int>(texts, rows, length, pad, value => value), [rows, length]);

    private T[] Fill<T>(IReadOnlyList<int[]> texts, int rows, int length, int pad, Func<int, T> convert)
    {
        var values = new T[rows * length];
        if (Kind == EncoderInputKind.Types)
        {
            return values;
        }

        for (var row = 0; row < rows; row++)
        {
            var ids = row < texts.Count ? texts[row] : [pad];
            for (var column = 0; column < length; column++)
            {
                values[(row * length) + column] = convert(Kind switch
                {
                    EncoderInputKind.Ids => column < ids.Length ? ids[column] : pad,
                    EncoderInputKind.Mask => column < ids.Length ? 1 : 0,
                    _ => column,
                });
            }
        }

        return values;
    }
}

/// <summary>Plans batches of inputs of similar length, so that little padding is needed.</summary>
internal static class EncoderBatches
{
    /// <summary>Returns batches of the indexes of inputs that are not empty, shortest first.</summary>
    /// <param name="lengths">Length of each input.</param>
    /// <param name="tokens">Largest product of rows and longest input in a batch; a longer input is a batch of its own.</param>
    /// <param name="rows">Most rows in a batch.</param>
    public static IEnumerable<ReadOnlyMemory<int>> Plan(IReadOnlyList<int> lengths, int tokens, int rows)
    {
        var order = Enumerable.Range(0, lengths.Count).Where(index => lengths[index] > 0).OrderBy(index => lengths[index]).ToArray();
        var start = 0;
        for (var index = 0; index < order.Length; index++)
        {
            if (index > start && ((long)lengths[order[index]] * (index - start + 1) > tokens || index - start == rows))
            {
                yield return order.AsMemory(start, index - start);
                start = index;
            }
        }

        if (start < order.Length)
        {
            yield return order.AsMemory(start);
        }
    }
}
