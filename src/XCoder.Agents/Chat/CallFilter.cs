using System.Globalization;
using System.Text;
using Microsoft.SemanticKernel;
using Polly;
using XCoder.Agents.Prompts;
using XCoder.Agents.Store;
using ChatTokenUsage = OpenAI.Chat.ChatTokenUsage;
using UsageDetails = Microsoft.Extensions.AI.UsageDetails;

namespace XCoder.Agents.Chat;

/// <summary>
/// The innermost filter. Sends a rendered prompt when concurrency, rate limits and budget allow it, and retries until the call succeeds,
/// fails for good or reaches a limit.
/// </summary>
internal sealed class CallFilter : IFunctionInvocationFilter, IPromptRenderFilter, IDisposable
{
    private readonly ChatGatewayOptions _options;
    private readonly TimeProvider _time;
    private readonly ChatCounters _counters;
    private readonly Budget _budget;
    private readonly EndpointHealth _health;
    private readonly RateLimiter _limiter;
    private readonly SemaphoreSlim _slots;
    private readonly TokenEstimate _estimate = new();
    private readonly ResiliencePipeline _retries;

    public CallFilter(ChatGatewayOptions options, Budget budget, ChatCounters counters, TimeProvider time)
    {
        (_options, _budget, _counters, _time) = (options, budget, counters, time);
        _health = new EndpointHealth(options, Progress, time);
        _limiter = new RateLimiter(options, time);
        _slots = new SemaphoreSlim(options.MaxConcurrency);
        _retries = CallRetries.Of(options, time, _limiter, failure =>
        {
            _health.Failed(failure, isLast: false);
            _counters.Retry();
        });
    }

    /// <exception cref="EndpointException">The endpoint does not respond or rejects the key.</exception>
    public async Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
    {
        if (ChatCall.Of(context.Arguments) is not { } call)
        {
            await next(context);
            return;
        }

        using var waits = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        call.Waits = waits;
        try
        {
            await _retries.ExecuteAsync(async _ => await TryAsync(context, next, call), waits.Token);
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            _health.ThrowIfBroken();
            throw;
        }
        catch (ChatCallException failure)
        {
            _health.Failed(failure, isLast: true);
            call.Take(null, failure switch
            {
                { Error: ChatCallError.TooLarge } => new ChatFailure(ChatFailureKind.TooLarge, failure.Message),
                { IsPassing: false, Error: ChatCallError.Status } => new ChatFailure(ChatFailureKind.Rejected, failure.Message),
                _ => new ChatFailure(ChatFailureKind.Unavailable,
                    string.Create(CultureInfo.InvariantCulture, $"{failure.Message} After {_options.MaxRetries} retries.")),
            });
        }
        finally
        {
            call.EndsWith?.Dispose();
            (call.EndsWith, call.Waits) = (null, null);
        }
    }

    public async Task OnPromptRenderAsync(PromptRenderContext context, Func<PromptRenderContext, Task> next)
    {
        await next(context);
        if (context.Result is not null || ChatCall.Of(context.Arguments) is not { Messages: { } messages, Waits: { } waits } call)
        {
            return;
        }

        // Checked here and not before rendering: a recorded reply is usable even when the endpoint is dead.
        _health.ThrowIfBroken();
        call.EndsWith ??= _health.Broken.UnsafeRegister(static waits => ((CancellationTokenSource)waits!).Cancel(), waits);
        if (await AdmitAsync(call, messages, waits.Token, context.CancellationToken) is { } reached)
        {
            call.Take(null, new ChatFailure(ChatFailureKind.Budget, reached));
            context.Result = new FunctionResult(context.Function);
        }
        else if (!call.IsFormatSent)
        {
            // Any model can read the schema in words, whichever service sends it.
            context.RenderedPrompt = PromptMarkup.Write(
                [.. messages.SkipLast(1), messages[^1] with { Text = messages[^1].Text + Dialect.InWords(call.Schema.Text) }]);
        }
    }

