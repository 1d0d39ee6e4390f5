using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using XCoder.Agents.Chat;
using XCoder.Agents.Chat.Answers;
using XCoder.Agents.Prompts;
using XCoder.Analysis.Extraction.Source;

namespace XCoder.Tests.Agents.Chat;

public sealed class AnswerReaderTests
{
    private static readonly AnswerSchema Schema = new("answer", """
        {"type": "object", "additionalProperties": false, "required": ["text", "score", "verdict", "tags", "isNew"], "properties": {
          "text": {"type": "string", "minLength": 1, "maxLength": 200}, "score": {"type": "integer", "minimum": 0, "maximum": 10}, "ratio": {"type": ["number", "null"]},
          "verdict": {"type": "string", "enum": ["accept", "revise", "reject"]}, "tags": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "string"}}, "isNew": {"type": "boolean"}}}
        """);

    private static readonly AnswerSchema Anything = new("any", """{"type": "object"}""");

    public static TheoryData<string> AlmostRight => new(
        """{"text": "a", "score": 7, "verdict": "accept", "tags": ["x"], "isNew": true}""",
        "```json\n{\"text\": \"a\", \"score\": 7, \"verdict\": \"accept\", \"tags\": [\"x\"], \"isNew\": true}\n```",
        "<think>Maybe {\"text\": \"no\"}?</think>\nSure! Here it is: {\"text\": \"a\", \"score\": 7, \"verdict\": \"accept\", \"tags\": [\"x\"], \"isNew\": true} Hope it helps {really}.",
        "maybe {this}: {\"text\": \"a\", \"score\": 7, \"verdict\": \"accept\", \"tags\": [\"x\"], \"isNew\": true}",
        """{"text": "a", "score": 7, "verdict": "accept", "tags": ["x",], "isNew": true,}""",
        """{'text': 'a', 'score': 7, 'verdict': 'accept', 'tags': ['x'], 'isNew': True}""",
        """{text: "a", score: 7, verdict: accept, tags: [x], isNew: true}""",
        """{"text": "a", "score": 7, "verdict": "accept", "tags": ["x"], "isNew": true""",
        """{"text": "a", "score": 7, "verdict": "accept", "isNew": true, "tags": ["x" """,
        "{\"text\": \"a\" // what\n, \"score\": 7, /* so */ \"verdict\": \"accept\", \"tags\": [\"x\"], # yes\n\"isNew\": true}",
        "{\"text\": \"a\"\n\"score\": 7\n\"verdict\": \"accept\"\n\"tags\": [\"x\"]\n\"isNew\": true}",
        """{“text”: “a”, “score”: 7, “verdict”: “accept”, “tags”: [“x”], “isNew”: true}""",
        """{"text": "a", "score": "7", "verdict": "Accept", "tags": "x", "isNew": "true"}""",
        """{"text": "a", "score": "7/10", "verdict": "ACCEPT ", "tags": ["x"], "isNew": "True", "ratio": null, "note": "more"}""",
        """{"Text": ["a"], "Score": 7.0, "verdict": "accept", "tags": ["x"], "is_new": true}""",
        """{"answer": {"text": "a", "score": 7, "verdict": "accept", "tags": ["x"], "isNew": true}}""",
        """[{"text": "a", "score": 7, "verdict": "accept", "tags": ["x"], "isNew": true}]""",
        "\"{\\\"text\\\": \\\"a\\\", \\\"score\\\": 7, \\\"verdict\\\": \\\"accept\\\", \\\"tags\\\": [\\\"x\\\"], \\\"isNew\\\": true}\"");

    [Theory]
    [MemberData(nameof(AlmostRight))]
    public void Read_AlmostRight_IsSetRight(string reply)
    {
        var answer = AnswerReader.Read(reply, Schema, out var failure);
        Assert.Null(failure);
        var value = answer!.Value;
        Assert.Equal(("a", 7, "accept", "x", true), (value.GetProperty("text").GetString(), value.GetProperty("score").GetInt32(), value.GetProperty("verdict").GetString(), value.GetProperty("tags")[0].GetString(), value.GetProperty("isNew").GetBoolean()));
        Assert.False(value.TryGetProperty("note", out _));
    }

