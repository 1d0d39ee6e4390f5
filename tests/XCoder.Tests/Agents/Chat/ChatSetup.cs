using XCoder.Agents.Chat;
using XCoder.Agents.Prompts;
using XCoder.Agents.Store;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Agents.Chat;

/// <summary>A server on loopback, a workspace and what connects them.</summary>
internal sealed class ChatSetup : IAsyncDisposable
{
    public const string Key = "sk-test-0123456789abcdef";

    /// <summary>A prompt file: two messages, one value, an answer with two fields.</summary>
    public const string Yaml = """
        name: propose
        template_format: handlebars
        template: |
          <message role="system">You are terse.</message>
          <message role="user">{{text}}</message>
        input_variables:
          - name: text
            is_required: true
        output_variable:
          json_schema: |
            {"type": "object", "additionalProperties": false, "required": ["answer", "score"], "properties": {
              "answer": {"type": "string", "minLength": 1}, "score": {"type": "integer", "minimum": 0, "maximum": 10}}}
        execution_settings:
          default:
            temperature: 0.7
            max_tokens: 100
        """;

    public static readonly PromptTemplate Prompt = PromptTemplate.Parse(Yaml, "propose.yaml");

    private readonly OpenAIEndpoint _endpoint;

    public ChatSetup(Func<LoopbackRequest, LoopbackAnswer>? answer = null, Func<ChatGatewayOptions, ChatGatewayOptions>? options = null, Func<OpenAIChatOptions, OpenAIChatOptions>? client = null, TimeProvider? time = null, string? folder = null, Uri? endpoint = null)
    {
        Folder = folder is null ? new TemporaryFolder() : null;
        Workspace = folder ?? Folder!.Root;
        Server = new LoopbackChatServer(answer);
        Replies = ReplyStore.Open(Workspace);
        var where = new OpenAIChatOptions { Endpoint = endpoint ?? Server.Endpoint, Model = "tiny", ApiKey = Key, Timeout = TimeSpan.FromSeconds(20) };
        _endpoint = new OpenAIEndpoint(client?.Invoke(where) ?? where, time: time);
        var limits = new ChatGatewayOptions { Model = "tiny", MaxConcurrency = 64, FirstDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(20), Patience = TimeSpan.Zero, FailuresToStop = 1000, UselessToStop = 1000 };
        Gateway = new ChatGateway(_endpoint.Kernel, Replies, options?.Invoke(limits) ?? limits, time);
    }

    public TemporaryFolder? Folder { get; }

    public string Workspace { get; }

    public LoopbackChatServer Server { get; }

    public ReplyStore Replies { get; }

    public ChatGateway Gateway { get; }

    public static ChatQuery Query(string text = "hello", int sample = 0) => new() { Prompt = Prompt, Values = new Dictionary<string, object?> { ["text"] = text }, Sample = sample };

    public Task<ChatReply> AskAsync(string text = "hello", int sample = 0) => Gateway.AskAsync(Query(text, sample), CancellationToken.None);

    /// <summary>Waits until the server was asked so often.</summary>
    public async Task ArriveAsync(long count)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.Arrived += Look;
        Look();
        await arrived.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Server.Arrived -= Look;
        Assert.Equal(count, Server.Count);

        void Look()
        {
            if (Server.Count >= count)
            {
                arrived.TrySetResult();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Server.Dispose();
        Gateway.Dispose();
        _endpoint.Dispose();
        await Replies.DisposeAsync();
        Folder?.Dispose();
    }
}