    /// <summary>Learns whether a reply can be used: null, or why not.</summary>
    /// <exception cref="EndpointException">Too many in a row cannot.</exception>
    public void Judge(ChatFailure? failure) => _health.Judge(failure);

    public void Dispose()
    {
        _slots.Dispose();
        _health.Dispose();
    }

    // Returns null, or a message that names the limit reached. The end of the attempt releases what this method takes.
    private async Task<string?> AdmitAsync(ChatCall call, IReadOnlyList<PromptMessage> messages, CancellationToken waits,
        CancellationToken cancellation)
    {
        await _slots.WaitAsync(waits);
        try
        {
            // A slot may become free because the whole run was cancelled, this call included: then nothing must be counted.
            cancellation.ThrowIfCancellationRequested();
            _health.ThrowIfBroken();
            var most = TokenEstimate.Most(messages, call.Schema);
            var likely = _estimate.Likely(most) + (call.MaxTokens / 2.0);
            await _limiter.WaitAsync(likely, waits);
            var reserved = _budget.CostOf(most, call.MaxTokens);
            if (await _budget.ReserveAsync(reserved, waits) is { } reached)
            {
                _limiter.Correct(likely, 0);
                return reached;
            }

            // From here on the request may cost money, unless the endpoint answers with a plain error.
            _counters.Begin();
            call.Ticket = new ChatTicket(most, likely, reserved, _time.GetTimestamp());
            return null;
        }
        finally
        {
            if (call.Ticket is null)
            {
                _slots.Release();
            }
        }
    }

    private async Task TryAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next, ChatCall call)
    {
        CallFlow.Current.Value = new CallFlow(call.Waits?.Token ?? default, _health.ThrowIfBroken, refusal =>
        {
            call.IsRefusalCounted = true;
            _health.Refused(refusal);
        }, () => AdmitAnotherAsync(call));
        try
        {
            await next(context);
            if (call.Ticket is { } ticket)
            {
                call.Take(Take(call, ticket, context.Result.GetValue<ChatMessageContent>()), null);
            }
        }
        catch (Exception exception) when (call.Ticket is { } ticket && !context.CancellationToken.IsCancellationRequested)
        {
            if (CallFailures.Find<BudgetReachedException>(exception) is { } reached)
            {
                ticket.Used = (0, 0);
                call.Take(null, new ChatFailure(ChatFailureKind.Budget, reached.Message));
                return;
            }

            if (CallFailures.Find<EndpointException>(exception) is not null)
            {
                ticket.Used = (0, 0);
                throw;
            }

            if (CallFailures.Read(exception, _options.Endpoint, "") is not { } failure)
            {
                throw;
            }

            ticket.Used = failure.MayCost ? ticket.Used : (0, 0);
            throw failure;
        }
        finally
        {
            if (call.Ticket is { } ticket)
            {
                call.Ticket = null;
                _slots.Release();
                _counters.End();
                _budget.Settle(ticket.Reserved, ticket.Used.Cost);
                _limiter.Correct(ticket.Likely, ticket.Used.Tokens);
            }
        }
    }

    // The server rejected the form of the request, not its content. Another attempt in another form counts as another request.
    private async Task AdmitAnotherAsync(ChatCall call)
    {
        var waits = call.Waits?.Token ?? default;
        waits.ThrowIfCancellationRequested();
        await _limiter.WaitAsync(0, waits);
        if (_budget.ReserveAnother() is { } reached)
        {
            throw new BudgetReachedException(reached);
        }

        _counters.Another();
    }

    private StoredReply Take(ChatCall call, ChatTicket ticket, ChatMessageContent? content)
    {
        var latency = _time.GetElapsedTime(ticket.Start);
        var (prompt, completion) = ReplyMetadata.Usage(content);

        // If the endpoint reports no usage, book the reserved cost and the estimated tokens.
        ticket.Used = prompt > 0 ? (_budget.CostOf(prompt, completion), prompt + completion) : (ticket.Reserved, ticket.Likely);
        _estimate.Learn(ticket.Most, prompt);
        _counters.Reply(prompt, completion, latency);
        _health.Succeeded();
        return new StoredReply
        {
            Key = call.Key,
            Role = call.Prompt.Name,
            Model = _options.Model,
            Text = content?.Content ?? "",
            Refusal = ReplyMetadata.Refusal(content),
            Finish = ReplyMetadata.Finish(content),
            PromptTokens = prompt,
            CompletionTokens = completion,
            Milliseconds = (long)latency.TotalMilliseconds,
            CreatedAt = _time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
        };
    }

    private string Progress()
    {
        var done = _counters.Snapshot(_budget.Spent);
        return FormattableString.Invariant(
            $"Done: {done.Answered:N0} questions answered, {done.Requests:N0} requests sent, {done.Replayed:N0} recorded replies used.");
    }
}

