using System.CommandLine;
using System.Globalization;
using XCoder.Agents;
using XCoder.Agents.Chat;
using XCoder.Agents.Dialogue;
using XCoder.Agents.Generation;
using XCoder.Agents.Rows;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Commands.Rows;

/// <summary>The options of a generation by agents.</summary>
internal static class AgentSettings
{
    private const string DefaultKey = "OPENAI_API_KEY";
    private const int DefaultConcurrency = 16;

    private static readonly GenerationOptions Defaults = new();

    public static readonly Option<string?> Endpoint =
        new("--endpoint") { Description = "Base URL of an OpenAI-compatible server: vLLM, llama.cpp, Ollama or a hosted service",
            HelpName = "URL" };
    public static readonly Option<string?> ChatModel = new("--chat-model") { Description = "Name of the chat model", HelpName = "NAME" };
    public static readonly Option<string> KeyVariable =
        new("--api-key-variable") { Description = "Environment variable with the API key; it is never stored or shown", HelpName = "NAME",
            DefaultValueFactory = _ => DefaultKey };
    public static readonly Option<string> Run = new("--run") { Description = "Name of the run; the same name continues it",
        HelpName = "NAME", DefaultValueFactory = _ => Defaults.Run };
    public static readonly Option<string> Datasets =
        new("--dataset") { Description =
            "Kinds of rows to write; naming a kind twice doubles its share: "
                + string.Join(", ", RowKind.ByAgents.Select(kind => kind.Label is { } label ? $"{kind.Name} ({label})" : kind.Name)),
            HelpName = "LIST", DefaultValueFactory = _ => string.Join(',', Defaults.Kinds) };
    public static readonly Option<string> Protocols =
        new("--protocol") { Description = "Protocol of discussions: centralised, parallel, or both alternately (centralised,parallel)",
            HelpName = "LIST",
            DefaultValueFactory = _ => "centralised" };
    public static readonly Option<int> Rounds = new("--rounds") { Description = "Rounds of a discussion, 1 to 4", HelpName = "N",
        DefaultValueFactory = _ => Defaults.Dialogue.Rounds };
    public static readonly Option<int> Agents = new("--agents") { Description = "Agents of a discussion, 2 to 8", HelpName = "N",
        DefaultValueFactory = _ => Defaults.Agents };
    public static readonly Option<string> Decide = new("--decide") { Description = "How a parallel discussion ends: vote or merge",
        HelpName = "HOW", DefaultValueFactory = _ => "vote" };
    public static readonly Option<string> Context =
        new("--context") { Description = "Neighbours shown with the seed: none, lexical or embedding", HelpName = "KIND",
            DefaultValueFactory = _ => "embedding" };
    public static readonly Option<int> ContextCount = new("--context-count") { Description = "Maximum number of neighbours shown",
        HelpName = "N",
        DefaultValueFactory = _ => Defaults.Context.Count };
    public static readonly Option<int> ContextBudget = new("--context-budget") { Description = "Maximum number of tokens of all neighbours",
        HelpName = "N", DefaultValueFactory = _ => Defaults.Context.Budget };
    public static readonly Option<double> ContextCosine =
        new("--context-cosine") { Description = "Minimum cosine of a neighbour to the seed, -1 to 1; lexical neighbours ignore it",
            HelpName = "X", DefaultValueFactory = _ => Defaults.Context.LeastCosine };
    public static readonly Option<double> HoldOut =
        new("--hold-out") { Description = "Share of seeds that are shown no neighbours, for comparison; 0 or more, below 1",
            HelpName = "X",
            DefaultValueFactory = _ => Defaults.HoldOut };
    public static readonly Option<int> RowsPerSeed =
        new("--rows-per-seed") { Description = "Rows that a seed feeds before seeds that have fed fewer", HelpName = "N",
            DefaultValueFactory = _ => Defaults.RowsPerSeed };
    public static readonly Option<double> RepeatJaccard =
        new("--repeat-jaccard") { Description = "A task this similar to an accepted one in its language repeats it: Jaccard similarity "
            + "of 3-word sequences, above 0, at most 1", HelpName = "X", DefaultValueFactory = _ => Defaults.Memory.MaxJaccard };
    public static readonly Option<double> RepeatCosine =
        new("--repeat-cosine") { Description = "A response this similar to an accepted one in its language repeats it: cosine of the "
            + "embeddings, above 0, at most 1", HelpName = "X", DefaultValueFactory = _ => Defaults.Memory.MaxCosine };
    public static readonly Option<int> ReflectEvery =
        new("--reflect-every") { Description = "Rows of an agent between two reflections", HelpName = "N",
            DefaultValueFactory = _ => Defaults.Memory.ReflectEvery };
    public static readonly Option<bool> NoDraftRuns =
        new("--no-draft-runs") { Description = "Do not compile and run drafts in the sandbox while rows are written" };
    public static readonly Option<int> Revisions = new("--revisions") { Description = "Maximum revisions of a row, 0 to 4", HelpName = "N",
        DefaultValueFactory = _ => Defaults.Dialogue.Revisions };
    public static readonly Option<string?> Weights =
        new("--weights") { Description =
            $"Weights of the critique, NAME=NUMBER: {string.Join(", ", CritiqueWeights.Criteria)} (default: 1 each)", HelpName = "LIST" };
    public static readonly Option<string> Tests =
        new("--tests") { Description =
            "Who writes the tests of an accepted row: both (its author, and another agent that has not seen the response) or own",
            HelpName = "WHO", DefaultValueFactory = _ => "both" };
    public static readonly Option<int> Candidates =
        new("--candidates") { Description =
            $"Answers to each accepted instruction, 1 to {DialogueOptions.MostCandidates}; 'verify' ranks them, "
                + "'export --data-format dpo' writes the preference pairs", HelpName = "N",
            DefaultValueFactory = _ => Defaults.Dialogue.Candidates };
    public static readonly Option<double> Accept =
        new("--accept") { Description = "Minimum total of the critique for a row to be accepted, 0 to 10", HelpName = "X",
            DefaultValueFactory = _ => Defaults.Dialogue.Accept };
    public static readonly Option<int> Epoch = new("--epoch") { Description = "Rows per epoch; memory and gaps change between epochs only",
        HelpName = "N", DefaultValueFactory = _ => Defaults.Epoch };
    public static readonly Option<string?> Prompts =
        new("--prompts") { Description = "Folder of prompts that replace those of the same name", HelpName = "DIR" };
    public static readonly Option<int> Concurrency = new("--concurrency") { Description = "Requests at the same time", HelpName = "N",
        DefaultValueFactory = _ => DefaultConcurrency };
    public static readonly Option<double?> RequestsPerMinute = new("--requests-per-minute") { Description = "Maximum requests per minute",
        HelpName = "N" };
    public static readonly Option<double?> TokensPerMinute = new("--tokens-per-minute") { Description = "Maximum tokens per minute",
        HelpName = "N" };
    public static readonly Option<double> Timeout = new("--timeout") { Description = "Seconds until a request is abandoned and repeated",
        HelpName = "SECONDS", DefaultValueFactory = _ => 120 };
    public static readonly Option<int> RaiseLimit =
        new("--raise-limit") { Description = "How many times its usual limit of tokens a reply that was cut may get, for models that "
            + "think aloud; 1: never more", HelpName = "N", DefaultValueFactory = _ => 8 };
    public static readonly Option<bool> Stream =
        new("--stream") { Description = "Stream replies, for servers that close silent connections" };
    public static readonly Option<long?> MaxRequests = new("--max-requests") { Description = "End the run after this many requests",
        HelpName = "N" };
    public static readonly Option<decimal?> MaxCost =
        new("--max-cost") { Description = "End the run before it costs more than this, in the currency of the prices; needs both prices",
            HelpName = "X" };
    public static readonly Option<decimal?> PromptPrice = new("--prompt-price") { Description = "Price of a million tokens sent",
        HelpName = "X" };
    public static readonly Option<decimal?> CompletionPrice =
        new("--completion-price") { Description = "Price of a million tokens received", HelpName = "X" };
    public static readonly Option<bool> Estimate =
        new("--estimate") { Description = "Estimate requests, tokens, cost and time of the run, and send nothing" };
    public static readonly Option<string?> Compare =
        new("--compare") { Description = "Write rows for the same seeds with two kinds of context and compare them, e.g. none,embedding",
            HelpName = "A,B" };

