using System.Collections.Concurrent;
using Microsoft.SemanticKernel;
using XCoder.Agents.Prompts;
using XCoder.Agents.Store;

namespace XCoder.Agents.Chat;

/// <summary>
/// The middle filter. Looks up a recorded reply once the prompt is rendered, or records a new reply before it is used. Concurrent calls
/// with equal questions share one request.
/// </summary>
internal sealed class ReplayFilter(ReplyStore replies, ChatGatewayOptions options, ChatCounters counters) : IFunctionInvocationFilter,
    IPromptRenderFilter
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<(StoredReply? Reply, ChatFailure? Failure)>> _inFlight = new();

    public async Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
    {
        if (ChatCall.Of(context.Arguments) is not { } call)
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
            if (call is { Reply: { } reply, IsRecorded: false })
            {
                await replies.AddAsync(reply, call.Repositories, options.Run);
                counters.Role(reply.Role);
            }

            End(call, mine => mine.SetResult((call.Reply, call.Failure)));
        }
        catch (OperationCanceledException)
        {
            End(call, mine => mine.SetCanceled());
            throw;
        }
        catch (Exception exception)
        {
            End(call, mine =>
            {
                mine.SetException(exception);
                _ = mine.Task.Exception;
            });
            throw;
        }
    }

    public async Task OnPromptRenderAsync(PromptRenderContext context, Func<PromptRenderContext, Task> next)
    {
        await next(context);

        // A retry of the same question was already looked up.
        if (ChatCall.Of(context.Arguments) is not { Messages: null } call)
        {
            return;
        }

        call.Messages = PromptMarkup.Read(context.RenderedPrompt ?? "");
        call.Key = ChatGateway.KeyOf(call, options.Model);
        while (true)
        {
            var mine = new TaskCompletionSource<(StoredReply?, ChatFailure?)>(call, TaskCreationOptions.RunContinuationsAsynchronously);
            var known = _inFlight.GetOrAdd(call.Key, mine);
            if (known == mine)
            {
                await ReplayAsync(call);
                break;
            }

            try
            {
                var (reply, failure) = await known.Task.WaitAsync(context.CancellationToken);
                if (reply is null || !await ReplayAsync(call))
                {
                    call.Take(reply, failure, isRecorded: true);
                }

                break;
            }
            catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
            {
                // The caller that sent the request gave up; this one has not.
            }
        }

        if (call.Reply is not null || call.Failure is not null)
        {
            context.Result = new FunctionResult(context.Function);
        }
    }

    private async Task<bool> ReplayAsync(ChatCall call)
    {
        if (replies.Find(call.Key, call.Repositories, out var isComplete) is not { } known)
        {
            return false;
        }

        if (!isComplete)
        {
            await replies.AddAsync(known, call.Repositories, options.Run);
        }

        counters.Replay();
        counters.Role(call.Prompt.Name);
        call.Take(known, null, isRecorded: true);
        return true;
    }

    // Only the call that owns the request may complete it for the others.
    private void End(ChatCall call, Action<TaskCompletionSource<(StoredReply?, ChatFailure?)>> say)
    {
        if (_inFlight.TryGetValue(call.Key, out var asked) && asked.Task.AsyncState == call && _inFlight.TryRemove(call.Key, out _))
        {
            say(asked);
        }
    }
}

/// <summary>
/// One question on its way through the kernel's filters. It travels in the function's arguments, which a host may log as JSON, so it has no
/// public properties.
/// </summary>
internal sealed class ChatCall(PromptTemplate prompt, int sample, IReadOnlyList<string> repositories)
{
    /// <summary>Name of the argument that carries the call; no prompt may declare a variable of this name.</summary>
    public const string Argument = "xcoder-call";

    internal PromptTemplate Prompt { get; } = prompt;

    internal AnswerSchema Schema { get; } = prompt.Schema
        ?? throw new ArgumentException($"The prompt {prompt.Name} has no json_schema for its answer.");

    internal int Sample { get; } = sample;

    /// <summary>How many times the prompt's limit of tokens the reply may have.</summary>
    internal int Limits { get; set; } = 1;

    /// <summary>Most tokens of the reply, thoughts included.</summary>
    internal int MaxTokens => Prompt.MaxTokens * Limits;

    internal IReadOnlyList<string> Repositories { get; } = repositories;

    /// <summary>Number of earlier attempts whose answers were unusable.</summary>
    internal int Attempt { get; private set; }

    /// <summary>Messages that follow the prompt when the question is asked again.</summary>
    internal IReadOnlyList<PromptMessage> Again { get; private set; } = [];

    /// <summary>The whole conversation of this attempt; null until the prompt is rendered.</summary>
    internal IReadOnlyList<PromptMessage>? Messages { get; set; }

    /// <summary>Content hash of this attempt; empty until the prompt is rendered.</summary>
    internal string Key { get; set; } = "";

    internal StoredReply? Reply { get; private set; }

    /// <summary>Why there is no reply, or null.</summary>
    internal ChatFailure? Failure { get; private set; }

    /// <summary>Whether the reply was already recorded.</summary>
    internal bool IsRecorded { get; private set; }

    /// <summary>Whether the request's settings carry the schema; otherwise the prompt states it in words.</summary>
    internal bool IsFormatSent { get; set; }

    /// <summary>Whether the endpoint's refusals of this call were counted when they came.</summary>
    internal bool IsRefusalCounted { get; set; }

    /// <summary>Ends the waits of this attempt; a request in flight continues.</summary>
    internal CancellationTokenSource? Waits { get; set; }

    /// <summary>Cancels <see cref="Waits"/> when the breaker opens; null until the attempt is about to send.</summary>
    internal CancellationTokenRegistration? EndsWith { get; set; }

    /// <summary>Resources of the attempt in flight, or null when nothing is sent.</summary>
    internal ChatTicket? Ticket { get; set; }

    public static ChatCall? Of(KernelArguments arguments) => arguments.TryGetValue(Argument, out var value) ? value as ChatCall : null;

    internal void Take(StoredReply? reply, ChatFailure? failure, bool isRecorded = false) =>
        (Reply, Failure, IsRecorded) = (reply, failure, isRecorded);

    /// <summary>Prepares the next attempt.</summary>
    internal void AskAgain(IReadOnlyList<PromptMessage> again)
    {
        (Attempt, Again, Messages, Key) = (Attempt + 1, again, null, "");
        Take(null, null);
    }
}

/// <summary>Resources that an attempt holds while it is in flight.</summary>
/// <param name="Most">Upper bound of the request's tokens.</param>
/// <param name="Likely">Expected tokens of request and reply.</param>
/// <param name="Reserved">Reserved cost.</param>
/// <param name="Start">Timestamp when the attempt started.</param>
internal sealed record ChatTicket(int Most, double Likely, decimal Reserved, long Start)
{
    /// <summary>Cost and tokens to book at the end: everything reserved, until a reply or a plain error says otherwise.</summary>
    internal (decimal Cost, double Tokens) Used { get; set; } = (Reserved, Likely);
}
