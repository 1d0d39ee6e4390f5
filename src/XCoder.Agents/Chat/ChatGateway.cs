using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;
using OpenAI.Chat;
using XCoder.Agents.Prompts;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;

namespace XCoder.Agents.Chat;

/// <summary>
/// Answers by schema from a kernel whose chat model may be slow, dear and faulty: every reply is recorded under the content address
/// of its request before it is used, and is never requested again. All of it hangs on the kernel's filters, so any chat
/// completion service will do. For many threads.
/// </summary>
/// <remarks>
/// The filters nest, on the way in: answers and repairs, records, tries and limits, the model. A prompt meets them in the same order
/// once it is rendered: what is said after it, the look-up, a place and money.
/// </remarks>
public sealed class ChatGateway : IChatGateway, IDisposable
{
    /// <summary>Name of the plugin that <see cref="AddTo"/> adds.</summary>
    public const string Plugin = "xcoder";

    /// <summary>
    /// Argument of a host's own call, an <see cref="IReadOnlyList{T}"/> of strings: the repositories whose text it holds, so that a purge
    /// of one of them forgets the reply.
    /// </summary>
    public const string RepositoriesArgument = "xcoder-repositories";

    private const string FormatVersion = "1";

    private readonly ChatGatewayOptions _options;
    private readonly ChatCounters _counters = new();
    private readonly Budget _budget;
    private readonly ReplayFilter _replay;
    private readonly CallFilter _calls;
    private readonly Kernel _kernel;

    /// <summary>Makes a gateway.</summary>
    /// <param name="kernel">Has the chat completion service; it stays as it is, and its own filters stand outside the gateway's.</param>
    /// <param name="replies">Where replies are recorded.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">Time of waits, limits and latencies; the system's by default.</param>
    /// <exception cref="ArgumentException">A limit makes no sense, or lacks prices.</exception>
    public ChatGateway(Kernel kernel, ReplyStore replies, ChatGatewayOptions options, TimeProvider? time = null)
    {
        options.Check();
        _options = options;
        _budget = new Budget(options, options.Run is { } run ? replies.UsageOf(run) : new ReplyUsage());
        _replay = new ReplayFilter(replies, options, _counters);
        _calls = new CallFilter(options, _budget, _counters, time ?? TimeProvider.System);
        _kernel = kernel.Clone();
        AddFilters(_kernel, new Dictionary<string, PromptTemplate>());
    }

    /// <summary>What was done so far.</summary>
    public ChatStatistics Statistics => _counters.Snapshot(_budget.Spent);

    /// <summary>Content address of a question: 64 hex digits over all that may change its answer, and nothing of the endpoint's.</summary>
    /// <param name="query">The question.</param>
    /// <param name="model">Name of the model.</param>
    public static string KeyOf(ChatQuery query, string model) =>
        KeyOf(new ChatCall(query.Prompt, query.Sample, query.Repositories) { Messages = query.Messages() }, model);

    /// <summary>
    /// Adds the prompts to a kernel as functions of the plugin <see cref="Plugin"/>, and this gateway's filters, which leave all
    /// other functions alone. The result of such a function is a <see cref="ChatReply"/>. A kernel takes the filters of one gateway.
    /// </summary>
    /// <param name="kernel">A host's kernel.</param>
    /// <param name="prompts">The prompts; those without a schema for an answer are left out.</param>
    public void AddTo(Kernel kernel, PromptLibrary prompts)
    {
        var asking = prompts.Names.Select(name => prompts[name]).Where(prompt => prompt.Schema is not null)
            .ToDictionary(prompt => prompt.Function.Name);
        kernel.Plugins.AddFromFunctions(Plugin, asking.Values.Select(prompt => prompt.Function));
        AddFilters(kernel, asking);
    }

    /// <inheritdoc/>
    public async Task<ChatReply> AskAsync(ChatQuery query, CancellationToken cancellation)
    {
        query.Prompt.Check(query.Values);
        var arguments = new KernelArguments { [ChatCall.Argument] = new ChatCall(query.Prompt, query.Sample, query.Repositories) };
        foreach (var (name, value) in query.Values)
        {
            arguments[name] = value;
        }

        var result = await _kernel.InvokeAsync(query.Prompt.Function, arguments, cancellation);
        return result.GetValue<ChatReply>()!;
    }

