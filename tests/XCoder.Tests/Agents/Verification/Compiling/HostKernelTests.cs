using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using XCoder.Agents.Chat;
using XCoder.Agents.Dialogue;
using XCoder.Agents.Memory;
using XCoder.Agents.Prompts;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Tests.Agents.Chat;
using XCoder.Tests.Analysis.Repositories;
using UsageDetails = Microsoft.Extensions.AI.UsageDetails;

namespace XCoder.Tests.Agents.Verification.Compiling;

/// <summary>The agents in a host's kernel, over a chat service of the host's that is no OpenAI server.</summary>
public sealed class HostKernelTests
{
    [Fact]
    public async Task AskAsync_ServiceOfAHost_IsAskedOnceWithTheSchemaInWords()
    {
        using var folder = new TemporaryFolder();
        await using var replies = ReplyStore.Open(folder.Root);
        var service = new HostService((_, _) => """{"answer": "fine", "score": 3}""");
        using var gateway = new ChatGateway(KernelOf(service), replies, new ChatGatewayOptions { Model = "local", MaxCost = 100, PromptPrice = 10_000, CompletionPrice = 10_000 });

        var first = (await gateway.AskAsync(ChatSetup.Query("</message>\u001B"), default)).Answer!;
        var second = (await gateway.AskAsync(ChatSetup.Query("</message>\u001B"), default)).Answer!;

        Assert.Equal((false, true), (first.Recorded, second.Recorded));
        Assert.Equal((7, 5), (first.PromptTokens, first.CompletionTokens));
        Assert.Equal(0.12m, gateway.Statistics.Cost);
        var (history, settings) = Assert.Single(service.Asked);
        Assert.Equal([AuthorRole.System, AuthorRole.User], history.Select(message => message.Role));
        Assert.StartsWith("</message>\uFFFD\n\nAnswer with one JSON object", history[1].Content, StringComparison.Ordinal);
        Assert.Contains("minLength", history[1].Content, StringComparison.Ordinal);
        Assert.Equal(100, settings!.ExtensionData!["max_tokens"]);
        Assert.Equal(ChatGateway.KeyOf(ChatSetup.Query("</message>\u001B"), "local"), first.Key);
    }

    [Fact]
    public async Task AskAsync_FiltersOfAHost_StandOutsideAndRunOnce()
    {
        using var folder = new TemporaryFolder();
        await using var replies = ReplyStore.Open(folder.Root);
        var filter = new HostFilter();
        var kernel = KernelOf(new HostService((_, _) => """{"answer": "fine", "score": 3}"""), filter);
        using var gateway = new ChatGateway(kernel, replies, new ChatGatewayOptions { Model = "local" });
        Assert.NotNull((await gateway.AskAsync(ChatSetup.Query(), default)).Answer);
        Assert.IsType<ChatReply>(Assert.Single(filter.Results));
        Assert.Single(kernel.FunctionInvocationFilters);
    }

    [Fact]
    public async Task AddTo_KernelOfAHost_AnswersItsOwnCallsAndLeavesOtherFunctionsAlone()
    {
        using var folder = new TemporaryFolder();
        await using var replies = ReplyStore.Open(folder.Root);
        var service = new HostService((_, _) => """{"instruction": "Sort a list of numbers."}""");
        var kernel = KernelOf(service);
        using var gateway = new ChatGateway(kernel, replies, new ChatGatewayOptions { Model = "local" });
        gateway.AddTo(kernel, PromptLibrary.Open());
        var arguments = new KernelArguments { ["language"] = "Go", ["target"] = "Go", ["code"] = "func F() {}", [ChatGateway.RepositoriesArgument] = new[] { "mine" } };

        var first = (await kernel.InvokeAsync(ChatGateway.Plugin, "reverse_instruction", arguments)).GetValue<ChatReply>()!;
        var second = (await kernel.InvokeAsync(ChatGateway.Plugin, "reverse_instruction", arguments)).GetValue<ChatReply>()!;
        var plain = await kernel.InvokePromptAsync<string>("Say hello.");

        Assert.Equal("Sort a list of numbers.", first.Answer!.Value.GetProperty("instruction").GetString());
        Assert.True(second.Answer!.Recorded);
        Assert.Equal(4, arguments.Count);
        Assert.Contains("Sort a list of numbers.", plain, StringComparison.Ordinal);
        Assert.Equal(2, service.Asked.Count);
        Assert.Equal(1, gateway.Statistics.Requests);
        using var store = GenerationStore.Open(folder.Root);
        Assert.Contains("mine", store.SeenRepositories());
    }

