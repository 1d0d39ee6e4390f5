using System.Runtime.InteropServices;
using System.Text;

namespace XCoder.Analysis.Onnx;

/// <summary>
/// Writes an ONNX model (onnx.proto3) of a few nodes: what searching and checking need is smaller than a file to ship.
/// Dimensions below 0 are unknown until the model runs.
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

    /// <summary>Adds an input of int64 or int32.</summary>
    public OnnxGraph IntegerInput(string input, bool isLong, params ReadOnlySpan<long> shape) =>
        Value(11, input, isLong ? Int64Tensor : Int32Tensor, shape);

    /// <summary>Adds a float32 output.</summary>
    public OnnxGraph Output(string output, params ReadOnlySpan<long> shape) => Value(12, output, FloatTensor, shape);

    /// <summary>Adds a float32 constant.</summary>
    public OnnxGraph Constant(string constant, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        Constant(constant, FloatTensor, MemoryMarshal.AsBytes(values), shape);

    /// <summary>Adds an int64 constant of one dimension: shapes and axes.</summary>
    public OnnxGraph Numbers(string constant, params ReadOnlySpan<long> values) =>
        Constant(constant, Int64Tensor, MemoryMarshal.AsBytes(values), [values.Length]);

    /// <summary>Adds a node; attributes are numbers: a <see cref="float"/>, a <see cref="long"/> or several.</summary>
    public OnnxGraph Node(string operation, string[] inputs, string[] outputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        var node = new MemoryStream();
        foreach (var input in inputs)
        {
            Text(node, 1, input);
        }

        foreach (var output in outputs)
        {
            Text(node, 2, output);
        }

        Text(node, 4, operation);
        foreach (var (attribute, value) in attributes)
        {
            var message = new MemoryStream();
            Text(message, 1, attribute);
            if (value is float real)
            {
                Varint(message, (2 << 3) | 5);
                message.Write(BitConverter.GetBytes(real));
            }
            else if (value is long[] several)
            {
                foreach (var one in several)
                {
                    Number(message, 8, one);
                }
            }
            else
            {
                Number(message, 3, (long)value);
            }

            Number(message, 20, value is float ? FloatAttribute : value is long ? IntegerAttribute : IntegersAttribute);
            Message(node, 5, message);
        }

        Message(_graph, 1, node);
        return this;
    }

    /// <summary>Adds a fact about the model for those who read it.</summary>
    public OnnxGraph Metadata(string key, string value)
    {
        var entry = new MemoryStream();
        Text(entry, 1, key);
        Text(entry, 2, value);
        Message(_metadata, 14, entry);
        return this;
    }

    /// <summary>The model's bytes.</summary>
    public byte[] ToArray()
    {
        var graph = new MemoryStream();
        _graph.WriteTo(graph);
        Text(graph, 2, name);
        var opset = new MemoryStream();
        Number(opset, 2, Opset);
        var model = new MemoryStream();
        Number(model, 1, IrVersion);
        Message(model, 7, graph);
        Message(model, 8, opset);
        _metadata.WriteTo(model);
        return model.ToArray();
    }

    private OnnxGraph Constant(string constant, int type, ReadOnlySpan<byte> values, ReadOnlySpan<long> shape)
    {
        var tensor = new MemoryStream();
        foreach (var dimension in shape)
        {
            Number(tensor, 1, dimension);
        }

        Number(tensor, 2, type);
        Text(tensor, 8, constant);
        Bytes(tensor, 9, values);
        Message(_graph, 5, tensor);
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
                Number(message, 1, dimension);
            }

            Message(shape, 1, message);
        }

        var tensor = new MemoryStream();
        Number(tensor, 1, elementType);
        Message(tensor, 2, shape);
        var type = new MemoryStream();
        Message(type, 1, tensor);
        var info = new MemoryStream();
        Text(info, 1, value);
        Message(info, 2, type);
        Message(_graph, field, info);
        return this;
    }

    private static void Number(MemoryStream stream, int field, long value)
    {
        Varint(stream, (ulong)field << 3);
        Varint(stream, (ulong)value);
    }

    private static void Text(MemoryStream stream, int field, string text) => Bytes(stream, field, Encoding.UTF8.GetBytes(text));

    private static void Message(MemoryStream stream, int field, MemoryStream message) =>
        Bytes(stream, field, message.GetBuffer().AsSpan(0, (int)message.Length));

    private static void Bytes(MemoryStream stream, int field, ReadOnlySpan<byte> bytes)
    {
        Varint(stream, ((ulong)field << 3) | 2);
        Varint(stream, (ulong)bytes.Length);
        stream.Write(bytes);
    }

    private static void Varint(MemoryStream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            stream.WriteByte((byte)(value | 0x80));
        }

        stream.WriteByte((byte)value);
    }
}