    /// <inheritdoc/>
    public void Dispose() => _calls.Dispose();

    internal static string KeyOf(ChatCall call, string model) => RowId.Hash(
    [
        FormatVersion, model, call.Prompt.Name, call.Schema.Name, call.Schema.Text,
        call.Prompt.Temperature.ToString("R", CultureInfo.InvariantCulture), Text(call.Prompt.MaxTokens), Text(call.Sample),
        Text(call.Attempt),
        .. call.Messages!.SelectMany(message => new[] { message.Role, message.Text }),
    ]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void AddFilters(Kernel kernel, IReadOnlyDictionary<string, PromptTemplate> prompts)
    {
        var answers = new AnswerFilter(_options, _counters, prompts);
        IFunctionInvocationFilter[] invocations = [answers, _replay, _calls];
        Array.ForEach(invocations, kernel.FunctionInvocationFilters.Add);

        // What a filter does after rendering, the innermost does first.
        IPromptRenderFilter[] renderings = [_calls, _replay, answers];
        Array.ForEach(renderings, kernel.PromptRenderFilters.Add);
    }
}

/// <summary>Answers questions by a schema.</summary>
public interface IChatGateway
{
    /// <summary>Asks, or finds the answer recorded.</summary>
    /// <param name="query">The question.</param>
    /// <param name="cancellation">Ends the wait; a reply that comes all the same is not lost when another waits for it.</param>
    /// <exception cref="EndpointException">The endpoint is dead or refuses the key: the run ends.</exception>
    Task<ChatReply> AskAsync(ChatQuery query, CancellationToken cancellation);
}

/// <summary>
/// One question to the model. Everything that may change the answer is in it; with the model's name it makes the key
/// (<see cref="ChatGateway.KeyOf(ChatQuery, string)"/>) under which the reply is recorded.
/// </summary>
public sealed record ChatQuery
{
    /// <summary>The prompt. Its name says what the question is for, as <c>propose</c> or <c>critique</c>; it needs a schema.</summary>
    public required PromptTemplate Prompt { get; init; }

    /// <summary>The values that stand in it.</summary>
    public required IReadOnlyDictionary<string, object?> Values { get; init; }

    /// <summary>Number of the sample: the same question asked again on purpose has another.</summary>
    public required int Sample { get; init; }

    /// <summary>Repositories whose text it holds; not in the key, but a purge of one of them forgets the reply.</summary>
    public IReadOnlyList<string> Repositories { get; init; } = [];

