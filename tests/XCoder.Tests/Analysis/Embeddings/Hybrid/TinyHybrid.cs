using System.Text.Json;
using XCoder.Analysis.Embeddings.Hybrid;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Onnx;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Analysis.Embeddings.Hybrid;

/// <summary>
/// A hybrid of the model that ships and, in place of a transformer, a graph whose result can be worked out by hand: the
/// rows of terms and marks, each as often as its position says, added up.
/// </summary>
internal sealed class TinyHybrid : IDisposable
{
    public const int Width = 16;
    public const int Marks = 8;
    public const int MaxTerms = 100;

    private readonly TemporaryFolder _folder = new();

    public TinyHybrid()
    {
        var shipped = Path.Combine(TestPaths.Root, "models/default");
        Directory.CreateDirectory(Base);
        foreach (var path in Directory.GetFiles(shipped))
        {
            File.CreateSymbolicLink(Path.Combine(Base, Path.GetFileName(path)), path);
        }

        var random = new Random(5);
        Terms = [.. Enumerable.Range(0, CountOf(shipped) * Width).Select(_ => (float)(random.NextDouble() - 0.5))];
        MarkRows = [.. Enumerable.Range(0, Marks * Width).Select(_ => (float)(random.NextDouble() - 0.5))];
        _folder.Write("hybrid/model.json", JsonSerializer.Serialize(new { kind = "hybrid", name = "tiny", @base = "static", dimension = 512 + Width, maxTerms = MaxTerms, weight = 0.25 }));
        var model = Graph(CodeTokenizer.HashOf(shipped), Marks);
        _folder.Write("hybrid/" + HybridSettings.CpuFile, model);
        _folder.Write("hybrid/" + HybridSettings.GpuFile, model);
    }

    public string Folder => Path.Combine(_folder.Root, "hybrid");

    public string Base => Path.Combine(_folder.Root, "static");

    public float[] Terms { get; }

    public float[] MarkRows { get; }

    public HybridModel Open(Device device = Device.Cpu) => HybridModel.Open(Folder, new SessionFactory(device));

    public byte[] Graph(string terms, int? marks)
    {
        var graph = new OnnxGraph("tiny").IntegerInput("ids", isLong: false, -1, -1).IntegerInput("marks", isLong: false, -1, -1).Input("mask", -1, -1).Output("vectors", -1, Width)
            .Constant("terms", Terms, Terms.Length / Width, Width).Constant("rows", MarkRows, Marks, Width).Numbers("one", 1).Numbers("two", 2)
            .Node("Gather", ["terms", "ids"], ["a"]).Node("Gather", ["rows", "marks"], ["b"]).Node("Add", ["a", "b"], ["x"])
            .Node("CumSum", ["mask", "one"], ["position"]).Node("Mul", ["position", "mask"], ["times"]).Node("Unsqueeze", ["times", "two"], ["times3"])
            .Node("Mul", ["x", "times3"], ["weighted"]).Node("ReduceSum", ["weighted", "one"], ["sum"], ("keepdims", 0L))
            .Node("ReduceL2", ["sum"], ["length"], ("axes", new[] { 1L }), ("keepdims", 1L)).Node("Div", ["sum", "length"], ["vectors"])
            .Metadata("terms", terms);
        return (marks is { } count ? graph.Metadata("marks", FormattableString.Invariant($"{count}")) : graph).ToArray();
    }

    public void Dispose() => _folder.Dispose();

    private static int CountOf(string folder)
    {
        using var tokenizer = CodeTokenizer.Open(folder);
        return tokenizer.TermCount;
    }
}
