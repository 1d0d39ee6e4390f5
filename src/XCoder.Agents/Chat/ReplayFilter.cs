using System.Collections.Concurrent;
using Microsoft.SemanticKernel;
using XCoder.Agents.Prompts;
using XCoder.Agents.Store;

namespace XCoder.Agents.Chat;

/// <summary>
/// Between answers and tries: finds a recorded reply once the prompt is rendered, or records a new one before it is used. Equal
/// questions at the same time are asked once.
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

        // A further try of the same question was looked up before.
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
                // The other one gave up; this one has not.
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

    // Only whoever asks has others wait.
    private void End(ChatCall call, Action<TaskCompletionSource<(StoredReply?, ChatFailure?)>> say)
    {
        if (_inFlight.TryGetValue(call.Key, out var asked) && asked.Task.AsyncState == call && _inFlight.TryRemove(call.Key, out _))
        {
            say(asked);
        }
    }
}

/// <summary>
/// One question on its way through the filters of a kernel; it travels in the function's arguments. A host may log those as JSON,
/// so it has no public property.
/// </summary>
internal sealed class ChatCall(PromptTemplate prompt, int sample, IReadOnlyList<string> repositories)
{
    /// <summary>Name of the argument; no prompt takes a value of this name.</summary>
    public const string Argument = "xcoder-call";

    internal PromptTemplate Prompt { get; } = prompt;

    internal AnswerSchema Schema { get; } = prompt.Schema
        ?? throw new ArgumentException($"The prompt {prompt.Name} has no json_schema for its answer.");

    internal int Sample { get; } = sample;

    internal IReadOnlyList<string> Repositories { get; } = repositories;

    /// <summary>How often it was asked before and the answer could not be used.</summary>
    internal int Attempt { get; private set; }

    /// <summary>What is said after the prompt when it is asked again.</summary>
    internal IReadOnlyList<PromptMessage> Again { get; private set; } = [];

    /// <summary>The whole conversation of this attempt; null until the prompt is rendered.</summary>
    internal IReadOnlyList<PromptMessage>? Messages { get; set; }

    /// <summary>Content address of this attempt; empty until the prompt is rendered.</summary>
    internal string Key { get; set; } = "";

    internal StoredReply? Reply { get; private set; }

    /// <summary>Why there is no reply, or null.</summary>
    internal ChatFailure? Failure { get; private set; }

    /// <summary>Whether the reply was recorded before.</summary>
    internal bool IsRecorded { get; private set; }

    /// <summary>Whether the service is told the schema by its settings; else the prompt tells it in words.</summary>
    internal bool IsFormatSent { get; set; }

    /// <summary>Ends the waits of this attempt, but no request that is under way.</summary>
    internal CancellationTokenSource? Waits { get; set; }

    /// <summary>Ends <see cref="Waits"/> when the endpoint is found dead; null until something is to be sent.</summary>
    internal CancellationTokenRegistration? EndsWith { get; set; }

    /// <summary>What the try under way holds, or null where nothing is sent.</summary>
    internal ChatTicket? Ticket { get; set; }

    public static ChatCall? Of(KernelArguments arguments) => arguments.TryGetValue(Argument, out var value) ? value as ChatCall : null;

    internal void Take(StoredReply? reply, ChatFailure? failure, bool isRecorded = false) =>
        (Reply, Failure, IsRecorded) = (reply, failure, isRecorded);

    /// <summary>Makes it ready to be asked again.</summary>
    internal void AskAgain(IReadOnlyList<PromptMessage> again)
    {
        (Attempt, Again, Messages, Key) = (Attempt + 1, again, null, "");
        Take(null, null);
    }
}

/// <summary>What a try holds while it is under way.</summary>
/// <param name="Most">Tokens of the request at most.</param>
/// <param name="Likely">Tokens of request and reply, most likely.</param>
/// <param name="Reserved">Cost that is set aside.</param>
/// <param name="Start">Timestamp of the sending.</param>
internal sealed record ChatTicket(int Most, double Likely, decimal Reserved, long Start)
{
    /// <summary>Cost and tokens that will be booked. Until a reply or a plain error says otherwise, all that was set aside.</summary>
    internal (decimal Cost, double Tokens) Used { get; set; } = (Reserved, Likely);
}
