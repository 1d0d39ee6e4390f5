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
/// Estimates the cost of a run before it starts. Plays a sample of the next rows with their real seeds, context and prompts, and with
/// made-up answers of typical length.
/// </summary>
internal static class RunEstimator
{
    private const int MostSample = 64;
    private const double TokensASecond = 60;

    /// <summary>Estimates the rest of a run.</summary>
    /// <param name="workspace">The workspace it reads.</param>
    /// <param name="store">The store of rows.</param>
    /// <param name="prompts">The prompts.</param>
    /// <param name="options">What the run writes, and how.</param>
    /// <param name="limits">Prices, rates and requests in flight.</param>
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
        using var preparer = new ItemPreparer(workspace, options, new SensitiveTextGuard(), licences, new TranslationTasks(prompts),
            Variety.Open(prompts.Folder));
        var dialogue = new RowDialogue(gateway, prompts, options.Dialogue, options.Memory);
        var styles = StyleFacts.Of(workspace.Store.Briefs(), workspace.Catalog.FamilyOf);
        foreach (var prepared in preparer.Prepare(items, state,
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

    // The first rows of the run. If they contain no discussion yet, later rows replace a part of them.
    private static List<WorkItem> Sample(RunState state, GenerationOptions options, int left)
    {
        var first = state.Scheduler.Plan(Math.Min(left, MostSample));
        var sample = first.ToList();
        var discussions = options.Kinds.Where(kind => kind.IsDiscussion).ToList();
        if (left > options.Epoch && state.Epochs == 0 && discussions.Count > 0 && first.All(item => !item.Kind.IsDiscussion))
        {
            // Keeps the share of discussions that the options request.
            var later = new Scheduler(state.Scheduler.Seeds, options with { Kinds = discussions }).Plan(first.Count);
            var share = discussions.Count / (double)options.Kinds.Count;
            var discussed = (int)Math.Round(first.Count * share);
            sample = [.. first.Take(first.Count - discussed), .. later.Take(discussed)];
        }

        return sample;
    }

    private static TimeSpan Slowest(params IEnumerable<double?> seconds) => TimeSpan.FromSeconds(Math.Min(seconds.Max() ?? 0, 1e9));
}

/// <summary>An estimate of what a run will take.</summary>
public sealed record RunEstimate
{
    /// <summary>Rows that remain to be written.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows in the sample that the estimate is based on.</summary>
    public required int Sample { get; init; }

    /// <summary>Requests, without retries.</summary>
    public required long Requests { get; init; }

    /// <summary>Tokens sent.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Tokens received.</summary>
    public required long CompletionTokens { get; init; }

    /// <summary>Cost in the currency of the prices, or null when a price is unknown.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Duration, from 60 tokens per second and request in flight, or from the rate limits where these are slower.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>Assumptions of the estimate, in words.</summary>
    public required string Basis { get; init; }
}

/// <summary>Answers every question with a made-up answer of typical length, and counts requests and characters.</summary>
internal sealed class EstimateGateway : IChatGateway
{
    /// <summary>Average characters per token for code and English; tokenizers of current models have between 3 and 4.5.</summary>
    public const double CharactersAToken = 3.5;

    // A quarter of the rows are revised. A revised row gets two critiques, so four rows take five, one of which asks for a revision.
    private const int Revised = 4;

    private static readonly Dictionary<string, int> Lengths = new()
    {
        ["instruction"] = 900, ["code"] = 1600, ["explanation"] = 450, ["tests"] = 900, ["comment"] = 500, ["reason"] = 250, ["next"] = 150,
    };

    private const int OtherLength = 80;

    private readonly ConcurrentDictionary<string, (long Requests, long Prompt, long Completion)> _roles = new();
    private int _critiques;

    /// <summary>Requests, characters sent and characters received, by role.</summary>
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
