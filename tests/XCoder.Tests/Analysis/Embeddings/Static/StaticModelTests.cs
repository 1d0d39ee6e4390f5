using Microsoft.ML.OnnxRuntime;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Extraction;
using XCoder.Analysis.Languages;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Analysis.Embeddings.Static;

public sealed class StaticModelTests : IDisposable
{
    private static readonly string Folder = Path.Combine(TestPaths.Root, "models/default");

    private readonly TemporaryFolder _folder = new();
    private readonly CodeReader _reader = new(LanguageCatalog.Open());

    // What runs on a GPU, and in other programs.
    [Theory]
    [InlineData("default")]
    [InlineData("quality")]
    public void Embed_RowsAddedUpHere_AreTheVectorsOfTheWholeGraph(string name)
    {
        var model = ShippedModels.Of(name);
        EncodedInput[] inputs = [Encode("python", "def f(a, b):\n    return a * b + 3\n"), model.EncodeWords("parse a date"), Encode("go", "func g(x []int) int { return len(x) }")];
        var vectors = new float[inputs.Length * model.Dimension];
        model.Embed(inputs, vectors);

        using var session = new InferenceSession(Path.Combine(TestPaths.Root, "models", name, "model.onnx"));
        var rows = inputs.SelectMany(input => input.Ids).ToArray();
        var weights = inputs.SelectMany(input => input.Weights).ToArray();
        var owners = inputs.SelectMany((input, i) => input.Ids.Select(_ => (long)i)).ToArray();
        using var run = new RunOptions();
        using var rowsValue = OrtValue.CreateTensorValueFromMemory(rows, [rows.Length]);
        using var weightsValue = OrtValue.CreateTensorValueFromMemory(weights, [rows.Length]);
        using var ownersValue = OrtValue.CreateTensorValueFromMemory(owners, [rows.Length]);
        using var start = OrtValue.CreateTensorValueFromMemory(new float[vectors.Length], [inputs.Length, model.Dimension]);
        using var outputs = session.Run(run, ["rows", "weights", "owners", "start"], [rowsValue, weightsValue, ownersValue, start], ["vectors"]);

        var expected = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        Assert.All(vectors.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-4f));
    }

    [Theory]
    [InlineData("default")]
    [InlineData("quality")]
    public void Embed_ABatch_IsTheSinglesAndEmptyInputsAreZeros(string name)
    {
        var model = ShippedModels.Of(name);
        EncodedInput[] inputs = [Encode("java", "int f(int a) { return a; }"), new EncodedInput(0, [], []), Encode("rust", "fn f(a: i32) -> i32 { a + 1 }")];
        var together = new float[inputs.Length * model.Dimension];
        model.Embed(inputs, together);

        for (var i = 0; i < inputs.Length; i++)
        {
            var alone = new float[model.Dimension];
            model.Embed([inputs[i]], alone);
            Assert.All(alone.Zip(together.Skip(i * model.Dimension)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
            Assert.Equal(inputs[i].Ids.Length == 0 ? 0 : 1, alone.Sum(value => value * value), 1e-4f);
        }
    }

    [Theory]
    [InlineData("default", 512)]
    [InlineData("quality", 1024)]
    public void Embed_FunctionsInThreeLanguages_AreNearestToTheirTwins(string name, int dimension)
    {
        var model = ShippedModels.Of(name);
        Assert.Equal((name, dimension), (model.Name, model.Dimension));
        (string Language, string Code)[] snippets =
        [
            ("python", "def f(a, b):\n    while b:\n        a, b = b, a % b\n    return a\n"),
            ("go", "func F(x, y int) int {\n\tfor y != 0 {\n\t\tx, y = y, x%y\n\t}\n\treturn x\n}\n"),
            ("java", "int f(int m, int n) { while (n != 0) { int r = m % n; m = n; n = r; } return m; }"),
            ("python", "def f(text):\n    words = text.split()\n    words.reverse()\n    return ' '.join(words)\n"),
            ("go", "func F(s string) string {\n\tparts := strings.Fields(s)\n\tslices.Reverse(parts)\n\treturn strings.Join(parts, \" \")\n}\n"),
            ("java", "String f(String line) { List<String> parts = Arrays.asList(line.split(\" \")); Collections.reverse(parts); return String.join(\" \", parts); }"),
        ];
        var vectors = new float[snippets.Length * dimension];
        model.Embed([.. snippets.Select(snippet => Encode(snippet.Language, snippet.Code))], vectors);

        for (var i = 0; i < snippets.Length; i++)
        {
            var others = Enumerable.Range(0, snippets.Length).Where(j => j != i).OrderByDescending(j => Cosine(i, j)).Take(2);
            Assert.All(others, j => Assert.Equal(i / 3, j / 3));
        }

        float Cosine(int i, int j) => Enumerable.Range(0, dimension).Sum(n => vectors[(i * dimension) + n] * vectors[(j * dimension) + n]);
    }

    [Fact]
    public void Embed_TooShortAResult_Fails() => Assert.Throws<ArgumentException>(() => ShippedModels.Default.Embed([Encode("go", "func g() {}")], new float[3]));

    [Fact]
    public void Encode_LayoutCommentsAndKey_DoNotMatter()
    {
        var plain = Encode("python", "def f(a):\n    return a + 1\n");
        var other = Encode("python", "# a comment\ndef f(  a ):\n\n    # another\n    return a   + 1\n");

        Assert.Equal(plain.Key, other.Key);
        Assert.NotEqual(plain.Key, Encode("python", "def f(a):\n    return a + 2\n").Key);
    }

    [Theory]
    [InlineData("model.json", "model.json")]
    [InlineData("model.onnx", "model.onnx")]
    [InlineData("tokens.json", "tokens.json")]
    [InlineData("vocabulary.txt", "vocabulary.txt")]
    public void Open_DamagedFolder_NamesTheFile(string file, string named)
    {
        Link(file);
        Assert.Contains(named, Assert.Throws<EmbeddingException>(Open).Message, StringComparison.Ordinal);

        if (file != "vocabulary.txt")
        {
            File.WriteAllText(Path.Combine(_folder.Root, file), "garbage");
            Assert.Contains(named, Assert.Throws<EmbeddingException>(Open).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1_000_000)]
    [InlineData(25_500_000)]
    [InlineData(26_416_000)]
    public void Open_ACutModel_NamesTheFile(int length)
    {
        Link("model.onnx");
        File.WriteAllBytes(Path.Combine(_folder.Root, "model.onnx"), File.ReadAllBytes(Path.Combine(Folder, "model.onnx"))[..length]);

        Assert.Contains("model.onnx", Assert.Throws<EmbeddingException>(Open).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"bigramRows\": 16384", "\"bigramRows\": 16385")]
    [InlineData("\"bigramRows\": 16384", "\"bigramRows\": 1")]
    [InlineData("\"dimension\": 512", "\"dimension\": 256")]
    public void Open_ATableOfAnotherSize_NamesTheFile(string said, string instead)
    {
        Link("model.json");
        File.WriteAllText(Path.Combine(_folder.Root, "model.json"), File.ReadAllText(Path.Combine(Folder, "model.json")).Replace(said, instead, StringComparison.Ordinal));

        Assert.Contains("model.onnx", Assert.Throws<EmbeddingException>(Open).Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _folder.Dispose();
    }

    private void Link(string except)
    {
        foreach (var path in Directory.GetFiles(Folder).Where(path => Path.GetFileName(path) != except))
        {
            File.CreateSymbolicLink(Path.Combine(_folder.Root, Path.GetFileName(path)), path);
        }
    }

    private void Open() => StaticModel.Open(_folder.Root, new SessionFactory(Device.Cpu)).Dispose();

    private EncodedInput Encode(string language, string code) => ShippedModels.Default.Encode(_reader.Read(LanguageCatalog.Open().Find(language)!, code)!);
}
