using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Text;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Onnx;

namespace XCoder.Analysis.Embeddings.Static;

/// <summary>
/// The <c>model.onnx</c> of a static model, mapped into memory. The table is nearly all of the file, and ONNX Runtime would copy it
/// several times before the first vector; so on the CPU the table is read where it lies, and the runtime gets the rest.
/// </summary>
internal sealed unsafe class StaticModelFile : IDisposable
{
    // onnx.proto: fields of ModelProto, GraphProto, NodeProto, TensorProto and ValueInfoProto, and TensorProto.DataType.
    private const int Graph = 7, Node = 1, Constant = 5, Output = 12, NodeInput = 1, NodeOutput = 2;
    private const int Dimensions = 1, DataType = 2, TensorName = 8, RawData = 9, ValueName = 1;
    private const int FloatTensor = 1, Int8Tensor = 3;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly int _length;

    /// <summary>Maps a file.</summary>
    /// <exception cref="IOException">The file is missing, cannot be read or is no file.</exception>
    /// <exception cref="InvalidDataException">The file is empty, or longer than 2 GiB.</exception>
    public StaticModelFile(string path)
    {
        using var stream = ModelFiles.OpenRead(path);
        _length = stream.Length is > 0 and <= int.MaxValue ? (int)stream.Length : throw new InvalidDataException("is empty or too long");
        _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = _file.CreateViewAccessor(0, _length, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    private ReadOnlySpan<byte> Bytes => new(_start, _length);

    /// <summary>
    /// Splits the model. The table lies in this file: use it no longer than this object. The layers are the same graph with a table of
    /// one row and without the outputs that hand the table on.
    /// </summary>
    /// <param name="rows">Rows that the table must have.</param>
    /// <param name="dimension">Values that a row must have.</param>
    /// <exception cref="InvalidDataException">The file is no static model of this size; the message says why.</exception>
    public (BagTable Table, byte[] Layers) Split(int rows, int dimension)
    {
        var model = ProtobufField.Read(Bytes, 0, _length);
        var graph = model.FindLast(field => field.Number == Graph);
        var fields = ProtobufField.Read(Bytes, graph.From, graph.To);
        var (tableName, scaleName) = (ConstantOf(fields, "table"), ConstantOf(fields, "scale"));
        var table = Find(fields, Constant, TensorName, tableName);
        var values = Data(table, Int8Tensor, [rows, dimension]);
        var scales = Data(Find(fields, Constant, TensorName, scaleName), FloatTensor, [rows]);

        var layers = new MemoryStream();
        foreach (var field in fields)
        {
            if (field == table)
            {
                layers.WriteMessage(Constant, Zeros(tableName, dimension));
            }
            else if (field.Number != Output || Name(field, ValueName) is not ("table" or "scale"))
            {
                layers.Write(Bytes[field.Start..field.To]);
            }
        }

        var whole = new MemoryStream();
        whole.Write(Bytes[..graph.Start]);
        whole.WriteMessage(Graph, layers);
        whole.Write(Bytes[graph.To..]);
        var factors = MemoryMarshal.Cast<byte, float>(Bytes[scales.From..scales.To]).ToArray();
        return (new BagTable((sbyte*)_start + values.From, factors, dimension), whole.ToArray());
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private static MemoryStream Zeros(string name, int dimension)
    {
        var tensor = new MemoryStream();
        tensor.WriteNumber(Dimensions, 1);
        tensor.WriteNumber(Dimensions, dimension);
        tensor.WriteNumber(DataType, Int8Tensor);
        tensor.WriteText(TensorName, name);
        tensor.WriteBytes(RawData, new byte[dimension]);
        return tensor;
    }

    // The name of the constant that a node hands on as an output of the graph.
    private string ConstantOf(List<ProtobufField> graph, string output) => Name(Find(graph, Node, NodeOutput, output), NodeInput);

    private ProtobufField Find(List<ProtobufField> graph, int kind, int nameField, string name) =>
        graph.Find(field => field.Number == kind && Name(field, nameField) == name) is { To: > 0 } found ? found
            : throw new InvalidDataException($"has no '{name}'");

    private string Name(ProtobufField message, int nameField) =>
        ProtobufField.Read(Bytes, message.From, message.To).Find(field => field.Number == nameField) is { To: > 0 } name
            ? Encoding.UTF8.GetString(Bytes[name.From..name.To]) : "";

    // The bytes of a tensor, which stand in the file itself.
    private ProtobufField Data(ProtobufField tensor, int type, long[] shape)
    {
        var fields = ProtobufField.Read(Bytes, tensor.From, tensor.To);
        var dimensions = new List<long>();
        foreach (var field in fields.Where(field => field.Number == Dimensions))
        {
            // Repeated numbers are written one by one or packed.
            for (var at = field.From; at < field.To;)
            {
                dimensions.Add((long)ProtobufField.Number64(Bytes, ref at, field.To));
            }
        }

        var data = fields.FindLast(field => field.Number == RawData);
        return dimensions.SequenceEqual(shape) && fields.Exists(field => field.Number == DataType && field.Value == (ulong)type)
            && data.To - data.From == shape.Aggregate((a, b) => a * b) * (type == FloatTensor ? sizeof(float) : 1)
                ? data
                : throw new InvalidDataException($"has no table of {shape[0]} rows, as model.json and vocabulary.txt say");
    }
}
