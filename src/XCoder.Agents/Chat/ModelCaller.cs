using System.Globalization;
using Microsoft.Extensions.AI;
using Polly;
using Polly.Retry;
using XCoder.Agents.Storage;

namespace XCoder.Agents.Chat;

/// <summary>Sends one request until it succeeds, for good fails, or a limit is reached.</summary>
internal sealed class ModelCaller : IDisposable
{
    private readonly IChatClient _client;
    private readonly ChatGatewayOptions _options;
    private readonly TimeProvider _time;
    private readonly ChatCounters _counters;
    private readonly EndpointHealth _health;
    private readonly RateLimiter _limiter;
    private readonly SemaphoreSlim _slots;
    private readonly ResponseFormats _formats = new();
    private readonly TokenEstimate _estimate = new();
    private readonly Random _random;
    private readonly ResiliencePipeline _retries;

    public ModelCaller(IChatClient client, ChatGatewayOptions options, Budget budget, ChatCounters counters, TimeProvider time)
    {
        (_client, _options, Budget, _counters, _time) = (client, options, budget, counters, time);
        _health = new EndpointHealth(options, Progress, time);
        _limiter = new RateLimiter(options, time);
        _slots = new SemaphoreSlim(options.MaxConcurrency);
        _random = new Random(options.Seed);
        _retries = Retries();
    }

    public Budget Budget { get; }