    /// <summary>Adds the options of <c>generate</c>.</summary>
    public static void AddTo(Command command) =>
        Add(command, [.. Connection, Estimate, Run, Datasets, Protocols, Rounds, Agents, Decide, Context, ContextCount, ContextBudget,
            ContextCosine, HoldOut, Compare, RowsPerSeed, RepeatJaccard, RepeatCosine, ReflectEvery, NoDraftRuns,
            Revisions, Tests, Candidates, Weights, Accept, Epoch, Prompts, .. Limits]);

    /// <summary>Adds the options of other commands that use a chat model.</summary>
    public static void AddConnectionTo(Command command) => Add(command, [.. Connection, Prompts, .. Limits]);

    private static Option[] Connection => [Endpoint, ChatModel, KeyVariable];

    private static Option[] Limits =>
        [Concurrency, RequestsPerMinute, TokensPerMinute, Timeout, RaiseLimit, Stream, MaxRequests, MaxCost, PromptPrice, CompletionPrice];

    private static void Add(Command command, IEnumerable<Option> options)
    {
        foreach (var option in options)
        {
            command.Add(option);
        }
    }

    /// <summary>Reads and checks the options of a run.</summary>
    public static GenerationOptions OptionsOf(CommandContext context, int? count, int seed, string? languages, string? licences) =>
        Checked(() =>
    {
        var options = Defaults with
        {
            Run = context.Get(Run) is var run && run.Length is > 0 and <= 64
                && run.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? run
                : throw new UsageException("--run NAME: letters, digits, '-', '_' and '.', 64 at most."),
            Count = count ?? Defaults.Count,
            Seed = seed,
            RowsPerSeed = context.Get(RowsPerSeed),
            RunsDrafts = !context.Get(NoDraftRuns),
            Languages = languages is null ? []
                : [.. CommandContext.Split(languages).Select(name => context.Family(name)).Distinct().Order(StringComparer.Ordinal)],
            Licences = licences ?? Defaults.Licences,
            Kinds = [.. CommandContext.Split(context.Get(Datasets)).Select(KindOf)],
            Protocols = [.. CommandContext.Split(context.Get(Protocols)).Select(name => ProtocolOf(name))],
            Agents = context.Get(Agents),
            Epoch = context.Get(Epoch),
            HoldOut = context.Get(HoldOut),
            Concurrency = context.Get(Concurrency),
            Threads = context.Threads,
            Dialogue = Defaults.Dialogue with
            {
                Rounds = context.Get(Rounds),
                Decision = Named("--decide", context.Get(Decide), Decision.Vote, Decision.Merge),
                Revisions = context.Get(Revisions),
                HasIndependentTests = context.Get(Tests) switch
                {
                    "both" => true,
                    "own" => false,
                    var who => throw new UsageException($"--tests: there is no '{SafeText.ForTerminal(who)}'; choose both, own."),
                },
                Candidates = context.Get(Candidates),
                Weights = context.Get(Weights) is { } weights ? CritiqueWeights.Parse(weights) : CritiqueWeights.Equal,
                Accept = context.Get(Accept),
                Reject = Math.Min(Defaults.Dialogue.Reject, context.Get(Accept)),
            },
            Context = Defaults.Context with { Kind = ContextOf(context.Get(Context)), Count = context.Get(ContextCount),
                Budget = context.Get(ContextBudget), LeastCosine = context.Get(ContextCosine) },
            Memory = Defaults.Memory with { MaxJaccard = context.Get(RepeatJaccard), MaxCosine = context.Get(RepeatCosine),
                ReflectEvery = context.Get(ReflectEvery) },
        };
        options.Validate();
        return options;
    });

