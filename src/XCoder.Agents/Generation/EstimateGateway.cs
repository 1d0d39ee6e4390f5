using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using XCoder.Agents.Chat;

namespace XCoder.Agents.Generation;

/// <summary>Answers every question itself, at the length that answers usually have, and counts: what a run would take.</summary>
internal sealed class EstimateGateway : IChatGateway
{
    /// <summary>Characters a token, of code and English alike; tokenizers of current models lie between 3 and 4.5.</summary>
    public const double CharactersAToken = 3.5;

    // Of four rows one is revised.
    private const int Revised = 4;

    private static readonly Dictionary<string, int> Lengths = new()
    {
        ["instruction"] = 900, ["code"] = 1600, ["explanation"] = 450, ["tests"] = 900, ["comment"] = 500, ["reason"] = 250, ["next"] = 150,
    };

    private const int OtherLength = 80;

    private readonly ConcurrentDictionary<string, (long Requests, long Prompt, long Completion)> _roles = new();
    private int _critiques;

    /// <summary>Questions, characters sent and received, by role.</summary>
    public IReadOnlyDictionary<string, (long Requests, long Prompt, long Completion)> Roles => _roles;

    public Task<ChatReply> AskAsync(ChatQuery query, CancellationToken cancellation)
    {
        var schema = query.Prompt.Schema!;
        var answer = (JsonObject)Make("", schema.Json)!;
        if (answer.ContainsKey("verdict"))
        {
            answer["verdict"] = Interlocked.Increment(ref _critiques) % (Revised + 1) == 0 ? "revise" : "accept";
        }

        var text = answer.ToJsonString();
        var sent = query.Messages().Sum(message => (long)message.Text.Length) + schema.Text.Length;
        _roles.AddOrUpdate(query.Prompt.Name, (1, sent, text.Length), (_, known) => (known.Requests + 1, known.Prompt + sent, known.Completion + text.Length));
        using var document = JsonDocument.Parse(text);
        return Task.FromResult(new ChatReply(new ChatAnswer("", document.RootElement.Clone(), 0, 0, false), null));
    }

    private static JsonNode? Make(string name, JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var choices))
        {
            return JsonValue.Create(choices[0].GetString());
        }

        switch (schema.GetProperty("type").GetString())
        {
            case "object":
                return new JsonObject(schema.GetProperty("properties").EnumerateObject().Select(property => KeyValuePair.Create(property.Name, Make(property.Name, property.Value))));
            case "array":
                return new JsonArray(Make("", schema.GetProperty("items")), Make("", schema.GetProperty("items")));
            case "boolean":
                return JsonValue.Create(true);
            case "integer":
                return JsonValue.Create(1);
            case "number":
                return JsonValue.Create(8);
            default:
                return JsonValue.Create(new string('x', Lengths.GetValueOrDefault(name, OtherLength)));
        }
    }
}
