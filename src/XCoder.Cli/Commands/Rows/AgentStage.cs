using XCoder.Agents;
using XCoder.Agents.Generation;
using XCoder.Analysis.Indexing;

namespace XCoder.Cli.Commands.Rows;

/// <summary>Writes rows with language agents, as <c>generate</c> does.</summary>
internal static class AgentStage
{
    public static int Run(CommandContext context, GenerationOptions options)
    {
        var model = context.Get(AgentSettings.ChatModel);
        var query = new GenerationQuery
        {
            Options = options,
            Limits = AgentSettings.LimitsOf(context, model ?? "", context.Get(AgentSettings.Endpoint) ?? ""),
            Prompts = context.Get(AgentSettings.Prompts),
            Repository = context.Repository,
            Benchmarks = DecontaminateCommand.DetectorOf(context),
        };
        if (context.Get(AgentSettings.Estimate))
        {
            GenerationReport.Write(context, context.Rows.Estimate(query, context.Cancellation));
            return ExitCode.Done;
        }

        var where = AgentSettings.ClientOf(context, model ?? throw new UsageException("--chat-model NAME is missing: the model that the endpoint serves."));
        using var endpoint = AgentSettings.Connect(context, where);
        CrashGuard.Install();
        var chat = AgentSettings.ModelOf(endpoint, where);
        return context.Get(AgentSettings.Compare) is { } kinds ? Compare(context, query, chat, kinds) : Write(context, query, chat);
    }

    private static int Write(CommandContext context, GenerationQuery query, ChatModel chat)
    {
        var (summary, statistics) = context.Rows.Generate(query, chat, context.Cancellation);
        GenerationReport.Write(context, summary, statistics);
        context.SayReport(summary.Run);
        return summary.IsOutOfBudget ? ExitCode.GateFailed : summary.Outcomes.GetValueOrDefault(Outcomes.Lost) > 0 ? ExitCode.Lost : ExitCode.Done;
    }

    private static int Compare(CommandContext context, GenerationQuery query, ChatModel chat, string kinds)
    {
        if (CommandContext.Split(kinds) is not [{ } first, { } second])
        {
            throw new UsageException("--compare takes two kinds of context, such as none,embedding.");
        }

        var (comparison, ended) = context.Rows.Compare(query, chat, (AgentSettings.ContextOf(first), AgentSettings.ContextOf(second)), context.Cancellation);
        if (comparison is null)
        {
            context.Say(ended!);
            return ExitCode.GateFailed;
        }

        GenerationReport.Write(context, comparison);
        return ExitCode.Done;
    }
}
