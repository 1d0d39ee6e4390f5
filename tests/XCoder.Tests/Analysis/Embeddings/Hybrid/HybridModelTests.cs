using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Hybrid;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Extraction;
using XCoder.Analysis.Languages;

namespace XCoder.Tests.Analysis.Embeddings.Hybrid;

public sealed class HybridModelTests : IDisposable
{
    private readonly TinyHybrid _tiny = new();
    private readonly HybridModel _model;
    private readonly CodeReader _reader = new(LanguageCatalog.Open());

    public HybridModelTests() => _model = _tiny.Open();

    [Fact]
    public void Embed_ABatch_IsTheSinglesAndEmptyInputsAreZeros()
    {
        EncodedInput[] inputs = [Encode("java", "int f(int a) { return a; }"), new EncodedInput(0, [], []), Encode("rust", LongRust), _model.EncodeWords("parse a date"), Encode("go", "func g(x []int) int { return len(x) }")];
        var together = Embed(_model, inputs);

        for (var i = 0; i < inputs.Length; i++)
        {
            var alone = Embed(_model, [inputs[i]])[0];
            Assert.Equal(inputs[i].Ids.Length == 0 ? 0 : 1, alone.Sum(value => value * value), 1e-4f);
            Assert.All(alone.Zip(together[i]), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    [Fact]
    public void Embed_TheStaticHalf_IsTheBaseModelsVector()
    {
        using var words = StaticModel.Open(_tiny.Base, new SessionFactory(Device.Cpu));
        var input = Encode("python", "def f(a, b):\n    return a * b + 3\n");
        var (half, whole) = (Embed(words, [input])[0], Embed(_model, [input])[0]);

        var length = MathF.Sqrt(whole.Take(half.Length).Sum(value => value * value));
        Assert.InRange(length, 0.5f, 0.99f);
        Assert.All(half.Zip(whole), pair => Assert.Equal(pair.First, pair.Second / length, 1e-4f));
    }

    // Terms and marks in order, cut at the model's length, padding left out.
    [Fact]
    public void Embed_TheOtherHalf_IsWhatTheGraphMakesOfTermsAndMarks()
    {
        EncodedInput[] inputs = [.. Samples.Select(sample => Encode(sample.Language, sample.Code))];
        var vectors = Embed(_model, inputs);
        Assert.Contains(inputs, input => input.Terms!.Ids.Length > TinyHybrid.MaxTerms);
        Assert.Contains(inputs, input => input.Terms!.Words.Max() > TinyHybrid.Marks);
        for (var i = 0; i < inputs.Length; i++)
        {
            var (sum, terms) = (new double[TinyHybrid.Width], inputs[i].Terms!);
            for (var at = 0; at < Math.Min(terms.Ids.Length, TinyHybrid.MaxTerms); at++)
            {
                var mark = Math.Min(terms.Words[at] + 1, TinyHybrid.Marks - 1);
                for (var d = 0; d < sum.Length; d++)
                {
                    sum[d] += (at + 1) * (_tiny.Terms[(terms.Ids[at] * sum.Length) + d] + _tiny.MarkRows[(mark * sum.Length) + d]);
                }
            }

            var length = Math.Sqrt(sum.Sum(value => value * value)) / (0.25 / Math.Sqrt(1 + (0.25 * 0.25)));
            Assert.All(sum.Zip(vectors[i][^sum.Length..]), pair => Assert.Equal(pair.First / length, pair.Second, 1e-4));
        }
    }

    [CudaFact]
    public void Embed_OnCuda_IsWithinAHundredthOfTheCpu()
    {
        using var cuda = _tiny.Open(Device.Cuda);
        EncodedInput[] inputs = [.. Samples.Select(sample => Encode(sample.Language, sample.Code))];
        Assert.Equal(_model.Hash, cuda.Hash);
        Assert.All(Embed(_model, inputs).Zip(Embed(cuda, inputs)), pair => Assert.InRange(1 - Dot(pair.First, pair.Second), -1e-5, 1e-2));
    }

    [Fact]
    public void Encode_TheOrderOfTerms_Matters()
    {
        var (a, b) = (Encode("python", "def f(a, b):\n    return a - b\n"), Encode("python", "def f(a, b):\n    return b - a\n"));
        Assert.NotEqual(a.Key, b.Key);
        Assert.Equal(a.Key, Encode("python", "def f(a,  b):  # minus\n    return a - b\n").Key);
    }

    [Fact]
    public void Embed_TooShortAResult_Fails() => Assert.Throws<ArgumentException>(() => _model.Embed([Encode("go", "func g() {}")], new float[3]));

    [Theory]
    [InlineData("hybrid/model.json")]
    [InlineData("hybrid/model.onnx")]
    [InlineData("hybrid/model.float16.onnx")]
    [InlineData("static/tokens.json")]
    public void Open_DamagedFolder_NamesTheFile(string file)
    {
        var path = Path.Combine(_tiny.Folder, "..", file);
        File.Delete(path);
        Assert.Contains(Path.GetFileName(file), Failure(), StringComparison.Ordinal);

        if (!file.Contains("float16", StringComparison.Ordinal)) // is not opened on a CPU
        {
            File.WriteAllText(path, "garbage");
            Assert.Contains(Path.GetFileName(file), Failure(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\"static\"", "\"elsewhere\"", "elsewhere")]
    [InlineData("\"static\"", "\"../../etc\"", "base")]
    [InlineData("\"static\"", "\"..\"", "base")]
    [InlineData("\"static\"", "null", "base")]
    [InlineData("\"static\"", "\"hybrid\"", "hybrid")] // is no static model
    [InlineData("\"maxTerms\":100", "\"maxTerms\":0", "range")]
    [InlineData("\"weight\":0.25", "\"weight\":-1", "range")]
    [InlineData("\"dimension\":528", "\"dimension\":512", "512")]
    public void Open_WrongSettings_SaysWhatIsWrong(string from, string to, string named)
    {
        var path = Path.Combine(_tiny.Folder, "model.json");
        var settings = File.ReadAllText(path);
        Assert.Contains(from, settings, StringComparison.Ordinal);
        File.WriteAllText(path, settings.Replace(from, to, StringComparison.Ordinal));
        Assert.Contains(named, Failure(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_BesideAModelOfOtherTerms_Fails()
    {
        File.WriteAllBytes(Path.Combine(_tiny.Folder, "model.onnx"), _tiny.Graph("another", TinyHybrid.Marks));
        Assert.Contains("other terms", Failure(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WithoutTheNumberOfMarks_Fails()
    {
        File.WriteAllBytes(Path.Combine(_tiny.Folder, "model.onnx"), _tiny.Graph(CodeTokenizer.HashOf(_tiny.Base), null));
        Assert.Contains("marks", Failure(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ByKind_IsAHybrid()
    {
        using var model = EmbeddingModels.Open(_tiny.Folder, Device.Cpu);
        Assert.Equal(_model.Hash, Assert.IsType<HybridModel>(model).Hash);
        Assert.Equal([_tiny.Folder, _tiny.Base], EmbeddingModels.FoldersOf(_tiny.Folder));
        Assert.Equal([_tiny.Base], EmbeddingModels.FoldersOf(_tiny.Base));
    }

    public void Dispose()
    {
        _model.Dispose();
        _reader.Dispose();
        _tiny.Dispose();
    }

    private static (string Language, string Code)[] Samples =>
    [
        ("rust", LongRust),
        ("python", "def parse(text):\n    items = []\n    for line in text.split('\\n'):\n        if line:\n            items.append(line.strip())\n    return items\n"),
        ("csharp", "static int Max(int[] items) { var best = items[0]; foreach (var item in items) { if (item > best) { best = item; } } return best; }"),
        ("javascript", "function add(a, b) { return a + b; }"),
    ];

    private static string LongRust => "fn f(a: i32) -> i32 {\n" + string.Concat(Enumerable.Range(0, 120).Select(i => $"    let v{i} = a * {i} + 1;\n")) + "    v3\n}\n";

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();

    private static float[][] Embed(IEmbeddingModel model, EncodedInput[] inputs)
    {
        var vectors = new float[inputs.Length * model.Dimension];
        model.Embed(inputs, vectors);
        return [.. vectors.Chunk(model.Dimension)];
    }

    private string Failure() => Assert.Throws<EmbeddingException>(() => _tiny.Open().Dispose()).Message;

    private EncodedInput Encode(string language, string code) => _model.Encode(_reader.Read(LanguageCatalog.Open().Find(language)!, code)!);
}
