using Microsoft.ML.OnnxRuntime;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Pipeline;
using XCoder.Tests.Repositories;

namespace XCoder.Tests.Embeddings.Static;

public sealed class StaticModelTests : IDisposable
{
    private static readonly string Folder = Path.Combine(TestPaths.Root, "models/default");

    private readonly TemporaryFolder _folder = new();
    private readonly StaticModel _model = StaticModel.Open(Folder, new SessionFactory(Device.Cpu));
    private readonly CodeReader _reader = new(LanguageCatalog.Open());

    // What runs on a GPU, and in other programs.
    [Fact]
    public void Embed_RowsAddedUpHere_AreTheVectorsOfTheWholeGraph()
    {
        EncodedInput[] inputs = [Encode("python", "def f(a, b):\n    return a * b + 3\n"), _model.EncodeWords("parse a date"), Encode("go", "func g(x []int) int { return len(x) }")];
        var vectors = new float[inputs.Length * _model.Dimension];
        _model.Embed(inputs, vectors);

        using var session = new InferenceSession(Path.Combine(Folder, "model.onnx"));
        var rows = inputs.SelectMany(input => input.Ids).ToArray();
        var weights = inputs.SelectMany(input => input.Weights).ToArray();
        var owners = inputs.SelectMany((input, i) => input.Ids.Select(_ => (long)i)).ToArray();
        using var run = new RunOptions();
        using var rowsValue = OrtValue.CreateTensorValueFromMemory(rows, [rows.Length]);
        using var weightsValue = OrtValue.CreateTensorValueFromMemory(weights, [rows.Length]);
        using var ownersValue = OrtValue.CreateTensorValueFromMemory(owners, [rows.Length]);
        using var start = OrtValue.CreateTensorValueFromMemory(new float[vectors.Length], [inputs.Length, _model.Dimension]);
        using var outputs = session.Run(run, ["rows", "weights", "owners", "start"], [rowsValue, weightsValue, ownersValue, start], ["vectors"]);

        var expected = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        Assert.All(vectors.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-4f));
    }

    [Fact]
    public void Embed_ABatch_IsTheSinglesAndEmptyInputsAreZeros()
    {
        EncodedInput[] inputs = [Encode("java", "int f(int a) { return a; }"), new EncodedInput(0, [], []), Encode("rust", "fn f(a: i32) -> i32 { a + 1 }")];
        var together = new float[inputs.Length * _model.Dimension];
        _model.Embed(inputs, together);

        for (var i = 0; i < inputs.Length; i++)
        {
            var alone = new float[_model.Dimension];
            _model.Embed([inputs[i]], alone);
            Assert.All(alone.Zip(together.Skip(i * _model.Dimension)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
            Assert.Equal(inputs[i].Ids.Length == 0 ? 0 : 1, alone.Sum(value => value * value), 1e-4f);
        }
    }

    [Fact]
    public void Embed_TooShortAResult_Fails() => Assert.Throws<ArgumentException>(() => _model.Embed([Encode("go", "func g() {}")], new float[3]));

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
        foreach (var path in Directory.GetFiles(Folder))
        {
            File.Copy(path, Path.Combine(_folder.Root, Path.GetFileName(path)));
        }

        File.Delete(Path.Combine(_folder.Root, file));
        Assert.Contains(named, Assert.Throws<EmbeddingException>(Open).Message, StringComparison.Ordinal);

        if (file != "vocabulary.txt")
        {
            File.WriteAllText(Path.Combine(_folder.Root, file), "garbage");
            Assert.Contains(named, Assert.Throws<EmbeddingException>(Open).Message, StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        _model.Dispose();
        _reader.Dispose();
        _folder.Dispose();
    }

    private void Open() => StaticModel.Open(_folder.Root, new SessionFactory(Device.Cpu)).Dispose();

    private EncodedInput Encode(string language, string code) => _model.Encode(_reader.Read(LanguageCatalog.Open().Find(language)!, code)!);
}
