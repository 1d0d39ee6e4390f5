using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;
using OpenAI.Chat;
using XCoder.Agents.Chat.Answers;
using XCoder.Agents.Prompts;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;

namespace XCoder.Agents.Chat;

/// <summary>
/// Asks a chat model questions and returns answers that fit a JSON schema. Records every reply under the content hash of its request before
/// using it, so that no request is sent twice. Retries, limits and repairs are filters of the kernel, so any chat completion service works.
/// Thread-safe.
/// </summary>
/// <remarks>
/// The filters nest in this order, from outside to inside: answers and repairs, recorded replies, retries and limits, the model. After a
/// prompt is rendered, its filters run in the same order: follow-up messages, lookup of recorded replies, slots and budget.
/// </remarks>
public sealed class ChatGateway : IChatGateway, IDisposable
{
    /// <summary>Name of the plugin that <see cref="AddTo"/> adds.</summary>
    public const string Plugin = "xcoder";

    /// <summary>
    /// Name of an argument for a host's own calls: an <see cref="IReadOnlyList{T}"/> of strings with the repositories whose text the prompt
    /// contains. A purge of one of them deletes the reply.
    /// </summary>
    public const string RepositoriesArgument = "xcoder-repositories";

    private const string FormatVersion = "1";

    private readonly ChatGatewayOptions _options;
    private readonly ChatCounters _counters = new();
    private readonly Budget _budget;
    private readonly ReplayFilter _replay;
    private readonly CallFilter _calls;
    private readonly Kernel _kernel;

    /// <summary>Makes a gateway on a copy of the kernel.</summary>
    /// <param name="kernel">Holds the chat completion service. It is not changed; its own filters run outside the gateway's.</param>
    /// <param name="replies">The store where replies are recorded.</param>
    /// <param name="options">Model and limits.</param>
    /// <param name="time">The clock for waits, limits and latencies; the system's by default.</param>
    /// <exception cref="ArgumentException">A limit is out of range, or the limit on cost has no prices.</exception>
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

    /// <summary>Counts, tokens, cost and latencies so far.</summary>
    public ChatStatistics Statistics => _counters.Snapshot(_budget.Spent);

    /// <summary>
    /// Returns the content hash of a question: 64 hex digits over everything that may change its answer. The endpoint is not part of it.
    /// </summary>
    /// <param name="query">The question.</param>
    /// <param name="model">Name of the model.</param>
    public static string KeyOf(ChatQuery query, string model) =>
        KeyOf(new ChatCall(query.Prompt, query.Sample, query.Repositories) { Messages = query.Messages() }, model);

    /// <summary>
    /// Adds the prompts to a host's kernel as functions of the plugin <see cref="Plugin"/>, and this gateway's filters, which ignore all
    /// other functions. Each function returns a <see cref="ChatReply"/>. Add only one gateway to a kernel.
    /// </summary>
    /// <param name="kernel">The host's kernel.</param>
    /// <param name="prompts">The prompts; those without an answer schema are left out.</param>
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
        var answers = new AnswerFilter(_options, _counters, prompts, _calls.Judge);
        IFunctionInvocationFilter[] invocations = [answers, _replay, _calls];
        Array.ForEach(invocations, kernel.FunctionInvocationFilters.Add);

        // Rendering filters do their work after the inner ones return, so the innermost acts first.
        IPromptRenderFilter[] renderings = [_calls, _replay, answers];
        Array.ForEach(renderings, kernel.PromptRenderFilters.Add);
    }
}

/// <summary>Asks a chat model questions that have an answer schema.</summary>
public interface IChatGateway
{
    /// <summary>Returns the recorded answer of a question, or asks the model.</summary>
    /// <param name="query">The question.</param>
    /// <param name="cancellation">Ends the wait. A reply that arrives later still serves other callers of the same question.</param>
    /// <exception cref="EndpointException">The endpoint does not respond or rejects the key; the run ends.</exception>
    Task<ChatReply> AskAsync(ChatQuery query, CancellationToken cancellation);
}

/// <summary>
/// One question to the model. It contains everything that may change the answer. Together with the model's name it determines the key
/// under which the reply is recorded (<see cref="ChatGateway.KeyOf(ChatQuery, string)"/>).
/// </summary>
public sealed record ChatQuery
{
    /// <summary>
    /// The prompt; it needs an answer schema. Its name tells the purpose of the question, such as <c>propose</c> or <c>critique</c>.
    /// </summary>
    public required PromptTemplate Prompt { get; init; }

    /// <summary>The values of the prompt's variables.</summary>
    public required IReadOnlyDictionary<string, object?> Values { get; init; }

    /// <summary>Number of the sample. A different number asks the same question again on purpose.</summary>
    public required int Sample { get; init; }

    /// <summary>
    /// Repositories whose text the question contains. They are not part of the key; a purge of one of them deletes the reply.
    /// </summary>
    public IReadOnlyList<string> Repositories { get; init; } = [];

    /// <summary>Renders the conversation; the question is the last message.</summary>
    /// <exception cref="ArgumentException">A required value is missing, or a value is given that the prompt does not declare.</exception>
    public IReadOnlyList<PromptMessage> Messages() => Prompt.Render(Values);
}