    [Fact]
    public async Task RunAsync_DialogueOverAServiceOfAHost_WritesARow()
    {
        using var folder = new TemporaryFolder();
        await using var replies = ReplyStore.Open(folder.Root);
        var service = new HostService((_, settings) => Accepting((JsonElement)settings!.ExtensionData!["response_format"]));
        using var gateway = new ChatGateway(KernelOf(service), replies, new ChatGatewayOptions { Model = "local", MaxRepairs = 0 });
        var agent = new Agent { Language = "go", Name = "Go", Memory = new AgentMemory { Language = "go" } };
        var dialogue = new RowDialogue(gateway, PromptLibrary.Open(), new DialogueOptions { HasIndependentTests = false, Candidates = 1 }, new MemoryOptions());

        var result = await dialogue.RunAsync(new DialogueTask { Protocol = Protocol.Forward, Target = agent, Agents = [agent], Seed = "func F() {}", Repositories = ["r"] }, CodeInspector.None);

        Assert.Null(result.Failure);
        Assert.NotEmpty(result.Draft!.Code);
        Assert.Equal(["forward-instruction", "solve", "critique"], result.Transcript.Select(turn => turn.Act));
    }

    [Fact]
    public async Task AskAsync_HostThatLogsAll_IsAnsweredAndSeesNoCall()
    {
        using var folder = new TemporaryFolder();
        await using var replies = ReplyStore.Open(folder.Root);
        var log = new HostLog();
        var builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton<IChatCompletionService>(new HostService((_, _) => """{"answer": "fine", "score": 3}"""));
        builder.Services.AddSingleton<ILoggerFactory>(log);
        using var gateway = new ChatGateway(builder.Build(), replies, new ChatGatewayOptions { Model = "local" });
        Assert.NotNull((await gateway.AskAsync(ChatSetup.Query(), default)).Answer);
        Assert.Contains(log.Lines, line => line.Contains("hello", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("\"xcoder-call\": {}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, ChatFailureKind.Unavailable, 3)]
    [InlineData(HttpStatusCode.BadRequest, ChatFailureKind.Rejected, 1)]
    public async Task AskAsync_StatusOfAnotherConnector_IsRetriedAndCounted(HttpStatusCode status, ChatFailureKind kind, int requests)
    {
        using var folder = new TemporaryFolder();
        await using var replies = ReplyStore.Open(folder.Root);
        var service = new HostService((_, _) => throw new HttpOperationException(status, """{"error": {"message": "too busy"}}""", null, null));
        using var gateway = new ChatGateway(KernelOf(service), replies, new ChatGatewayOptions { Model = "local", MaxRetries = 2, FirstDelay = TimeSpan.FromMilliseconds(1) });
        var failure = (await gateway.AskAsync(ChatSetup.Query(), default)).Failure!;
        Assert.Equal(kind, failure.Kind);
        Assert.Contains("too busy", failure.Message, StringComparison.Ordinal);
        Assert.Equal(requests, service.Asked.Count);
        Assert.Equal(0, gateway.Statistics.InFlight);
    }

    [Fact]
    public async Task AskAsync_FaultInTheHostsService_IsNoFailureOfTheEndpoint()
    {
        using var folder = new TemporaryFolder();
        await using var replies = ReplyStore.Open(folder.Root);
        using var gateway = new ChatGateway(KernelOf(new HostService((_, _) => throw new NotSupportedException("a bug"))), replies, new ChatGatewayOptions { Model = "local", MaxConcurrency = 1 });
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("a bug", (await Assert.ThrowsAsync<NotSupportedException>(() => gateway.AskAsync(ChatSetup.Query(), default))).Message);
        }

        Assert.Equal((2, 0), (gateway.Statistics.Requests, gateway.Statistics.InFlight));
    }

    private static Kernel KernelOf(IChatCompletionService service, IFunctionInvocationFilter? filter = null)
    {
        var builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(service);
        if (filter is not null)
        {
            builder.Services.AddSingleton(filter);
        }

        return builder.Build();
    }

    // An answer of the schema, and praise where it is a critique.
    private static string Accepting(JsonElement schema)
    {
        var answer = LoopbackAnswers.Of(schema, "seed").AsObject();
        if (answer["scores"] is JsonObject scores)
        {
            answer["scores"] = new JsonObject(scores.Select(score => KeyValuePair.Create<string, JsonNode?>(score.Key, 9)));
            answer["verdict"] = "accept";
        }

        return answer.ToJsonString();
    }

    private sealed class HostLog : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }

    private sealed class HostFilter : IFunctionInvocationFilter
    {
        public List<object?> Results { get; } = [];

        public async Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
        {
            await next(context);
            Results.Add(context.Result.GetValue<object>());
        }
    }

    private sealed class HostService(Func<ChatHistory, PromptExecutionSettings?, string> answer) : IChatCompletionService
    {
        public List<(ChatHistory History, PromptExecutionSettings? Settings)> Asked { get; } = [];

        public IReadOnlyDictionary<string, object?> Attributes { get; } = new Dictionary<string, object?>();

        public Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default)
        {
            Asked.Add((chatHistory, executionSettings));
            var usage = new UsageDetails { InputTokenCount = 7, OutputTokenCount = 5 };
            return Task.FromResult<IReadOnlyList<ChatMessageContent>>([new(AuthorRole.Assistant, answer(chatHistory, executionSettings), metadata: new Dictionary<string, object?> { ["Usage"] = usage, ["FinishReason"] = "STOP" })]);
        }

        public IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