    /// <summary>Finds a kind of context by name. Throws if there is none.</summary>
    public static ContextKind ContextOf(string name) =>
        Named("--context", name, ContextKind.None, ContextKind.Lexical, ContextKind.Embedding);

    /// <summary>Reads and checks the gateway's limits.</summary>
    public static ChatGatewayOptions LimitsOf(CommandContext context, string model, string endpoint) => Checked(() => new ChatGatewayOptions
    {
        Model = model,
        Endpoint = endpoint,
        MaxConcurrency = context.Get(Concurrency),
        RequestsPerMinute = context.Get(RequestsPerMinute),
        TokensPerMinute = context.Get(TokensPerMinute),
        MaxRequests = context.Get(MaxRequests),
        MaxCost = context.Get(MaxCost) is { } cost ? context.Get(PromptPrice) is null || context.Get(CompletionPrice) is null
            ? throw new UsageException("--max-cost needs --prompt-price and --completion-price, the prices of a million tokens.")
            : cost : null,
        PromptPrice = context.Get(PromptPrice),
        CompletionPrice = context.Get(CompletionPrice),
        MostLimits = context.Get(RaiseLimit) is >= 1 and <= 64 and var most ? most
            : throw new UsageException("--raise-limit N: a whole number from 1 to 64."),
    });