    /// <summary>Sends a request.</summary>
    /// <exception cref="EndpointException">The endpoint is dead or refuses the key.</exception>
    public async Task<CallOutcome> CallAsync(string key, ChatQuery query, IReadOnlyList<ChatText> messages, CancellationToken cancellation)
    {
        using var waits = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _health.Broken);
        try
        {
            return await _retries.ExecuteAsync(async token => await TryAsync(key, query, messages, token, cancellation), waits.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            _health.ThrowIfBroken();
            throw;
        }
        catch (ChatCallException failure)
        {
            _health.Failed(failure, isLast: true);
            return new CallOutcome(null, failure switch
            {
                { Error: ChatCallError.TooLarge } => new ChatFailure(ChatFailureKind.TooLarge, failure.Message),
                { IsPassing: false, Error: ChatCallError.Status } => new ChatFailure(ChatFailureKind.Rejected, failure.Message),
                _ => new ChatFailure(ChatFailureKind.Unavailable, string.Create(CultureInfo.InvariantCulture, $"{failure.Message} After {_options.MaxRetries} retries.")),
            });
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _slots.Dispose();
        _health.Dispose();
    }

    private static bool IsRetried(ChatCallException failure) => failure.IsPassing || failure.Error == ChatCallError.Protocol;

    private ResiliencePipeline Retries()
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = _time };
        return _options.MaxRetries == 0 ? builder.Build() : builder.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = _options.MaxRetries,
            ShouldHandle = new PredicateBuilder().Handle<ChatCallException>(IsRetried),
            DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(DelayAfter((ChatCallException)arguments.Outcome.Exception!, arguments.AttemptNumber)),
            OnRetry = arguments =>
            {
                _health.Failed((ChatCallException)arguments.Outcome.Exception!, isLast: false);
                _counters.Retry();
                return default;
            },
        }).Build();
    }

    // Full jitter: any part of a span that doubles. What the endpoint asks for comes before it, and holds all others back, too.
    private TimeSpan DelayAfter(ChatCallException failure, int attempt)
    {
        double part;
        lock (_random)
        {
            part = _random.NextDouble();
        }

        var span = Math.Min(_options.MaxDelay.TotalSeconds, _options.FirstDelay.TotalSeconds * Math.Pow(2, Math.Min(attempt, 30)));
        var delay = TimeSpan.FromSeconds(span * part);
        if (failure.RetryAfter is { } asked)
        {
            asked = asked < _options.MaxDelay ? asked : _options.MaxDelay;
            _limiter.Pause(asked);
            delay = asked + (delay / 10);
        }

        return delay;
    }

    private async Task<CallOutcome> TryAsync(string key, ChatQuery query, IReadOnlyList<ChatText> messages, CancellationToken waits, CancellationToken cancellation)
    {
        for (var way = _formats.Current; ; way++)
        {
            try
            {
                return await SendAsync(key, query, messages, way, waits, cancellation);
            }
            catch (ChatCallException failure) when (_formats.IsWorthAnother(way, failure))
            {
                way = Math.Max(way, _formats.Current - 1);
            }
        }
    }

    private async Task<CallOutcome> SendAsync(string key, ChatQuery query, IReadOnlyList<ChatText> messages, int way, CancellationToken waits, CancellationToken cancellation)
    {
        await _slots.WaitAsync(waits);
        try
        {
            _health.ThrowIfBroken();
            var most = TokenEstimate.Most(messages, query.Schema);
            var likely = _estimate.Likely(most) + (query.MaxTokens / 2.0);
            await _limiter.WaitAsync(likely, waits);
            var reserved = Budget.CostOf(most, query.MaxTokens);
            if (await Budget.ReserveAsync(reserved, waits) is { } reached)
            {
                _limiter.Correct(likely, 0);
                return new CallOutcome(null, new ChatFailure(ChatFailureKind.Budget, reached));
            }

            return new CallOutcome(await SendAsync(key, query, messages, way, (most, likely, reserved), cancellation), null);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task<StoredReply> SendAsync(string key, ChatQuery query, IReadOnlyList<ChatText> messages, int way, (int Most, double Likely, decimal Reserved) estimate, CancellationToken cancellation)
    {
        var (spent, used, start) = (0m, 0.0, _time.GetTimestamp());
        _counters.Begin();
        try
        {
            _health.ThrowIfBroken();

            // From here on, whatever happens but a plain error of the endpoint may have to be paid.
            (spent, used) = (estimate.Reserved, estimate.Likely);
            var response = await _client.GetResponseAsync(ResponseFormats.Messages(way, messages, query.Schema), new ChatOptions
            {
                Temperature = (float)query.Temperature,
                MaxOutputTokens = query.MaxTokens,
                ResponseFormat = ResponseFormats.Of(way, query.Schema),
            }, cancellation);
            var latency = _time.GetElapsedTime(start);
            var (prompt, completion) = (response.Usage?.InputTokenCount ?? 0, response.Usage?.OutputTokenCount ?? 0);

            // An endpoint that does not count is taken at our estimate.
            (spent, used) = prompt > 0 ? (Budget.CostOf(prompt, completion), prompt + completion) : (estimate.Reserved, estimate.Likely);
            _estimate.Learn(estimate.Most, prompt);
            _counters.Reply(prompt, completion, latency);
            _formats.Keep(way);
            _health.Succeeded();
            return new StoredReply
            {
                Key = key,
                Role = query.Role,
                Model = _options.Model,
                Text = response.Text,
                Refusal = response.Messages.SelectMany(message => message.Contents).OfType<ErrorContent>().Select(error => error.Message).FirstOrDefault(),
                Finish = response.FinishReason?.Value ?? "stop",
                PromptTokens = prompt,
                CompletionTokens = completion,
                Milliseconds = (long)latency.TotalMilliseconds,
                CreatedAt = _time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            };
        }
        catch (ChatCallException failure) when (!failure.MayCost)
        {
            (spent, used) = (0, 0);
            throw;
        }
        finally
        {
            _counters.End();
            Budget.Settle(estimate.Reserved, spent);
            _limiter.Correct(estimate.Likely, used);
        }
    }

    private string Progress()
    {
        var done = _counters.Snapshot(Budget.Spent);
        return FormattableString.Invariant($"Done: {done.Answered:N0} questions answered, {done.Requests:N0} requests sent, {done.Replayed:N0} replies found recorded.");
    }
}
