using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using XCoder.Agents.Chat;
using XCoder.Agents.Dialogue;
using XCoder.Agents.Licences;
using XCoder.Agents.Prompts;
using XCoder.Agents.Redaction;
using XCoder.Agents.Store;

namespace XCoder.Agents.Generation;

/// <summary>
/// Prices a run before it begins: the rows that it would write next are gone through with their real seeds, context and prompts,
/// answered by texts of the usual length.
/// </summary>
internal static class RunEstimator
{
    private const int MostSample = 64;
    private const double TokensASecond = 60;

    /// <summary>Prices what is left of a run.</summary>
    /// <param name="workspace">What it reads.</param>
    /// <param name="store">Where its rows go.</param>
    /// <param name="prompts">The prompts.</param>
    /// <param name="options">What it is to do.</param>
    /// <param name="limits">Prices, rates, requests in flight.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static async Task<RunEstimate> EstimateAsync(AgentWorkspace workspace, GenerationStore store, PromptLibrary prompts,
        GenerationOptions options, ChatGatewayOptions limits, CancellationToken cancellation = default)
    {
        options.Validate();
        var licences = LicencePolicy.Parse(options.Licences);
        var pool = SeedPool.Open(workspace, options, licences, cancellation);
        var state = RunState.Read(store, store.FindRun(RunKey.Of(options.Run))?.Id ?? 0, pool.Seeds, options);
        var left = Math.Max(0, options.Count - state.Planned);
        var items = Sample(state, options, left);
        var gateway = new EstimateGateway();
        using var check = new CodeCheck(workspace.Catalog);
        using var preparer = new ItemPreparer(workspace, options, new SensitiveTextGuard(), licences, new TranslationTasks(prompts));
        var dialogue = new RowDialogue(gateway, prompts, options.Dialogue, options.Memory);
        var styles = StyleFacts.Of(workspace.Store.Briefs(), workspace.Catalog.FamilyOf);
        foreach (var prepared in preparer.Prepare(items,
            language => state.Agent(language, workspace.Catalog.Find(language)?.Name ?? language, styles.GetValueOrDefault(language) ?? "",
                workspace.Toolchains.Toolchains.FirstOrDefault(toolchain => toolchain.Language == language)?.Guide ?? ""), cancellation))
        {
            await dialogue.RunAsync(prepared.Task, CodeInspector.None, cancellation);
        }

        var scale = items.Count == 0 ? 0 : (double)left / items.Count;
        var reflections = left / options.Memory.ReflectEvery;
        var requests = (long)Math.Ceiling(gateway.Roles.Values.Sum(role => role.Requests) * scale) + reflections;
        var prompt = (long)(gateway.Roles.Values.Sum(role => role.Prompt) * scale / EstimateGateway.CharactersAToken);
        var completion = (long)(gateway.Roles.Values.Sum(role => role.Completion) * scale / EstimateGateway.CharactersAToken);
        return new RunEstimate
        {
            Rows = left,
            Sample = items.Count,
            Requests = requests,
            PromptTokens = prompt,
            CompletionTokens = completion,
            Cost = limits.PromptPrice is { } sent && limits.CompletionPrice is { } received
                ? ((prompt * sent) + (completion * received)) / 1_000_000 : null,
            Time = Slowest(completion / TokensASecond / limits.MaxConcurrency, 60 * requests / limits.RequestsPerMinute,
                60 * (prompt + completion) / limits.TokensPerMinute),
            Basis = $"real prompts of {items.Count} rows, answers of usual length, {EstimateGateway.CharactersAToken} characters a "
                + $"token, {TokensASecond:0} tokens a second a request",
        };
    }

    // What the run would begin with; where that holds no discussion yet, some of what comes after it.
    private static List<WorkItem> Sample(RunState state, GenerationOptions options, int left)
    {
        var first = state.Scheduler.Plan(Math.Min(left, MostSample));
        var sample = first.ToList();
        var discussions = options.Kinds.Where(kind => kind.IsDiscussion).ToList();
        if (left > options.Epoch && state.Epochs == 0 && discussions.Count > 0 && first.All(item => !item.Kind.IsDiscussion))
        {
            // In the shares that were asked for.
            var later = new Scheduler(state.Scheduler.Seeds, options with { Kinds = discussions }).Plan(first.Count);
            var share = discussions.Count / (double)options.Kinds.Count;
            var discussed = (int)Math.Round(first.Count * share);
            sample = [.. first.Take(first.Count - discussed), .. later.Take(discussed)];
        }

        return sample;
    }

    private static TimeSpan Slowest(params IEnumerable<double?> seconds) => TimeSpan.FromSeconds(Math.Min(seconds.Max() ?? 0, 1e9));
}

/// <summary>What a run will take, before it begins.</summary>
public sealed record RunEstimate
{
    /// <summary>Rows that are still to be written.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows that were gone through to find out.</summary>
    public required int Sample { get; init; }

    /// <summary>Requests, retries left out.</summary>
    public required long Requests { get; init; }

    /// <summary>Tokens sent.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Tokens received.</summary>
    public required long CompletionTokens { get; init; }

    /// <summary>Cost in the currency of the prices, or null where a price is unknown.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Time, from the latency of a request and how many are in flight, or from the limits where these are slower.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>What the lengths of answers rest on.</summary>
    public required string Basis { get; init; }
}

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
        _roles.AddOrUpdate(query.Prompt.Name, (1, sent, text.Length),
            (_, known) => (known.Requests + 1, known.Prompt + sent, known.Completion + text.Length));
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
                return new JsonObject(schema.GetProperty("properties").EnumerateObject()
                    .Select(property => KeyValuePair.Create(property.Name, Make(property.Name, property.Value))));
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