    /// <summary>Reads the endpoint and its settings. Throws if the endpoint is missing or malformed.</summary>
    public static OpenAIChatOptions ClientOf(CommandContext context, string model)
    {
        var address = context.Get(Endpoint)
            ?? throw new UsageException(
                "--endpoint URL is missing: the root of an OpenAI-compatible server, such as http://localhost:8000/v1. Without one, "
                    + "--mined makes pairs of real parallel code.");
        var timeout = context.Get(Timeout);
        return new OpenAIChatOptions
        {
            Endpoint = Uri.TryCreate(address, UriKind.Absolute, out var endpoint) ? endpoint
                : throw new UsageException(
                    $"--endpoint: '{SafeText.ForTerminal(address)}' is not an address such as http://localhost:8000/v1."),
            Model = model,
            ApiKey = Environment.GetEnvironmentVariable(context.Get(KeyVariable)) ?? "",
            Timeout = timeout is > 0 and <= 86400 ? TimeSpan.FromSeconds(timeout)
                : throw new UsageException("--timeout must be above 0 and at most 86400 seconds."),
            IsStreaming = context.Get(Stream),
        };
    }

    /// <summary>
    /// Opens the connection. If the endpoint is another machine, a message before the first request says what will be sent, and where.
    /// </summary>
    public static OpenAIEndpoint Connect(CommandContext context, OpenAIChatOptions where)
    {
        try
        {
            return new OpenAIEndpoint(where, context.Messages.WriteLine);
        }
        catch (ArgumentException exception)
        {
            throw new UsageException($"--endpoint: {exception.Message}");
        }
    }

    /// <summary>The chat model behind a connection.</summary>
    public static ChatModel ModelOf(OpenAIEndpoint endpoint, OpenAIChatOptions where) =>
        new(endpoint.Kernel, where.Model, where.Endpoint.Authority);

    private static T Checked<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new UsageException($"An option is out of its range: {exception.Message.ReplaceLineEndings(" ")}");
        }
        catch (FormatException exception)
        {
            throw new UsageException(exception.Message);
        }
    }

    private static T Named<T>(string option, string name, params T[] choices)
        where T : struct, Enum
    {
        foreach (var choice in choices)
        {
            if (choice.ToString().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return choice;
            }
        }

        throw new UsageException(
            $"{option}: there is no '{SafeText.ForTerminal(name)}'; "
                + $"choose {string.Join(", ", choices.Select(choice => choice.ToString().ToLower(CultureInfo.InvariantCulture)))}.");
    }

    private static RowKind KindOf(string name) => RowKind.Find(name) is { IsByAgents: true } kind ? kind
        : throw new UsageException($"--dataset: there is no '{SafeText.ForTerminal(name)}'; choose {string.Join(", ", RowKind.ByAgents)}.");

    private static Protocol ProtocolOf(string name) =>
        RowKind.Discussion.Protocols.FirstOrDefault(protocol => protocol.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new UsageException(
            $"--protocol: there is no '{SafeText.ForTerminal(name)}'; "
                + $"choose {string.Join(", ", RowKind.Discussion.Protocols.Select(protocol => protocol.Name))}.");
}
