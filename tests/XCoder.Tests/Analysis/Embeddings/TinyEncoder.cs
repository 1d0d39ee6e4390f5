using XCoder.Analysis.Embeddings.Encoders;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Model;
using XCoder.Analysis.Onnx;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Analysis.Embeddings;

/// <summary>A folder with an encoder of one attention layer and random weights, run for real.</summary>
internal sealed class TinyEncoder : IDisposable
{
    public const int Width = 20;
    private const int Vocabulary = 2000;
    private const int Positions = 128;

    private readonly TemporaryFolder _folder = new();

    /// <summary>Inputs besides ids and mask are asked for by name; ids are of 64 or 32 bits.</summary>
    public TinyEncoder(string model = "model.onnx", string tokenizer = "roberta", bool isLong = true, bool hasTypes = false, bool hasPositions = false, bool hasSentence = false, string output = "last_hidden_state", long rows = -1, long length = -1)
    {
        _folder.Write(model, Graph(isLong, hasTypes, hasPositions, hasSentence, output, rows, length));
        File.Copy(Path.Combine(TestPaths.Tests, "tokenizers", tokenizer + ".tokenizer.json"), Path.Combine(Root, "tokenizer.json"));
    }

    public string Root => _folder.Root;

    public void Write(string name, string text) => _folder.Write(name, text);

    public EncoderModel Load() => EncoderModel.Load(Root, new SessionFactory(Device.Cpu));

    public float[][] Embed(params string[] texts)
    {
        using var model = Load();
        return Embed(model, texts);
    }

    public static float[][] Embed(EncoderModel model, params string[] texts)
    {
        var vectors = new float[texts.Length * model.Dimension];
        model.Embed([.. texts.Select(text => model.Encode(Snippet(text)))], vectors);
        return [.. vectors.Chunk(model.Dimension)];
    }

    public static SnippetInput Snippet(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes("// before\n" + text + "\n// after");
        return new SnippetInput
        {
            Language = "c", Kind = SnippetKind.Function, Name = "f", Text = bytes, StartByte = 10, EndByte = bytes.Length - 9, Stream = null!, FirstToken = 0, TokenCount = 0,
        };
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Graph(bool isLong, bool hasTypes, bool hasPositions, bool hasSentence, string output, long rows, long length)
    {
        var random = new Random(7);
        float[] Weights(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
        var graph = new OnnxGraph("tiny").IntegerInput("input_ids", isLong, rows, length).IntegerInput("attention_mask", isLong, rows, length)
            .Constant("words", Weights(Vocabulary * Width), Vocabulary, Width).Node("Gather", ["words", "input_ids"], ["x0"]);
        var x = "x0";
        void Add(string input, int count)
        {
            graph.IntegerInput(input, isLong, rows, length).Constant(input + "_table", Weights(count * Width), count, Width)
                .Node("Gather", [input + "_table", input], [input + "_x"]).Node("Add", [x, input + "_x"], [x + input]);
            x += input;
        }

        if (hasTypes)
        {
            Add("token_type_ids", 2);
        }

        if (hasPositions)
        {
            Add("position_ids", Positions);
        }

        graph.Node("Cast", ["attention_mask"], ["mask"], ("to", 1L)).Numbers("axis", 1).Node("Unsqueeze", ["mask", "axis"], ["mask3"])
            .Constant("one", [1f]).Constant("much", [10000f]).Node("Sub", ["mask3", "one"], ["masked"]).Node("Mul", ["masked", "much"], ["bias"])
            .Node("Transpose", [x], ["turned"], ("perm", new long[] { 0, 2, 1 })).Node("MatMul", [x, "turned"], ["scores"]).Node("Add", ["scores", "bias"], ["biased"])
            .Node("Softmax", ["biased"], ["attention"], ("axis", -1L)).Node("MatMul", ["attention", x], ["mixed"]).Node("Add", ["mixed", x], ["sum"]).Node("Tanh", ["sum"], [output])
            .Output(output, rows, length, Width);
        if (hasSentence)
        {
            graph.Node("ReduceMax", [output], ["sentence_embedding"], ("axes", new long[] { 1 }), ("keepdims", 0L)).Output("sentence_embedding", rows, Width);
        }

        return graph.ToArray();
    }
}