/// <summary>
/// The outermost filter. Reads the answer from a reply by the prompt's schema; when that fails, tells the model what was wrong and asks
/// again. The function's result is a <see cref="ChatReply"/>.
/// </summary>
/// <param name="options">Limits how often the filter asks again.</param>
/// <param name="counters">Counts answers, repairs and failures.</param>
/// <param name="prompts">The prompts that a host may invoke by itself, keyed by function name.</param>
/// <param name="judge">Learns of each reply that was asked for whether it can be used: null, or why not. May end the run.</param>
internal sealed class AnswerFilter(ChatGatewayOptions options, ChatCounters counters, IReadOnlyDictionary<string, PromptTemplate> prompts,
    Action<ChatFailure?> judge)
    : IFunctionInvocationFilter, IPromptRenderFilter
{
    // How many times their own limit replies need, as far as is known: models that think aloud need more than their answers.
    private int _limits = 1;

    private const int MaxTold = 8000, MaxQuoted = 120;
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
            context.Result = new FunctionResult(context.Function, await AskAsync(call, () =>
            {
                arguments.ExecutionSettings = settings ?? SettingsOf(call, context.Kernel);
                return next(context);
            }));
        }
        finally
        {
            // The arguments may belong to a host that uses them again.
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

    // Makes a call when a host invokes one of the plugin's functions by itself; null for other functions.
    private ChatCall? CallOf(KernelFunction function, KernelArguments arguments) =>
        function.PluginName == ChatGateway.Plugin && prompts.TryGetValue(function.Name, out var prompt)
        ? new ChatCall(prompt, 0, arguments.GetValueOrDefault(ChatGateway.RepositoriesArgument) as IReadOnlyList<string> ?? []) : null;

    // OpenAI's connector takes its own format with the schema's name and strict mode; any other service gets the settings of the prompt's
    // file.
    private static Dictionary<string, PromptExecutionSettings>? SettingsOf(ChatCall call, Kernel kernel)
    {
        call.IsFormatSent = kernel.Services.GetService<IChatCompletionService>() is OpenAIChatCompletionService;
        return !call.IsFormatSent ? null : new()
        {
            [PromptExecutionSettings.DefaultServiceId] = new OpenAIPromptExecutionSettings
            {
                Temperature = call.Prompt.Temperature,
                MaxTokens = call.MaxTokens,
                ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat(call.Schema.Name, BinaryData.FromString(call.Schema.Text),
                    jsonSchemaIsStrict: true),
            },
        };
    }

    private async Task<ChatReply> AskAsync(ChatCall call, Func<Task> ask)
    {
        var (prompt, completion, isRecorded, first) = (0L, 0L, true, "");
        var (longest, own) = (0, 1);
        while (true)
        {
            var limits = call.Limits = Math.Max(call.Limits, Volatile.Read(ref _limits));
            await ask();
            first = call.Attempt == 0 ? call.Key : first;
            if (call.Reply is not { } reply)
            {
                if (call.Failure is { Kind: ChatFailureKind.Rejected } rejected && !call.IsRefusalCounted)
                {
                    judge(rejected);
                }

                return Failed(call.Failure
                    ?? new ChatFailure(ChatFailureKind.Unavailable,
                        $"{options.Endpoint} was not asked: another filter of the kernel answered."));
            }

            isRecorded &= call.IsRecorded;
            (prompt, completion) = (prompt + reply.PromptTokens, completion + reply.CompletionTokens);
            if (Read(reply, call, out var failure) is { } answer)
            {
                counters.Answer();
                Learn(call.IsRecorded, null);
                if (call.Attempt > 0 && limits > Volatile.Read(ref _limits))
                {
                    Volatile.Write(ref _limits, limits);
                }

                return new ChatReply(new ChatAnswer(first, answer, (int)prompt, (int)completion, isRecorded), null);
            }

            var said = failure! with { Message = failure.Message + Beginning(reply.Text, failure.Kind) };
            Learn(call.IsRecorded, said);

            // A model that refused will refuse again; any other failure may not repeat.
            if (failure!.Kind == ChatFailureKind.Refused || call.Attempt >= options.MaxRepairs)
            {
                return Failed(said);
            }

            counters.Repair();

            // What is asked depends on this call's own replies alone, so that a continued run asks the same; the limits of other calls do
            // not.
            var isRaised = failure.Kind == ChatFailureKind.Truncated && own < options.MostLimits;
            own = isRaised ? Math.Min(2 * own, options.MostLimits) : own;
            call.Limits = isRaised ? Math.Min(Math.Max(own, 2 * call.Limits), options.MostLimits) : call.Limits;

            // A reply that a higher limit has not made longer is cut by something else.
            var isLonger = reply.Text.Length > longest;
            longest = failure.Kind == ChatFailureKind.Truncated ? Math.Max(longest, reply.Text.Length) : longest;
            call.AskAgain(isRaised && isLonger ? [] : Again(reply, failure));
        }
    }

    // What a reply says that holds no answer may say why, as a server's words of a limit do.
    private static string Beginning(string text, ChatFailureKind kind) => kind == ChatFailureKind.Malformed
        ? $" It begins: {CallFailures.Shown(text.Length > MaxQuoted ? text[..MaxQuoted] + "…" : text)}" : "";

    private void Learn(bool isRecorded, ChatFailure? failure)
    {
        if (!isRecorded)
        {
            judge(failure);
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

        // A repair could make half an answer fit the schema, but the other half would still be missing. Some servers always name the limit.
        if (reply.Finish == Length && AnswerReader.ReadWhole(reply.Text, call.Schema) is { } whole)
        {
            failure = null;
            return whole;
        }

        if (reply.Finish == Length)
        {
            failure = new ChatFailure(ChatFailureKind.Truncated, reply.CompletionTokens > 0 && reply.CompletionTokens < call.MaxTokens / 2
                ? $"The reply was cut after {reply.CompletionTokens} tokens of {call.MaxTokens}: the server has a lower limit of its own."
                : $"The reply reached the limit of {call.MaxTokens} tokens and was cut.");
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
        counters.Fail(failure);
        return new ChatReply(null, failure);
    }
}