/// <summary>A limit was reached between two attempts of one question. The message names the limit.</summary>
internal sealed class BudgetReachedException(string message) : Exception(message);

/// <summary>Estimates the tokens of a question before it is sent. Starts at 3.5 bytes per token and learns from reported usage.</summary>
internal sealed class TokenEstimate
{
    private const int PerMessage = 8;
    private const double StartingBytes = 3.5, Weight = 0.05, LeastBytes = 1;

    private double _bytesPerToken = StartingBytes;

    /// <summary>
    /// Upper bound in tokens: a byte-level tokenizer never makes more tokens than there are bytes. The schema goes along in words, too.
    /// </summary>
    public static int Most(IReadOnlyList<PromptMessage> messages, AnswerSchema schema) =>
        messages.Sum(message => Encoding.UTF8.GetByteCount(message.Text) + PerMessage) + (2 * Encoding.UTF8.GetByteCount(schema.Text))
            + PerMessage;

    /// <summary>Expected tokens, given the upper bound and the bytes per token of the replies so far.</summary>
    public double Likely(int most) => most / Volatile.Read(ref _bytesPerToken);

    /// <summary>Learns from the usage of one reply. Two threads may overwrite each other's update; an estimate tolerates that.</summary>
    public void Learn(int most, long promptTokens)
    {
        if (promptTokens > 0)
        {
            var known = Volatile.Read(ref _bytesPerToken);
            Volatile.Write(ref _bytesPerToken, Math.Max(LeastBytes, known + (Weight * (((double)most / promptTokens) - known))));
        }
    }
}

/// <summary>Reads the metadata of a reply: usage, refusal, finish reason. Chat services name these differently.</summary>
internal static class ReplyMetadata
{
    /// <summary>Tokens of the request and of the reply; 0 when the service does not report them.</summary>
    public static (long Prompt, long Completion) Usage(ChatMessageContent? reply) => Value(reply, "Usage") switch
    {
        ChatTokenUsage usage => (usage.InputTokenCount, usage.OutputTokenCount),
        UsageDetails usage => (usage.InputTokenCount ?? 0, usage.OutputTokenCount ?? 0),
        _ => (0, 0),
    };

    /// <summary>The model's refusal, or null.</summary>
    public static string? Refusal(ChatMessageContent? reply) => Value(reply, "Refusal") as string;

    /// <summary>The finish reason in the form that is recorded: <c>stop</c>, <c>length</c> or <c>content_filter</c>.</summary>
    public static string Finish(ChatMessageContent? reply) => Value(reply, "FinishReason")?.ToString()?.ToUpperInvariant() switch
    {
        "LENGTH" or "MAX_TOKENS" => "length",
        "CONTENTFILTER" or "CONTENT_FILTER" or "SAFETY" => "content_filter",
        _ => "stop",
    };

    private static object? Value(ChatMessageContent? reply, string name) => reply?.Metadata?.GetValueOrDefault(name);
}
