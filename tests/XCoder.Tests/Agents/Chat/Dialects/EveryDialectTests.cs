using System.Text.Json;
using System.Text.Json.Nodes;
using XCoder.Agents.Chat;
using XCoder.Agents.Prompts;

namespace XCoder.Tests.Agents.Chat.Dialects;

/// <summary>An answer is the same, in whatever dialect the server gives it.</summary>
public sealed class EveryDialectTests
{
    private const string Code = "def greet(name):\n    \"\"\"Says hello to 'name'.\"\"\"\n    if not name:\n        return \"\"\n\n    # Caf\u00e9: 1 < 2 & so on\n    return f\"Hello, {name}!\"";

    private static readonly PromptLibrary Prompts = PromptLibrary.Open();

    private static readonly JsonObject Response = new()
    {
        ["instruction"] = "Write a function greet(name) in Python: it says hello.\nAn empty name gives an empty text.",
        ["code"] = Code,
        ["explanation"] = "It returns early, then formats the greeting.",
        ["tests"] = "assert greet(\"Ren\u00e9\") == \"Hello, Ren\u00e9!\"\nassert greet(\"\") == \"\"",
    };

    private static readonly JsonObject Critique = new()
    {
        ["merits"] = new JsonArray("It is short."),
        ["faults"] = new JsonArray("It has no types.", "Its name says little."),
        ["scores"] = new JsonObject(Prompts["critique"].Schema!.Json.GetProperty("properties").GetProperty("scores").GetProperty("properties").EnumerateObject().Select((score, i) => KeyValuePair.Create<string, JsonNode?>(score.Name, 1.0 + i))),
        ["verdict"] = "accept",
    };

    // A single field, and a field that is empty.
    private static readonly JsonObject Instruction = new() { ["instruction"] = "Write a function greet(name) in Python: it says hello." };

    private static readonly JsonObject Untested = new() { ["code"] = Code, ["explanation"] = "It greets.", ["tests"] = "" };

    private static JsonObject TruthOf(LoopbackRequest request) => request.Schema!.Value.GetProperty("properties") switch
    {
        var fields when fields.TryGetProperty("scores", out _) => Critique,
        var fields when !fields.TryGetProperty("code", out _) => Instruction,
        var fields when !fields.TryGetProperty("instruction", out _) => Untested,
        _ => Response,
    };

    public static TheoryData<string> Dialects => [.. ServerDialects.All.Select(dialect => dialect.Name)];

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task AskAsync_InEveryDialect_TheAnswerIsTheSame(string name)
    {
        var dialect = ServerDialects.Find(name);
        await using var setup = new ChatSetup(dialect.Of(request => (JsonObject)TruthOf(request).DeepClone()));
        foreach (var (prompt, truth) in new[] { ("revise", Response), ("critique", Critique), ("forward-instruction", Instruction), ("solve", Untested) })
        {
            var asked = setup.Server.Count;
            var query = ChatSetup.Query($"{asked}") with { Prompt = Of(prompt) };
            var reply = await setup.Gateway.AskAsync(query, CancellationToken.None);
            Assert.True(reply.Answer is not null, $"{prompt}: {reply.Failure}");
            foreach (var (field, value) in truth)
            {
                Assert.Equal(Plain(value), Plain(JsonNode.Parse(reply.Answer.Value.GetProperty(field).GetRawText())));
            }

            // What the server takes is learnt from the first question.
            Assert.True(asked == 0 || setup.Server.Count == asked + 1, $"{prompt} took {setup.Server.Count - asked} requests");
        }
    }

    private static PromptTemplate Of(string name)
    {
        var yaml = ChatSetup.Yaml.Replace("name: propose", $"name: {name}", StringComparison.Ordinal).Replace("max_tokens: 100", "max_tokens: 1000", StringComparison.Ordinal);
        var from = yaml.IndexOf("    {\"type\"", StringComparison.Ordinal);
        return PromptTemplate.Parse(yaml[..from] + $"    {Prompts[name].Schema!.Text}\n" + yaml[yaml.IndexOf("execution_settings", StringComparison.Ordinal)..], name + ".yaml");
    }

    // Forms may lose blank lines at the ends.
    private static string Plain(JsonNode? value) => value switch
    {
        JsonObject inner => string.Join(", ", inner.Select(item => $"{item.Key}: {Plain(item.Value)}")),
        JsonArray list => string.Join(" | ", list.Select(Plain)),
        JsonValue item when item.GetValueKind() == JsonValueKind.Number => item.GetValue<double>().ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => value!.GetValue<string>().Trim(),
    };
}
