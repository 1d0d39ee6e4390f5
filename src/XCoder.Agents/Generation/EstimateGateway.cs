using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using XCoder.Agents.Chat;
using XCoder.Agents.Chat.Answers;

namespace XCoder.Agents.Generation;

/// <summary>Answers every question with a made-up answer of the expected length, and counts requests and characters.</summary>
/// <param name="lengths">What is known of the model's answers.</param>
internal sealed class EstimateGateway(ReplyLengths lengths) : IChatGateway
{
    /// <summary>Average characters per token for code and English; tokenizers of current models have between 3 and 4.5.</summary>
    public const double CharactersAToken = 3.5;

    private readonly ConcurrentDictionary<string, (long Requests, long Prompt, long Completion)> _roles = new();
    private double _due;

    /// <summary>Requests, characters sent and characters received so far, scaled.</summary>
    public Spent Spent(double scale) => new(
        _roles.Values.Sum(role => role.Requests) * scale, _roles.Values.Sum(role => role.Prompt) * scale,
        _roles.Values.Sum(role => role.Completion) * scale);

    public Task<ChatReply> AskAsync(ChatQuery query, CancellationToken cancellation)
    {
        var schema = query.Prompt.Schema!;
        var answer = (JsonObject)Make("", schema.Json)!;
        if (answer.ContainsKey("verdict"))
        {
            answer["verdict"] = IsRevised() ? "revise" : "accept";
        }

        var text = answer.ToJsonString();
        var sent = query.Messages().Sum(message => (long)message.Text.Length) + schema.Text.Length;
        var received = lengths.OfRole(query.Prompt.Name) ?? text.Length;
        _roles.AddOrUpdate(query.Prompt.Name, (1, sent, received),
            (_, known) => (known.Requests + 1, known.Prompt + sent, known.Completion + received));
        using var document = JsonDocument.Parse(text);
        return Task.FromResult(new ChatReply(new ChatAnswer("", document.RootElement.Clone(), 0, 0, false), null));
    }

    // Spreads the revisions evenly over the critiques; the critique after a revision accepts.
    private bool IsRevised()
    {
        lock (_roles)
        {
            _due += lengths.Revised / (1 + lengths.Revised);
            if (_due < 1)
            {
                return false;
            }

            _due -= 1;
            return true;
        }
    }

    private JsonNode? Make(string name, JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var choices))
        {
            return JsonValue.Create(choices[0].GetString());
        }

        switch (schema.GetProperty("type").GetString())
        {
            case "object":
                return new JsonObject(schema.GetProperty("properties").EnumerateObject()
                    .Select(property => KeyValuePair.Create(property.Name, Make(property.Name, property.Value))));
            case "array":
                return new JsonArray([.. Enumerable.Range(0, 2).Select(_ => Make("", schema.GetProperty("items")))]);
            case "boolean":
                return JsonValue.Create(true);
            case "integer":
                return JsonValue.Create(1);
            case "number":
                return JsonValue.Create(8);
            default:
                return JsonValue.Create(new string('x', lengths[name]));
        }
    }
}

/// <summary>Requests and characters.</summary>
/// <param name="Requests">Requests.</param>
/// <param name="Prompt">Characters sent.</param>
/// <param name="Completion">Characters received.</param>
internal readonly record struct Spent(double Requests, double Prompt, double Completion);

/// <summary>How long answers and their fields are, in characters: as in recorded replies of the model, else as usual.</summary>
internal sealed class ReplyLengths
{
    /// <summary>Highest number of replies that are looked at.</summary>
    public const int Most = 400;

    private const int OtherLength = 80, LeastOfAKind = 3, LeastCritiques = 8;

    // Between a model that is always right and one whose rows are revised once in four.
    private const double UsuallyRevised = 0.125;

    private static readonly Dictionary<string, int> Usual = new()
    {
        ["instruction"] = 900, ["code"] = 1600, ["explanation"] = 450, ["tests"] = 900, ["comment"] = 500, ["reason"] = 250, ["next"] = 150,
    };

    private readonly Dictionary<string, int> _known = [], _roles = [];

    /// <summary>Number of replies that the lengths come from; 0 where they are the usual ones.</summary>
    public int Replies { get; private init; }

    /// <summary>Revisions that a row needs, in [0, 1].</summary>
    public double Revised { get; private init; } = UsuallyRevised;

    /// <summary>Tokens that the model needs for a character of an answer, its thoughts included.</summary>
    public double TokensACharacter { get; private init; } = 1 / EstimateGateway.CharactersAToken;

    /// <summary>Length of a field.</summary>
    public int this[string field] => _known.GetValueOrDefault(field, Usual.GetValueOrDefault(field, OtherLength));

    /// <summary>Length of the answers of a role, or null where few are known.</summary>
    public int? OfRole(string role) => _roles.TryGetValue(role, out var length) ? length : null;

    /// <summary>Measures recorded replies; those that are no JSON object do not count.</summary>
    /// <param name="replies">Role, text and tokens of replies.</param>
    public static ReplyLengths Of(IEnumerable<(string Role, string Text, long Tokens)> replies)
    {
        var (fields, roles, characters, tokens) = (new Dictionary<string, List<int>>(), new Dictionary<string, List<int>>(), 0L, 0L);
        foreach (var (role, text, spent) in replies)
        {
            if (text.Length == 0 || text[0] != '{' || !JsonText.TryParse(text, out var answer))
            {
                continue;
            }

            Add(roles, role, text.Length);
            (characters, tokens) = spent > 0 ? (characters + text.Length, tokens + spent) : (characters, tokens);
            foreach (var field in answer.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.String))
            {
                Add(fields, field.Name, field.Value.GetString()!.Length);
            }
        }

        int Count(string role) => roles.TryGetValue(role, out var known) ? known.Count : 0;
        var lengths = new ReplyLengths
        {
            Replies = roles.Values.Sum(role => role.Count),
            TokensACharacter = characters == 0 ? 1 / EstimateGateway.CharactersAToken : (double)tokens / characters,
            Revised = Count("critique") < LeastCritiques ? UsuallyRevised : Math.Min(1, (double)Count("revise") / Count("critique")),
        };
        Average(fields, lengths._known);
        Average(roles, lengths._roles);
        return lengths;

        static void Add(Dictionary<string, List<int>> all, string name, int length) =>
            (all.TryGetValue(name, out var known) ? known : all[name] = []).Add(length);

        static void Average(Dictionary<string, List<int>> all, Dictionary<string, int> means)
        {
            foreach (var (name, found) in all.Where(item => item.Value.Count >= LeastOfAKind))
            {
                means[name] = (int)found.Average();
            }
        }
    }
}
