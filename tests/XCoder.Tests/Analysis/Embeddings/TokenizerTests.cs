using System.Text.Json;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Tokenization;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Analysis.Embeddings;

/// <summary>Tokenizers against ids that the reference gave (tests/tokenizers/reference.mjs writes them).</summary>
public class TokenizerTests
{
    private static readonly string Folder = Path.Combine(TestPaths.Tests, "tokenizers");

    public static TheoryData<string> Fixtures => [.. Directory.EnumerateFiles(Folder, "*.tokenizer.json").Select(path => Path.GetFileName(path)!).Order()];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Encode_Texts_EqualsTheReference(string name)
    {
        var tokenizer = HuggingFaceTokenizer.Load(Path.Combine(Folder, name));
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "expected.json")));
        var texts = expected.RootElement.GetProperty("texts").EnumerateArray().Select(text => text.GetString()!).ToList();
        var ids = expected.RootElement.GetProperty("ids").GetProperty(name).EnumerateArray().Select(row => row.GetString()!).ToList();

        Assert.All(texts.Zip(ids), pair => Assert.Equal(pair.Second, string.Join(' ', tokenizer.Encode(pair.First).Ids)));
        // A second time, from the cache, and by several threads.
        Parallel.ForEach(texts.Zip(ids), pair => Assert.Equal(pair.Second, string.Join(' ', tokenizer.Encode(pair.First).Ids)));
    }

    [Theory]
    [InlineData("roberta", 8)]
    [InlineData("bert", 3)]
    [InlineData("xlmr", 2)]
    [InlineData("xlmr", 0)]
    public void Encode_LongText_KeepsSpecialTokens(string name, int maxLength)
    {
        var tokenizer = Load(name);
        var whole = tokenizer.Encode("int main(int argc, char **argv) { return 0; }");
        var cut = tokenizer.Encode("int main(int argc, char **argv) { return 0; }", maxLength);

        Assert.False(whole.Truncated);
        Assert.True(cut.Truncated);
        Assert.Equal([whole.Ids[0], .. whole.Ids[1..^1].Take(Math.Max(0, maxLength - 2)), whole.Ids[^1]], cut.Ids);
        Assert.Equal(whole.Ids, tokenizer.Encode("int main(int argc, char **argv) { return 0; }", whole.Ids.Length).Ids);
    }

    [Fact]
    public void Load_Fixture_ReadsWhatTheFileSays()
    {
        var tokenizer = Load("bert");
        Assert.Equal(128, tokenizer.MaxLength);
        Assert.Equal(0, tokenizer.PadId);
        Assert.Equal(2, tokenizer.SpecialTokenCount);
        Assert.Equal(4, tokenizer.IdOf("[MASK]"));
        Assert.Null(tokenizer.IdOf("nothing of the kind"));
        Assert.Equal([2, 3], tokenizer.Encode("").Ids);
    }

    [Theory]
    [InlineData("roberta")]
    [InlineData("qwen")]
    [InlineData("llama2")]
    [InlineData("bert")]
    [InlineData("xlmr")]
    public async Task Encode_AMegabyteWithoutSpaces_IsNotQuadratic(string name)
    {
        var tokenizer = Load(name);
        var random = new Random(1);
        string[] texts = [new('a', 1_000_000), new(' ', 1_000_000), new('<', 1_000_000), string.Concat(Enumerable.Range(0, 1_000_000).Select(_ => (char)random.Next('a', 'q'))),
            string.Concat(Enumerable.Repeat("\n \t", 300_000)) + "x", string.Concat(Enumerable.Repeat("e\u0301", 300_000)), string.Concat(Enumerable.Repeat("\U0001D4B3", 300_000))];
        // Quadratic would be minutes; a busy machine is no failure.
        var done = Task.Run(() => texts.Sum(text => (long)tokenizer.Encode(text).Ids.Length));
        Assert.True(await done.WaitAsync(TimeSpan.FromSeconds(60)) > 0);
    }

    [Theory]
    [InlineData("""{"model":{"type":"WordLevel","vocab":{}}}""", "WordLevel", "model")]
    [InlineData("""{"model":{"type":"BPE","vocab":{},"merges":[]},"normalizer":{"type":"Nmt"}}""", "Nmt", "normalizer")]
    [InlineData("""{"model":{"type":"BPE","vocab":{},"merges":[]},"pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"UnicodeScripts"}]}}""", "UnicodeScripts", "pre_tokenizer.pretokenizers[0]")]
    [InlineData("""{"model":{"type":"BPE","vocab":{},"merges":[]},"post_processor":{"type":"Other"}}""", "Other", "post_processor")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":["a b"]}}""", "model.merges", "holds at 0")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":"x"},"merges":[]}}""", "model.vocab.a", "is no id")]
    [InlineData("""{"model":{"type":"BPE","vocab":{},"merges":[]},"pre_tokenizer":{"type":"Split","pattern":{"Regex":"\\p{Klingon}"},"behavior":"Isolated"}}""", "Klingon", "not supported")]
    [InlineData("""{"model":{"type":"BPE","vocab":{},"merges":[]},"normalizer":{"type":"Precompiled","precompiled_charsmap":"AAAA"}}""", "precompiled_charsmap", "is not a map")]
    [InlineData("""{"model":{"type":"Unigram","unk_id":0,"vocab":[["a"]]}}""", "model.vocab", "at 0")]
    [InlineData("""{"models":{}}""", "no \"model\"", "tokenizer.json")]
    [InlineData("""{"model":""", "not JSON", "tokenizer.json")]
    public void Load_WhatIsNotSupported_NamesIt(string json, string first, string second)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Root, "tokenizer.json");
        File.WriteAllText(path, json);
        var failure = Assert.Throws<EmbeddingException>(() => HuggingFaceTokenizer.Load(path));
        Assert.StartsWith(path, failure.Message, StringComparison.Ordinal);
        Assert.Contains(first, failure.Message, StringComparison.Ordinal);
        Assert.Contains(second, failure.Message, StringComparison.Ordinal);
    }

    internal static HuggingFaceTokenizer Load(string name) => HuggingFaceTokenizer.Load(Path.Combine(Folder, name + ".tokenizer.json"));
}
