using Polly;
using Polly.Retry;

namespace XCoder.Agents.Chat;

/// <summary>Requests and tokens a minute, and pauses that the endpoint asks for.</summary>
internal sealed class RateLimiter(ChatGatewayOptions options, TimeProvider time)
{
    private readonly TokenBucket? _requests = options.RequestsPerMinute is { } requests ? new TokenBucket(requests, time) : null;
    private readonly TokenBucket? _tokens = options.TokensPerMinute is { } tokens ? new TokenBucket(tokens, time) : null;
    private long _pausedUntil = long.MinValue;

    /// <summary>Waits for one request's turn.</summary>
    /// <param name="tokens">Tokens it will take, by estimate.</param>
    /// <param name="cancellation">Ends the wait; the turn is given back.</param>
    public async Task WaitAsync(double tokens, CancellationToken cancellation)
    {
        var first = _requests?.Take(1) ?? TimeSpan.Zero;
        var second = _tokens?.Take(tokens) ?? TimeSpan.Zero;
        try
        {
            await DelayAsync(first > second ? first : second, cancellation);
            while (new DateTimeOffset(Math.Max(0, Interlocked.Read(ref _pausedUntil)), TimeSpan.Zero)
                - time.GetUtcNow() is { Ticks: > 0 } pause)
            {
                await DelayAsync(pause, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            _requests?.Return(1);
            _tokens?.Return(tokens);
            throw;
        }
    }

    /// <summary>Corrects an estimate once the tokens are known.</summary>
    public void Correct(double estimated, double used) => _tokens?.Return(estimated - used);

    /// <summary>Holds all requests back for a while.</summary>
    public void Pause(TimeSpan span)
    {
        var until = (time.GetUtcNow() + span).UtcTicks;
        for (var known = Interlocked.Read(ref _pausedUntil); known < until; known = Interlocked.Read(ref _pausedUntil))
        {
            if (Interlocked.CompareExchange(ref _pausedUntil, until, known) == known)
            {
                return;
            }
        }
    }

    private Task DelayAsync(TimeSpan span, CancellationToken cancellation) =>
        span > TimeSpan.Zero ? Task.Delay(span, time, cancellation) : Task.CompletedTask;
}

/// <summary>
/// Admits so much a minute, evenly: it holds one second's worth at most. What is larger than it holds goes into debt, which the
/// next wait for. Whoever asks first is admitted first.
/// </summary>
internal sealed class TokenBucket
{
    private readonly double _perSecond;
    private readonly double _capacity;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private double _level;
    private long _filled;

    public TokenBucket(double perMinute, TimeProvider time)
    {
        (_perSecond, _time) = (perMinute / 60, time);
        _capacity = Math.Max(1, _perSecond);
        _level = _capacity;
        _filled = time.GetTimestamp();
    }

    /// <summary>Takes an amount now and says how long to wait before using it.</summary>
    public TimeSpan Take(double amount)
    {
        lock (_gate)
        {
            Fill();
            var lacking = Math.Min(amount, _capacity) - _level;
            _level -= amount;
            return lacking > 0 ? TimeSpan.FromSeconds(lacking / _perSecond) : TimeSpan.Zero;
        }
    }

    /// <summary>Gives back what was taken and not used; a negative amount was used beyond what was taken.</summary>
    public void Return(double amount)
    {
        lock (_gate)
        {
            Fill();
            _level = Math.Min(_capacity, _level + amount);
        }
    }

    private void Fill()
    {
        var now = _time.GetTimestamp();
        _level = Math.Min(_capacity, _level + (_time.GetElapsedTime(_filled, now).TotalSeconds * _perSecond));
        _filled = now;
    }
}

/// <summary>When a try that failed is followed by another.</summary>
internal static class CallRetries
{
    /// <summary>Makes the pipeline; it handles <see cref="ChatCallException"/> alone.</summary>
    /// <param name="options">How often and how long.</param>
    /// <param name="time">Time of the waits.</param>
    /// <param name="limiter">Is paused as long as an endpoint asks for.</param>
    /// <param name="retry">Is told each failure before the wait; what it throws ends the tries.</param>
    public static ResiliencePipeline Of(ChatGatewayOptions options, TimeProvider time, RateLimiter limiter, Action<ChatCallException> retry)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        if (options.MaxRetries == 0)
        {
            return builder.Build();
        }

        var random = new Random(options.Seed);
        return builder.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = options.MaxRetries,
            ShouldHandle = new PredicateBuilder().Handle<ChatCallException>(failure => failure.IsPassing
                || failure.Error == ChatCallError.Protocol),
            DelayGenerator = arguments =>
                ValueTask.FromResult<TimeSpan?>(
                    DelayAfter((ChatCallException)arguments.Outcome.Exception!, arguments.AttemptNumber, options, limiter, random)),
            OnRetry = arguments =>
            {
                retry((ChatCallException)arguments.Outcome.Exception!);
                return default;
            },
        }).Build();
    }

    // Full jitter: any part of a span that doubles. What the endpoint asks for comes before it, and holds all others back, too.
    private static TimeSpan DelayAfter(ChatCallException failure, int attempt, ChatGatewayOptions options, RateLimiter limiter,
        Random random)
    {
        double part;
        lock (random)
        {
            part = random.NextDouble();
        }

        var span = Math.Min(options.MaxDelay.TotalSeconds, options.FirstDelay.TotalSeconds * Math.Pow(2, Math.Min(attempt, 30)));
        var delay = TimeSpan.FromSeconds(span * part);
        if (failure.RetryAfter is { } asked)
        {
            asked = asked < options.MaxDelay ? asked : options.MaxDelay;
            limiter.Pause(asked);
            delay = asked + (delay / 10);
        }

        return delay;
    }
}

