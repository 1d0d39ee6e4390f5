using XCoder.Agents.Chat;
using XCoder.Agents.Dialogue;
using XCoder.Agents.Generation;
using XCoder.Agents.Prompts;
using XCoder.Agents.Storage;
using XCoder.Analysis.Model;

namespace XCoder.Cli.Commands;

/// <summary>Has a chat model compare answers that cannot be run here, where <c>verify</c> is given one.</summary>
internal static class JudgeStage
{
    /// <summary>Where a judge is, or null where none is asked for; what is wrong with it is said before anything runs.</summary>
    public static OpenAIChatOptions? JudgeOf(CommandContext context) => (context.Get(AgentSettings.ChatModel), context.Get(AgentSettings.Endpoint)) switch
    {
        (null, null) => null,
        ({ } model, { }) => AgentSettings.ClientOf(context, model),
        _ => throw new UsageException("A judge needs both: --endpoint URL and --chat-model NAME."),
    };

    /// <summary>Judges what only a judge can, or counts it.</summary>
    public static JudgeSummary Run(CommandContext context, GenerationStore store, string folder, long? run, OpenAIChatOptions? where)
    {
        if (where is null)
        {
            return new JudgeSummary(JudgeRun.Open(store, run).Count, 0, 0, 0, false);
        }

        var (model, prompts) = (where.Model, PromptLibrary.Open(context.Get(AgentSettings.Prompts)));
        using var endpoint = AgentSettings.Connect(context, where);
        var replies = ReplyStore.Open(folder);
        try
        {
            using var gateway = new ChatGateway(endpoint.Kernel, replies, AgentSettings.LimitsOf(context, model, where.Endpoint.Authority));
            var judge = new AnswerJudge(gateway, prompts, model, id => context.Catalog.Find(id)?.Name ?? id);
            var open = JudgeRun.Open(store, run);
                        var (preferences, lost, isOutOfBudget) = new JudgeRun(store, judge, context.Get(AgentSettings.Concurrency)).RunAsync(open, (done, all) => context.Progress?.Report(new StageProgress("judging", done, all)), context.Cancellation).GetAwaiter().GetResult();
            return new JudgeSummary(0, open.Count, preferences, lost, isOutOfBudget);
        }
        finally
        {
            replies.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}
