using XCoder.Agents.Chat;
using XCoder.Agents.Storage;
using XCoder.Tests.Repositories;

namespace XCoder.Tests.Agents;

/// <summary>A server on loopback, a workspace and what connects them.</summary>
internal sealed class ChatSetup : IAsyncDisposable
{
    public const string Key = "sk-test-0123456789abcdef";

    public static readonly AnswerSchema Schema = new("proposal", """
        {"type": "object", "additionalProperties": false, "required": ["answer", "score"], "properties": {
          "answer": {"type": "string", "minLength": 1}, "score": {"type": "integer", "minimum": 0, "maximum": 10}}}
        """);

    private readonly OpenAIChatClient _client;

    public ChatSetup(Func<LoopbackRequest, LoopbackAnswer>? answer = null, Func<ChatGatewayOptions, ChatGatewayOptions>? options = null, Func<OpenAIChatOptions, OpenAIChatOptions>? client = null, TimeProvider? time = null, string? folder = null, Uri? endpoint = null)
    {
        Folder = folder is null ? new TemporaryFolder() : null;
        Workspace = folder ?? Folder!.Root;
        Server = new LoopbackChatServer(answer);
        Replies = ReplyStore.Open(Workspace);
        var where = new OpenAIChatOptions { Endpoint = endpoint ?? Server.Endpoint, Model = "tiny", ApiKey = Key, Timeout = TimeSpan.FromSeconds(20) };
        _client = new OpenAIChatClient(client?.Invoke(where) ?? where, time);
        var limits = new ChatGatewayOptions { Model = "tiny", MaxConcurrency = 64, FirstDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(20), Patience = TimeSpan.Zero, FailuresToStop = 1000 };
        Gateway = new ChatGateway(_client, Replies, options?.Invoke(limits) ?? limits, time);
    }

    public TemporaryFolder? Folder { get; }

    public string Workspace { get; }

    public LoopbackChatServer Server { get; }

    public ReplyStore Replies { get; }

    public ChatGateway Gateway { get; }

    public static ChatQuery Query(string text = "hello", int sample = 0) => new()
    {
        Role = "propose",
        Messages = [new ChatText(ChatText.System, "You are terse."), new ChatText(ChatText.User, text)],
        Schema = Schema,
        Sample = sample,
        MaxTokens = 100,
    };

    public Task<ChatReply> AskAsync(string text = "hello", int sample = 0) => Gateway.AskAsync(Query(text, sample), CancellationToken.None);

    /// <summary>Waits until the server was asked so often.</summary>
    public async Task ArriveAsync(long count)
    {
        for (var i = 0; i < 1000 && Server.Count < count; i++)
        {
            await Task.Delay(10);
        }

        Assert.Equal(count, Server.Count);
    }

    public async ValueTask DisposeAsync()
    {
        Server.Dispose();
        Gateway.Dispose();
        _client.Dispose();
        await Replies.DisposeAsync();
        Folder?.Dispose();
    }
}
