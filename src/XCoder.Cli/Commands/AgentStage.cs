using System.Globalization;
using XCoder.Agents.Chat;
using XCoder.Agents.Generation;
using XCoder.Agents.Prompts;
using XCoder.Agents.Retrieval;
using XCoder.Agents.Storage;
using XCoder.Analysis;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Pipeline;

namespace XCoder.Cli.Commands;

/// <summary>Writes rows with language agents, as <c>generate</c> does.</summary>
internal static class AgentStage
{
    /// <summary>Name of the report within a workspace.</summary>
    public const string ReportName = "generation.html";

    public static int Run(CommandContext context, GenerationOptions options)
    {
        var model = context.Get(AgentSettings.ChatModel);
        if (model is null && !context.Get(AgentSettings.Estimate))
        {
            throw new UsageException("--chat-model NAME is missing: the model that the endpoint serves.");
        }

        var prompts = PromptLibrary.Open(context.Get(AgentSettings.Prompts));
        var workspace = context.Workspace.Existing();
        using var store = context.Workspace.OpenStore();
        var selection = context.Workspace.Select(store, context.Repository);
        var stage = context.Workspace.OpenConcepts(context.Cancellation);
        using var hold = context.Workspace.Hold(context.Cancellation);
        using var embedding = context.Workspace.OpenModel();
        using var rows = GenerationStore.Open(workspace.Folder);
        var inputs = new AgentWorkspace
        {
            Workspace = workspace,
            Store = store,
            Concepts = stage.Concepts,
            Rule = stage.Semantic.Rule,
            Duplicates = new DuplicateOptions { MinTokens = new SemanticIndexOptions().MinTokens, Threads = context.Threads },
            Model = embedding,
            Tokenizer = Workspace.TokenizerOf(embedding),
            Catalog = context.Catalog,
            Selection = selection,
            Benchmarks = DecontaminateCommand.DetectorOf(context),
        };
        if (context.Get(AgentSettings.Estimate))
        {
            var limits = AgentSettings.LimitsOf(context, model ?? "", context.Get(AgentSettings.Endpoint) ?? "");
            var estimate = RunEstimator.EstimateAsync(inputs, rows, prompts, options, limits, context.Cancellation).GetAwaiter().GetResult();
            GenerationReport.Write(context, estimate);
            return ExitCode.Done;
        }

        CrashGuard.Install();
        var where = AgentSettings.ClientOf(context, model!);
        using var client = AgentSettings.Connect(context, where);

        return context.Get(AgentSettings.Compare) is { } kinds ? Compare(context, inputs, rows, client, prompts, options, where, kinds) : Write(context, inputs, rows, client, prompts, options, where);
    }

    private static int Write(CommandContext context, AgentWorkspace inputs, GenerationStore rows, OpenAIChatClient client, PromptLibrary prompts, GenerationOptions options, OpenAIChatOptions where)
    {
        var (summary, statistics) = Generate(context, inputs, rows, client, prompts, options, where);
        GenerationReport.Write(context, summary, statistics);
        RunReportFile.Write(context, rows, summary.Run, Path.Combine(inputs.Workspace.Folder, ReportName));
        return summary.IsOutOfBudget ? ExitCode.GateFailed : summary.Outcomes.GetValueOrDefault(Outcomes.Lost) > 0 ? ExitCode.Lost : ExitCode.Done;
    }

    private static int Compare(CommandContext context, AgentWorkspace inputs, GenerationStore rows, OpenAIChatClient client, PromptLibrary prompts, GenerationOptions options, OpenAIChatOptions where, string kinds)
    {
        if (CommandContext.Split(kinds) is not [{ } first, { } second])
        {
            throw new UsageException("--compare takes two kinds of context, such as none,embedding.");
        }

        var results = new List<(string Name, GenerationSummary Summary)>();
        foreach (var kind in (ContextKind[])[AgentSettings.ContextOf(first), AgentSettings.ContextOf(second)])
        {
            // What is planned may depend on no answer, and all seeds are shown what there is: the same seeds in both.
            var name = kind.ToString().ToLower(CultureInfo.InvariantCulture);
            var settings = options with { Run = $"{options.Run}-{name}", IsAdaptive = false, HoldOut = 0, Context = options.Context with { Kind = kind } };
            results.Add((name, Generate(context, inputs, rows, client, prompts, settings, where).Summary));
            if (results[^1].Summary.IsOutOfBudget)
            {
                context.Say(results[^1].Summary.Ended!);
                return ExitCode.GateFailed;
            }
        }

        var comparison = RunComparison.Of(
            (results[0].Name, rows.Rows(new RowSelection(results[0].Summary.Run))),
            (results[1].Name, rows.Rows(new RowSelection(results[1].Summary.Run))), options.Seed);
        GenerationReport.Write(context, comparison);
        return ExitCode.Done;
    }

    private static (GenerationSummary Summary, ChatStatistics Statistics) Generate(CommandContext context, AgentWorkspace inputs, GenerationStore rows, OpenAIChatClient client, PromptLibrary prompts, GenerationOptions options, OpenAIChatOptions where)
    {
        var replies = ReplyStore.Open(inputs.Workspace.Folder);
        try
        {
            var limits = AgentSettings.LimitsOf(context, where.Model, where.Endpoint.Authority) with { Run = AgentRun.Begin(inputs, rows, prompts, options, where.Model, TimeProvider.System.GetUtcNow()).Id, Seed = options.Seed };
            using var gateway = new ChatGateway(client, replies, limits);
            var progress = context.Progress is { } display ? new GenerationLine(display, () => gateway.Statistics) : null;
            var run = new AgentRun(inputs, rows, gateway, prompts, options, where.Model, TimeProvider.System);
            var summary = run.RunAsync(progress, context.Cancellation).GetAwaiter().GetResult();
            return (summary, gateway.Statistics);
        }
        finally
        {
            replies.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}