    /// <summary>The conversation, the question last.</summary>
    /// <exception cref="ArgumentException">A required value is missing, or one is given that the prompt does not take.</exception>
    public IReadOnlyList<PromptMessage> Messages() => Prompt.Render(Values);
}

/// <summary>
/// Outermost: turns a reply into an answer by the prompt's schema, and asks again, told what was wrong, where that fails. The
/// function's result is a <see cref="ChatReply"/>.
/// </summary>
/// <param name="options">How often it asks again.</param>
/// <param name="counters">Counts answers and reasons.</param>
/// <param name="prompts">Prompts whose functions a host invokes by itself, by the functions' names.</param>
internal sealed class AnswerFilter(ChatGatewayOptions options, ChatCounters counters, IReadOnlyDictionary<string, PromptTemplate> prompts)
    : IFunctionInvocationFilter, IPromptRenderFilter
{
    private const int MaxTold = 8000;
    private const string Length = "length", ContentFilter = "content_filter";

    public async Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
    {
        var (arguments, settings) = (context.Arguments, context.Arguments.ExecutionSettings);
        var call = ChatCall.Of(arguments) ?? CallOf(context.Function, arguments);
        if (call is null)
        {
            await next(context);
            return;
        }

        try
        {
            arguments[ChatCall.Argument] = call;
            arguments.ExecutionSettings ??= SettingsOf(call, context.Kernel);
            context.Result = new FunctionResult(context.Function, await AskAsync(call, () => next(context)));
        }
        finally
        {
            // They may be a host's own.
            arguments.Remove(ChatCall.Argument);
            arguments.ExecutionSettings = settings;
        }
    }

    public async Task OnPromptRenderAsync(PromptRenderContext context, Func<PromptRenderContext, Task> next)
    {
        await next(context);
        if (ChatCall.Of(context.Arguments) is { Again.Count: > 0 } call)
        {
            context.RenderedPrompt += PromptMarkup.Write(call.Again);
        }
    }

    // A host's own call of one of the plugin's functions, or null.
    private ChatCall? CallOf(KernelFunction function, KernelArguments arguments) =>
        function.PluginName == ChatGateway.Plugin && prompts.TryGetValue(function.Name, out var prompt)
        ? new ChatCall(prompt, 0, arguments.GetValueOrDefault(ChatGateway.RepositoriesArgument) as IReadOnlyList<string> ?? []) : null;

    // The connector takes OpenAI's own format, with name and strictness; any other service gets what the prompt's file says.
    private static Dictionary<string, PromptExecutionSettings>? SettingsOf(ChatCall call, Kernel kernel)
    {
        call.IsFormatSent = kernel.Services.GetService<IChatCompletionService>() is OpenAIChatCompletionService;
        return !call.IsFormatSent ? null : new()
        {
            [PromptExecutionSettings.DefaultServiceId] = new OpenAIPromptExecutionSettings
            {
                Temperature = call.Prompt.Temperature,
                MaxTokens = call.Prompt.MaxTokens,
                ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat(call.Schema.Name, BinaryData.FromString(call.Schema.Text),
                    jsonSchemaIsStrict: true),
            },
        };
    }

    private async Task<ChatReply> AskAsync(ChatCall call, Func<Task> ask)
    {
        var (prompt, completion, isRecorded, first) = (0L, 0L, true, "");
        while (true)
        {
            await ask();
            first = call.Attempt == 0 ? call.Key : first;
            if (call.Reply is not { } reply)
            {
                return Failed(call.Failure
                    ?? new ChatFailure(ChatFailureKind.Unavailable,
                        $"{options.Endpoint} was not asked: another filter of the kernel answered."));
            }

            isRecorded &= call.IsRecorded;
            (prompt, completion) = (prompt + reply.PromptTokens, completion + reply.CompletionTokens);
            if (Read(reply, call, out var failure) is { } answer)
            {
                counters.Answer();
                return new ChatReply(new ChatAnswer(first, answer, (int)prompt, (int)completion, isRecorded), null);
            }

            // What the model will not say it will not say again; anything else may be an accident.
            if (failure!.Kind == ChatFailureKind.Refused || call.Attempt >= options.MaxRepairs)
            {
                return Failed(failure);
            }

            counters.Repair();
            call.AskAgain(Again(reply, failure));
        }
    }

    private static JsonElement? Read(StoredReply reply, ChatCall call, out ChatFailure? failure)
    {
        if (!string.IsNullOrEmpty(reply.Refusal) || reply.Finish == ContentFilter)
        {
            failure = new ChatFailure(ChatFailureKind.Refused, reply.Refusal is { Length: > 0 } said
                ? $"The model refused: {CallFailures.Shown(said)}" : "The endpoint's filter refused.");
            return null;
        }

        // Half an answer may be repaired to something that fits, and still lacks its other half.
        if (reply.Finish == Length)
        {
            failure = new ChatFailure(ChatFailureKind.Truncated,
                $"The reply reached the limit of {call.Prompt.MaxTokens} tokens and was cut.");
            return null;
        }

        return AnswerReader.Read(reply.Text, call.Schema, out failure);
    }

    private static IReadOnlyList<PromptMessage> Again(StoredReply reply, ChatFailure failure) => failure.Kind switch
    {
        ChatFailureKind.Empty => [],
        ChatFailureKind.Truncated =>
            [new PromptMessage(PromptMessage.User,
                "Your last answer was too long and was cut. Answer again, much shorter, with the JSON object alone.")],
        _ =>
        [
            new PromptMessage(PromptMessage.Assistant, reply.Text.Length > MaxTold ? reply.Text[..MaxTold] : reply.Text),
            new PromptMessage(PromptMessage.User,
                $"That answer cannot be used. {failure.Message} Answer again with one JSON object that fits "
                    + $"the schema, and with nothing else."),
        ],
    };

    private ChatReply Failed(ChatFailure failure)
    {
        counters.Fail(failure.Kind);
        return new ChatReply(null, failure);
    }
}
