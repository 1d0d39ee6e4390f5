using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Encoders;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Onnx;

namespace XCoder.Tests.Analysis.Embeddings;

public class EncoderModelTests
{
    private const string Code = "int add(int a, int b) { return a + b; }";

    private static readonly string[] Mixed = [Code, "x", "def f(values):\n    return [v * 2 for v in values if v > 0]", "", "日本語 // コメント", string.Concat(Enumerable.Repeat("while (i < n) { sum += a[i++]; } ", 12)), "return"];

    [Theory]
    [InlineData("roberta", true, false, false)]
    [InlineData("bert", true, true, false)]
    [InlineData("xlmr", false, false, false)]
    [InlineData("qwen", false, true, true)]
    public void Embed_MixedLengths_EqualsEachAlone(string tokenizer, bool isLong, bool hasTypes, bool hasPositions)
    {
        using var tiny = new TinyEncoder(tokenizer: tokenizer, isLong: isLong, hasTypes: hasTypes, hasPositions: hasPositions);
        tiny.Write("model.json", """{"maxTokens": 100}""");
        using var model = tiny.Load();
        var together = TinyEncoder.Embed(model, Mixed);
        for (var index = 0; index < Mixed.Length; index++)
        {
            var alone = TinyEncoder.Embed(model, Mixed[index])[0];
            Assert.All(alone.Zip(together[index]), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
            // Qwen's tokenizer adds no special token: nothing has no vector.
            Assert.Equal(Mixed[index].Length == 0 && tokenizer == "qwen" ? 0 : 1, alone.Sum(value => value * value), 1e-5f);
        }
    }

    [Fact]
    public void Embed_Poolings_AreWhatTheySay()
    {
        using var tiny = new TinyEncoder();
        float[] Pooled(string pooling)
        {
            tiny.Write("model.json", $$"""{"pooling": "{{pooling}}"}""");
            return tiny.Embed(Code)[0];
        }

        var tokens = Tokens(tiny.Root);
        Assert.Equal(Normal(tokens[0]), Pooled("cls"), Near);
        Assert.Equal(Normal(tokens[^1]), Pooled("last"), Near);
        Assert.Equal(Normal([.. Enumerable.Range(0, TinyEncoder.Width).Select(d => tokens.Average(token => token[d]))]), Pooled("mean"), Near);
        Assert.Equal(Normal([.. Enumerable.Range(0, TinyEncoder.Width).Select(d => tokens.Max(token => token[d]))]), Pooled("max"), Near);
    }

    [Fact]
    public void Embed_ModelWithSentenceVector_UsesItUnlessPoolingIsNamed()
    {
        using var tiny = new TinyEncoder(hasSentence: true, output: "token_embeddings");
        var own = tiny.Embed(Code)[0];
        tiny.Write("model.json", """{"pooling": "max"}""");
        var max = tiny.Embed(Code)[0];
        tiny.Write("model.json", """{"pooling": "mean"}""");
        var mean = tiny.Embed(Code)[0];
        Assert.Equal(own, max, Near);
        Assert.NotEqual(own, mean, Near);
    }

    [Fact]
    public void Embed_FixedShapes_PadsToThem()
    {
        using var open = new TinyEncoder();
        using var closed = new TinyEncoder(rows: 2, length: 40);
        open.Write("model.json", """{"maxTokens": 40}""");
        Assert.Equal(open.Embed(Mixed).SelectMany(row => row), closed.Embed(Mixed).SelectMany(row => row), Near);
    }

    [Fact]
    public void Embed_SmallerDimension_KeepsTheLeadingOnes()
    {
        using var tiny = new TinyEncoder();
        var whole = tiny.Embed(Code)[0];
        tiny.Write("model.json", """{"dimension": 6}""");
        Assert.Equal(Normal(whole[..6]), tiny.Embed(Code)[0], Near);
    }

    [Fact]
    public void Encode_SnippetAndWords_CutAndPrefixed()
    {
        using var tiny = new TinyEncoder();
        tiny.Write("model.json", """{"name": "mine", "maxTokens": 9, "codePrefix": "c: ", "queryPrefix": "q: "}""");
        using var model = tiny.Load();
        var tokenizer = TokenizerTests.Load("roberta");
        Assert.Equal("mine", model.Name);
        Assert.Equal(TinyEncoder.Width, model.Dimension);
        Assert.Equal(tokenizer.Encode("c: " + Code, 9).Ids, model.Encode(TinyEncoder.Snippet(Code)).Ids);
        Assert.Equal(1, model.Truncated);
        Assert.Equal(tokenizer.Encode("q: x").Ids, model.EncodeWords("x").Ids);
        Assert.Equal(1, model.Truncated);
        Assert.Equal(model.EncodeWords("x").Key, model.EncodeWords("x").Key);
        Assert.NotEqual(model.EncodeWords("x").Key, model.EncodeWords("y").Key);
        Assert.Empty(model.EncodeWords("x").Weights);
    }

    [Fact]
    public void Load_SentenceTransformersFiles_AreRead()
    {
        using var tiny = new TinyEncoder(model: "onnx/model.onnx");
        tiny.Write("modules.json", """[{"idx":0,"name":"0","path":"","type":"sentence_transformers.models.Transformer"},{"idx":1,"name":"1","path":"1_Pooling","type":"sentence_transformers.models.Pooling"},{"idx":2,"name":"2","path":"2_Normalize","type":"sentence_transformers.models.Normalize"}]""");
        tiny.Write("1_Pooling/config.json", """{"word_embedding_dimension": 20, "pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}""");
        tiny.Write("sentence_bert_config.json", """{"max_seq_length": 77, "do_lower_case": false}""");
        tiny.Write("config_sentence_transformers.json", """{"prompts": {"query": "Represent this query for searching relevant code: "}, "default_prompt_name": null}""");
        tiny.Write("tokenizer_config.json", """{"model_max_length": 1000000000000000019884624838656, "pad_token": "<pad>"}""");
        tiny.Write("config.json", """{"model_type": "roberta", "max_position_embeddings": 514, "pad_token_id": 1}""");
        using var model = tiny.Load();
        Assert.Equal(new EncoderOptions { Pooling = Pooling.Cls, MaxTokens = 77, QueryPrefix = "Represent this query for searching relevant code: ", PadId = 1 }, model.Options);

        File.Delete(Path.Combine(tiny.Root, "sentence_bert_config.json"));
        tiny.Write("model.json", """{"maxTokens": 4096, "pooling": "last"}""");
        using var other = tiny.Load();
        Assert.Equal((512, Pooling.Last), (other.Options.MaxTokens, other.Options.Pooling));
        Assert.NotEqual(model.Hash, other.Hash);
    }

    [Fact]
    public void Load_NoOtherFiles_TakesDefaults()
    {
        using var tiny = new TinyEncoder(tokenizer: "bert");
        using var model = tiny.Load();
        // The tokenizer's own limit.
        Assert.Equal(new EncoderOptions { MaxTokens = 128 }, model.Options);
        Assert.Equal(Path.GetFileName(tiny.Root), model.Name);
        using var again = tiny.Load();
        Assert.Equal(model.Hash, again.Hash);
        Assert.Matches("^[0-9a-f]{64}$", model.Hash);
    }

    [Fact]
    public void Find_ExternalData_IsNamed()
    {
        using var tiny = new TinyEncoder();
        var model = Path.Combine(tiny.Root, "model.onnx");
        Assert.Empty(ExternalData.Find(model));

        // initializer { external_data { key: "location" value: "model.onnx_data" } }
        byte[] entry = [0x0A, 8, .. "location"u8, 0x12, 15, .. "model.onnx_data"u8];
        byte[] tensor = [0x6A, (byte)entry.Length, .. entry];
        byte[] graph = [0x2A, (byte)tensor.Length, .. tensor];
        File.WriteAllBytes(model, [0x08, 8, 0x3A, (byte)graph.Length, .. graph]);
        Assert.Empty(ExternalData.Find(model));
        tiny.Write("model.onnx_data", "weights");
        Assert.Equal([Path.Combine(tiny.Root, "model.onnx_data")], ExternalData.Find(model));
    }

    [Theory]
    [InlineData("model.onnx", null, "holds no ONNX model")]
    [InlineData("model.onnx", "no model", "cannot be loaded as an ONNX model")]
    [InlineData("tokenizer.json", null, "holds no tokenizer.json")]
    [InlineData("tokenizer.json", "{", "not JSON")]
    [InlineData("model.json", "{", "not JSON")]
    [InlineData("model.json", """{"pooling": "sum"}""", "mean, cls, last, max")]
    [InlineData("model.json", """{"maxTokens": 0}""", "maxTokens")]
    [InlineData("model.json", """{"maxTokens": 2}""", "maxTokens")]
    [InlineData("model.json", """{"dimension": 21}""", "dimension")]
    [InlineData("model.json", """{"model": "other.onnx"}""", "other.onnx")]
    [InlineData("model.json", """{"model": "../../etc/passwd"}""", "passwd")]
    [InlineData("model.json", """{"kind": "decoder"}""", "decoder")]
    [InlineData("1_Pooling/config.json", """{"pooling_mode_weightedmean_tokens": true}""", "weightedmean")]
    [InlineData("1_Pooling/config.json", """{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": true}""", "1_Pooling")]
    [InlineData("modules.json", """[{"path": "2_Dense", "type": "sentence_transformers.models.Dense"}]""", "Dense")]
    public void Open_BrokenFolder_SaysWhatAndWhere(string file, string? content, string message)
    {
        using var tiny = new TinyEncoder();
        if (content is null)
        {
            File.Delete(Path.Combine(tiny.Root, file));
        }
        else
        {
            tiny.Write(file, content);
        }

        var failure = Assert.Throws<EmbeddingException>(() => EmbeddingModels.Open(tiny.Root, Device.Cpu));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoFolder_SaysSo() =>
        Assert.Contains("There is no folder", Assert.Throws<EmbeddingException>(() => EmbeddingModels.Open("/nowhere/at/all", Device.Cpu)).Message, StringComparison.Ordinal);

    [Fact]
    public void Open_ModelOfOtherInputs_NamesThem()
    {
        using var tiny = new TinyEncoder();
        File.WriteAllBytes(Path.Combine(tiny.Root, "model.onnx"), new OnnxGraph("other").Input("pixel_values", -1, 3).Node("Identity", ["pixel_values"], ["y"]).Output("y", -1, 3).ToArray());
        Assert.Contains("pixel_values", Assert.Throws<EmbeddingException>(() => EmbeddingModels.Open(tiny.Root, Device.Cpu)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Embed_IdsBeyondTheModel_BlamesTheTokenizer()
    {
        using var tiny = new TinyEncoder();
        using var model = tiny.Load();
        var failure = Assert.Throws<EmbeddingException>(() => model.Embed([new EncodedInput(1, [5000], [])], new float[model.Dimension]));
        Assert.Contains("tokenizer.json", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_Inputs_AreBatchedByLength()
    {
        int[] lengths = [5, 1, 0, 9, 1, 3, 30];
        Assert.Equal(["1,4,5", "0", "3", "6"], EncoderBatches.Plan(lengths, 9, 100).Select(batch => string.Join(',', batch.ToArray())));
        Assert.Equal(["1,4", "5,0", "3,6"], EncoderBatches.Plan(lengths, 1000, 2).Select(batch => string.Join(',', batch.ToArray())));
    }

    private static float[][] Tokens(string folder)
    {
        using var session = new EncoderSession(new SessionFactory(Device.Cpu).Create(Path.Combine(folder, "model.onnx")), "model.onnx", pools: true);
        float[][] tokens = [];
        session.Run([TokenizerTests.Load("roberta").Encode(Code).Ids], 0, (values, _) => tokens = [.. values.ToArray().Chunk(TinyEncoder.Width)]);
        return tokens;
    }

    private static float[] Normal(float[] vector)
    {
        var length = MathF.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / length)];
    }

    private static bool Near(float a, float b) => Math.Abs(a - b) < 1e-5f;
}
