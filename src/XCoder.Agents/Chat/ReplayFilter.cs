using System.Collections.Concurrent;
using Microsoft.SemanticKernel;
using XCoder.Agents.Prompts;
using XCoder.Agents.Store;

namespace XCoder.Agents.Chat;

/// <summary>
/// Between answers and tries: finds a recorded reply once the prompt is rendered, or records a new one before it is used. Equal
/// questions at the same time are asked once.
/// </summary>
internal sealed class ReplayFilter(ReplyStore replies, ChatGatewayOptions options, ChatCounters counters) : IFunctionInvocationFilter, IPromptRenderFilter
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