    [Theory]
    [InlineData("{\"text\": \"line one\nline two\ttab\"}", "line one\nline two\ttab")]
    [InlineData("{\"text\": \"print(\"hi\")\"}", "print(\"hi\")")]
    [InlineData("""{"text": "\d+ it\'s C:\new"}""", "\\d+ it's C:\new")]
    [InlineData("""{"text": "a \ud800 b"}""", "a \ufffd b")]
    [InlineData("""{"text": "\ud83d\ude00",}""", "😀")]
    [InlineData("""{"text": "```py\nx = {1: [2]}\n```",}""", "```py\nx = {1: [2]}\n```")]
    public void Read_StringsAlmostRight_KeepWhatTheySay(string reply, string text)
    {
        var answer = AnswerReader.Read(reply, Anything, out var failure);
        Assert.Null(failure);
        Assert.Equal(text, answer!.Value.GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("", ChatFailureKind.Empty, "empty")]
    [InlineData("<think>hm</think>  ", ChatFailureKind.Empty, "empty")]
    [InlineData("no JSON at all", ChatFailureKind.Malformed, "no JSON")]
    [InlineData("""{"text": "a", "score": 11, "verdict": "accept", "tags": ["x"], "isNew": true}""", ChatFailureKind.WrongSchema, "'score' must be 0 to 10, not 11")]
    [InlineData("""{"text": "a", "score": 7.5, "verdict": "accept", "tags": ["x"], "isNew": true}""", ChatFailureKind.WrongSchema, "'score' must be a whole number")]
    [InlineData("""{"text": "", "score": 7, "verdict": "accept", "tags": ["x"], "isNew": true}""", ChatFailureKind.WrongSchema, "'text' must have 1 to 200 characters, not 0")]
    [InlineData("""{"text": "a", "score": 7, "verdict": "maybe", "tags": ["x"], "isNew": true}""", ChatFailureKind.WrongSchema, "one of accept, revise, reject")]
    [InlineData("""{"text": "a", "score": 7, "verdict": "accept", "tags": [], "isNew": true}""", ChatFailureKind.WrongSchema, "1 to 3 items, not 0")]
    [InlineData("""{"text": "a", "score": 7, "verdict": "accept", "tags": ["x"]}""", ChatFailureKind.WrongSchema, "'isNew' is missing")]
    public void Read_Wrong_SaysWhy(string reply, ChatFailureKind kind, string says)
    {
        Assert.Null(AnswerReader.Read(reply, Schema, out var failure));
        Assert.Equal(kind, failure!.Kind);
        Assert.Contains(says, failure.Message);
    }

    [Fact]
    public void Read_ValidJson_KeepsItsMeaningInWhateverStandsAroundIt()
    {
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var json = new JsonObject { ["v"] = Value(random, 0) }.ToJsonString();
            foreach (var reply in new[] { json, $"```json\n{json}\n```", $"Here you are:\n{json}\nBye.", $"<think>x</think>{json}" })
            {
                Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(AnswerReader.Read(reply, Anything, out _)!.Value.GetRawText())), reply);
            }

            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(JsonRepair.Repair(json, 0, out _)!)), json);
        }
    }

    [Fact]
    public void Read_RandomText_NeverThrowsAndRepairsAreJson()
    {
        const string Alphabet = "{}[]\"'`:,\\/*#tnu0123-.eaTrue \n<think>“”\ud800\udc00é";
        var (random, clock) = (new Random(2), new ThreadClock(ThreadClock.Thread));
        for (var i = 0; i < 20_000; i++)
        {
            var text = i % 4 == 0
                ? Encoding.Latin1.GetString(Bytes(random))
                : string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            AnswerReader.Read(text, Schema, out _);
            if (AnswerReader.Read("{" + text, Anything, out _) is { } value)
            {
                Assert.Equal(JsonValueKind.Object, value.ValueKind);
            }
        }

        foreach (var hostile in new[] { "{", "[", "{\"a\":", "{\"", "\\", "{\"a\":[", "'", "{\"a\":\"\\\"", "/*", "{\"a\": \" \" " })
        {
            AnswerReader.Read(string.Concat(Enumerable.Repeat(hostile, 400_000 / hostile.Length)), Schema, out _);
        }

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 30);
    }

    [Theory]
    [InlineData("a b", "{}", "is not a schema name")]
    [InlineData("a", """{"type": "string"}""", "at its root")]
    [InlineData("a", """{"type": "object", "properties": {"b": {"$ref": "#"}}}""", "a.b uses '$ref'")]
    [InlineData("a", """{"type": "object", "required": 3}""", "does not follow JSON Schema")]
    [InlineData("a", "{", "is not JSON")]
    public void Schema_NotRead_IsRefused(string name, string json, string says) =>
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => new AnswerSchema(name, json)).Message);

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static JsonNode? Value(Random random, int depth) => random.Next(depth > 3 ? 5 : 7) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.Next(-1000, 1000),
        3 => Math.Round((random.NextDouble() - 0.5) * 1e6, 3),
        4 => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "ab\"\\\n\t{}[],:'é😀/*#"[random.Next(11)])),
        5 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1))]),
        _ => new JsonObject(Enumerable.Range(0, random.Next(4)).Select(i => KeyValuePair.Create($"k{i}", Value(random, depth + 1)))),
    };
}
