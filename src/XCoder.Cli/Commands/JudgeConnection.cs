using XCoder.Agents.Chat;
using XCoder.Agents.Dialogue;
using XCoder.Agents.Prompts;
using XCoder.Agents.Storage;

namespace XCoder.Cli.Commands;

/// <summary>A chat model that compares answers which cannot be run here, where <c>verify</c> is given one.</summary>
internal sealed class JudgeConnection : IDisposable
{
    private readonly OpenAIChatClient _client;
    private readonly ReplyStore _replies;
    private readonly ChatGateway _gateway;

    private JudgeConnection(CommandContext context, string folder, OpenAIChatOptions where)
    {
        var prompts = PromptLibrary.Open(context.Get(AgentSettings.Prompts));
        _client = AgentSettings.Connect(context, where);
        _replies = ReplyStore.Open(folder);
        _gateway = new ChatGateway(_client, _replies, AgentSettings.LimitsOf(context, where.Model, where.Endpoint.Authority));
        Judge = new AnswerJudge(_gateway, prompts, where.Model, id => context.Catalog.Find(id)?.Name ?? id);
    }

    /// <summary>The judge.</summary>
    public AnswerJudge Judge { get; }

    /// <summary>Where a judge is, or null where none is asked for; what is wrong with it is said before anything runs.</summary>
    public static OpenAIChatOptions? OptionsOf(CommandContext context) => (context.Get(AgentSettings.ChatModel), context.Get(AgentSettings.Endpoint)) switch
    {
        (null, null) => null,
        ({ } model, { }) => AgentSettings.ClientOf(context, model),
        _ => throw new UsageException("A judge needs both: --endpoint URL and --chat-model NAME."),
    };

    /// <summary>Connects to a judge; null where none is asked for.</summary>
    public static JudgeConnection? Open(CommandContext context, string folder, OpenAIChatOptions? where) => where is null ? null : new JudgeConnection(context, folder, where);

    /// <inheritdoc/>
    public void Dispose()
    {
        _gateway.Dispose();
        _replies.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _client.Dispose();
    }
}