/// <summary>The circuit breaker: counts failures in a row, and once it broke refuses everything.</summary>
internal sealed class EndpointHealth : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly ChatGatewayOptions _options;
    private readonly Func<string> _describeProgress;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private int _failures;
    private bool _hasSucceeded;
    private long _waitingSince;
    private string? _broken;

    public EndpointHealth(ChatGatewayOptions options, Func<string> describeProgress, TimeProvider time) =>
        (_options, _describeProgress, _time) = (options, describeProgress, time);

    /// <summary>Ends waits once the breaker broke. Requests under way are left alone: their replies may have been paid for.</summary>
    public CancellationToken Broken => _end.Token;

    /// <exception cref="EndpointException">The breaker broke before.</exception>
    public void ThrowIfBroken()
    {
        lock (_gate)
        {
            if (_broken is not null)
            {
                throw new EndpointException(_broken);
            }
        }
    }

    /// <summary>A reply came.</summary>
    public void Succeeded()
    {
        lock (_gate)
        {
            (_failures, _hasSucceeded) = (0, true);
        }
    }

    /// <summary>A try failed.</summary>
    /// <param name="failure">How.</param>
    /// <param name="isLast">Whether no other try follows.</param>
    /// <exception cref="EndpointException">That was enough.</exception>
    public void Failed(ChatCallException failure, bool isLast)
    {
        lock (_gate)
        {
            if (Advice(failure) is { } advice)
            {
                Break($"{failure.Message} {advice}");
            }

            // An endpoint that asks for patience is alive.
            if (failure.Status is 408 or 409 or 425 or 429 && !isLast)
            {
                return;
            }

            _waitingSince = _failures == 0 ? _time.GetTimestamp() : _waitingSince;
            _failures++;
            var isNoStart = !_hasSucceeded && failure.Error is ChatCallError.Connection or ChatCallError.Protocol
                && _failures >= _options.FailuresToStopAtStart;
            if (isNoStart || (_failures >= _options.FailuresToStop && _time.GetElapsedTime(_waitingSince) >= _options.Patience))
            {
                Break($"{failure.Message} That were {_failures} failures in a row. {(isNoStart ? "Check that the server runs and that "
                    + "--endpoint is its address, usually ending in /v1." : "Check the endpoint.")}");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _end.Dispose();

    private static string? Advice(ChatCallException failure) => failure switch
    {
        { IsExhausted: true } => "The account has no money or quota left.",
        { Status: 401 } => "The endpoint does not accept the API key: check the variable that --api-key-variable names.",
        { Status: 403 } => "The key may not do this: check its permissions, and that it may use --chat-model.",
        { Status: 404 } => "Check --endpoint, which usually ends in /v1, and --chat-model.",
        { Error: ChatCallError.Redirect } => "Give the address it leads to as --endpoint, if you trust it.",
        { Error: ChatCallError.Certificate } =>
            "Nothing was sent. Check the address; a certificate of your own must be in the system's store or "
                + "in the file that SSL_CERT_FILE names.",
        _ => null,
    };

    private void Break(string reason)
    {
        _broken ??= $"{reason} {_describeProgress()} Run the same command again to go on: recorded replies are not requested again.";
        _ = _end.CancelAsync();
        throw new EndpointException(_broken);
    }
}
