using System.Runtime.InteropServices;

namespace XCoder.Analysis.Onnx;

/// <summary>
/// Writes an ONNX model (onnx.proto3) of a few nodes. Search and self-tests need models so small that writing them is
/// easier than shipping files. Negative dimensions are unknown until the model runs.
/// </summary>
internal sealed class OnnxGraph(string name)
{
    private const int IrVersion = 8;
    private const int Opset = 13;

    // AttributeProto.AttributeType and TensorProto.DataType.
    private const int FloatAttribute = 1;
    private const int IntegerAttribute = 2;
    private const int IntegersAttribute = 7;
    private const int FloatTensor = 1;
    private const int Int32Tensor = 6;
    private const int Int64Tensor = 7;

    private readonly MemoryStream _graph = new();
    private readonly MemoryStream _metadata = new();

    /// <summary>Adds a float32 input.</summary>
    public OnnxGraph Input(string input, params ReadOnlySpan<long> shape) => Value(11, input, FloatTensor, shape);

    /// <summary>Adds an int64 or int32 input.</summary>
    public OnnxGraph IntegerInput(string input, bool isLong, params ReadOnlySpan<long> shape) =>
        Value(11, input, isLong ? Int64Tensor : Int32Tensor, shape);

    /// <summary>Adds a float32 output.</summary>
    public OnnxGraph Output(string output, params ReadOnlySpan<long> shape) => Value(12, output, FloatTensor, shape);

    /// <summary>Adds a float32 constant.</summary>
    public OnnxGraph Constant(string constant, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        Constant(constant, FloatTensor, MemoryMarshal.AsBytes(values), shape);

    /// <summary>Adds a one-dimensional int64 constant, as shapes and axes need.</summary>
    public OnnxGraph Numbers(string constant, params ReadOnlySpan<long> values) =>
        Constant(constant, Int64Tensor, MemoryMarshal.AsBytes(values), [values.Length]);

    /// <summary>Adds a node. An attribute is a <see cref="float"/>, a <see cref="long"/> or an array of <see cref="long"/>.</summary>
    public OnnxGraph Node(string operation, string[] inputs, string[] outputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        var node = new MemoryStream();
        foreach (var input in inputs)
        {
            node.WriteText(1, input);
        }

        foreach (var output in outputs)
        {
            node.WriteText(2, output);
        }

        node.WriteText(4, operation);
        foreach (var (attribute, value) in attributes)
        {
            var message = new MemoryStream();
            message.WriteText(1, attribute);
            if (value is float real)
            {
                message.WriteVarint((2 << 3) | 5);
                message.Write(BitConverter.GetBytes(real));
            }
            else if (value is long[] several)
            {
                foreach (var one in several)
                {
                    message.WriteNumber(8, one);
                }
            }
            else
            {
                message.WriteNumber(3, (long)value);
            }

            message.WriteNumber(20, value is float ? FloatAttribute : value is long ? IntegerAttribute : IntegersAttribute);
            node.WriteMessage(5, message);
        }

        _graph.WriteMessage(1, node);
        return this;
    }

    /// <summary>Adds a key and value to the model's metadata.</summary>
    public OnnxGraph Metadata(string key, string value)
    {
        var entry = new MemoryStream();
        entry.WriteText(1, key);
        entry.WriteText(2, value);
        _metadata.WriteMessage(14, entry);
        return this;
    }

    /// <summary>Returns the model in protobuf encoding.</summary>
    public byte[] ToArray()
    {
        var graph = new MemoryStream();
        _graph.WriteTo(graph);
        graph.WriteText(2, name);
        var opset = new MemoryStream();
        opset.WriteNumber(2, Opset);
        var model = new MemoryStream();
        model.WriteNumber(1, IrVersion);
        model.WriteMessage(7, graph);
        model.WriteMessage(8, opset);
        _metadata.WriteTo(model);
        return model.ToArray();
    }

    private OnnxGraph Constant(string constant, int type, ReadOnlySpan<byte> values, ReadOnlySpan<long> shape)
    {
        var tensor = new MemoryStream();
        foreach (var dimension in shape)
        {
            tensor.WriteNumber(1, dimension);
        }

        tensor.WriteNumber(2, type);
        tensor.WriteText(8, constant);
        tensor.WriteBytes(9, values);
        _graph.WriteMessage(5, tensor);
        return this;
    }

    private OnnxGraph Value(int field, string value, int elementType, ReadOnlySpan<long> dimensions)
    {
        var shape = new MemoryStream();
        foreach (var dimension in dimensions)
        {
            var message = new MemoryStream();
            if (dimension >= 0)
            {
                message.WriteNumber(1, dimension);
            }

            shape.WriteMessage(1, message);
        }

        var tensor = new MemoryStream();
        tensor.WriteNumber(1, elementType);
        tensor.WriteMessage(2, shape);
        var type = new MemoryStream();
        type.WriteMessage(1, tensor);
        var info = new MemoryStream();
        info.WriteText(1, value);
        info.WriteMessage(2, type);
        _graph.WriteMessage(field, info);
        return this;
    }
}
