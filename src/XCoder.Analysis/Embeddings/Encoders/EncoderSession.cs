using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Analysis.Embeddings.Encoders;

/// <summary>A session of an encoder, and what its metadata say of inputs and outputs.</summary>
internal sealed class EncoderSession : IDisposable
{
    // As Optimum, sentence-transformers, transformers.js and torch.onnx name them.
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

    /// <summary>Reads the metadata of a session, which it then owns.</summary>
    /// <exception cref="EmbeddingException">The model is no encoder of text.</exception>
    public EncoderSession(InferenceSession session, string path, bool pools)
    {
        (_session, _path) = (session, path);
        _inputs = [.. session.InputMetadata.Select(input => ReadInput(input.Key, input.Value))];
        if (Array.TrueForAll(_inputs, input => input.Kind != EncoderInputKind.Ids))
        {
            throw new EmbeddingException($"{path}: the model has no input input_ids; it has {string.Join(", ", session.InputMetadata.Keys)}. Export the text encoder, for feature extraction.");
        }

        var shape = session.InputMetadata[_inputs.First(input => input.Kind == EncoderInputKind.Ids).Name].Dimensions;
        (FixedRows, FixedLength) = shape is [var rows, var length] ? (rows > 0 ? rows : null, length > 0 ? length : null) : ((int?)null, (int?)null);
        Output = ChooseOutput(pools);
    }

    /// <summary>The output that vectors are read from.</summary>
    public string Output { get; }

    /// <summary>Number of rows that the model insists on, or null.</summary>
    public int? FixedRows { get; }

    /// <summary>Number of tokens that the model insists on, or null.</summary>
    public int? FixedLength { get; }

    /// <summary>Runs a batch.</summary>
    /// <param name="texts">Ids of the texts.</param>
    /// <param name="pad">Id of padding.</param>
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
                    throw new EmbeddingException($"{_path}: the output {Output} is of {shape.ElementDataType}; vectors of float or float16 are read.");
            }
        }
        catch (OnnxRuntimeException failure)
        {
            throw new EmbeddingException($"{_path}: the model failed on {texts.Count} texts of up to {length} tokens: {SessionFactory.Reason(failure)}. Does tokenizer.json belong to this model, and is \"maxTokens\" in model.json within its positions?", failure);
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
            throw new EmbeddingException($"{_path}: the model asks for the input {name}, which is not supported ({string.Join(", ", InputNames.Keys)} are). Export the text encoder alone, without a cache of past keys.");
        }

        return input.ElementType == typeof(long) || input.ElementType == typeof(int)
            ? new EncoderInput(name, kind, input.ElementType == typeof(long))
            : throw new EmbeddingException($"{_path}: the input {name} is of {input.ElementType}; int64 and int32 are supported.");
    }

    // A sentence's own vector where no pooling is asked for; then tokens' vectors by name; then the first output that can be either.
    private string ChooseOutput(bool pools)
    {
        var outputs = _session.OutputMetadata.Where(output => output.Value.IsTensor && (output.Value.ElementType == typeof(float) || output.Value.ElementType == typeof(Float16))).ToList();
        var names = outputs.Select(output => output.Key).ToList();
        var first = pools ? TokenOutputs : [.. TextOutputs, .. TokenOutputs];
        return first.FirstOrDefault(names.Contains)
            ?? outputs.FirstOrDefault(output => output.Value.Dimensions.Length == 3).Key
            ?? outputs.FirstOrDefault(output => output.Value.Dimensions.Length == 2).Key
            ?? throw new EmbeddingException($"{_path}: no output is of shape [texts, tokens, width] or [texts, width]; it has {string.Join(", ", _session.OutputMetadata.Keys)}. Export the model for feature extraction.");
    }

    /// <summary>Reads an output while it is alive.</summary>
    public delegate void ReadOutput(ReadOnlySpan<float> values, long[] shape);
}
