using Polly;
using Polly.Retry;

namespace XCoder.Agents.Chat;

/// <summary>Limits requests and tokens per minute, and pauses when the endpoint asks for it.</summary>
internal sealed class RateLimiter(ChatGatewayOptions options, TimeProvider time)
{
    private readonly TokenBucket? _requests = options.RequestsPerMinute is { } requests ? new TokenBucket(requests, time) : null;
    private readonly TokenBucket? _tokens = options.TokensPerMinute is { } tokens ? new TokenBucket(tokens, time) : null;
    private long _pausedUntil = long.MinValue;

    /// <summary>Waits until one request may be sent.</summary>
    /// <param name="tokens">Estimated tokens of the request and its reply.</param>
    /// <param name="cancellation">Ends the wait and returns what the request took.</param>
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

    /// <summary>Replaces an estimate by the tokens used.</summary>
    public void Correct(double estimated, double used) => _tokens?.Return(estimated - used);

    /// <summary>Delays all requests until the span is over. A shorter pause does not end a longer one.</summary>
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
/// A token bucket that refills evenly and holds at most one second's worth, but at least 1. An amount above its capacity puts it into debt,
/// and later callers wait for the refill. First come, first served.
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

    /// <summary>Takes an amount at once and returns how long to wait before using it.</summary>
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

    /// <summary>Returns the part of an amount that was not used. A negative amount takes more.</summary>
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

/// <summary>Makes the retry pipeline.</summary>
internal static class CallRetries
{
    /// <summary>Makes a pipeline that retries after a <see cref="ChatCallException"/> that may pass, and after protocol errors.</summary>
    /// <param name="options">Number of retries and their delays.</param>
    /// <param name="time">The clock for the waits.</param>
    /// <param name="limiter">Paused for as long as the endpoint asks for.</param>
    /// <param name="retry">Receives each failure before the wait; throwing ends the retries.</param>
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

    // Full jitter: a random part of a span that doubles. An endpoint's Retry-After is waited for first and delays all other calls, too.
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

/// <summary>A circuit breaker: counts consecutive failures and, once open, rejects every call.</summary>
internal sealed class EndpointHealth : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly ChatGatewayOptions _options;
    private readonly Func<string> _describeProgress;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private int _failures;
    private int _useless;
    private bool _hasSucceeded;
    private long _waitingSince;
    private long? _loadingSince;
    private string? _broken;

    public EndpointHealth(ChatGatewayOptions options, Func<string> describeProgress, TimeProvider time) =>
        (_options, _describeProgress, _time) = (options, describeProgress, time);

    /// <summary>
    /// Cancelled when the breaker opens, to end waits. Requests in flight continue, because their replies may be paid for.
    /// </summary>
    public CancellationToken Broken => _end.Token;

    /// <exception cref="EndpointException">The breaker is open.</exception>
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

    /// <summary>Records a reply, which resets the count of failures.</summary>
    public void Succeeded()
    {
        lock (_gate)
        {
            (_failures, _hasSucceeded, _loadingSince) = (0, true, null);
        }
    }

    /// <summary>Records whether a reply can be used: null, or why not.</summary>
    /// <exception cref="EndpointException">So many in a row cannot that more would only burn the budget.</exception>
    public void Judge(ChatFailure? failure)
    {
        lock (_gate)
        {
            _useless = failure is null ? 0 : _useless + 1;
            if (_useless >= _options.UselessToStop)
            {
                Break($"{failure!.Message.TrimEnd('.')}. That was request {_useless} in a row without a reply that can be used.");
            }
        }
    }

    /// <summary>Records a request that was refused before any has been answered.</summary>
    /// <exception cref="EndpointException">So many were refused that the server takes none.</exception>
    public void Refused(ChatCallException refusal) => Judge(new ChatFailure(ChatFailureKind.Rejected, refusal.Message));

    /// <summary>Records a failed attempt.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="isLast">Whether no retry follows.</param>
    /// <exception cref="EndpointException">The failure opened the breaker.</exception>
    public void Failed(ChatCallException failure, bool isLast)
    {
        lock (_gate)
        {
            if (Advice(failure) is { } advice)
            {
                Break($"{failure.Message.TrimEnd('.')}. {advice}");
            }

            if (failure.IsLoading)
            {
                _loadingSince ??= _time.GetTimestamp();
                if (_time.GetElapsedTime(_loadingSince.Value) is var spent && spent >= _options.LoadingPatience)
                {
                    Break(FormattableString.Invariant(
                        $"{failure.Message.TrimEnd('.')}. It has said so for {spent.TotalMinutes:0.#} minutes."));
                }

                return;
            }

            // An endpoint that asks clients to wait is alive.
            if (failure.Status is 408 or 409 or 425 or 429 && !isLast)
            {
                return;
            }

            _waitingSince = _failures == 0 ? _time.GetTimestamp() : _waitingSince;
            _failures++;
            var isNoStart = !_hasSucceeded && failure.Error is ChatCallError.Connection or ChatCallError.Protocol
                && _failures >= _options.FailuresToStopAtStart;

            // A server that has an error of its own from the start on is no server that is about to start.
            isNoStart |= !_hasSucceeded && failure.Status == 500 && _failures >= 2 * _options.FailuresToStopAtStart;
            var isTooMuch = _failures >= Math.Min(_options.FailuresToStop, _options.UselessToStop)
                && _time.GetElapsedTime(_waitingSince) >= _options.Patience;
            if (isNoStart || isTooMuch)
            {
                Break($"{failure.Message.TrimEnd('.')}. That was failure {_failures} in a row. " + (isNoStart
                    ? "Check that the server runs and that --endpoint is its address, usually ending in /v1." : "Check the endpoint."));
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
        { Status: 404, IsLoading: false } => "Check --endpoint, which usually ends in /v1, and --chat-model.",
        { Error: ChatCallError.Redirect } => "Give the address it leads to as --endpoint, if you trust it.",
        { Error: ChatCallError.Certificate } =>
            "Nothing was sent. Check the address; a certificate of your own must be in the system's store or "
                + "in the file that SSL_CERT_FILE names.",
        _ => null,
    };

    private void Break(string reason)
    {
        _broken ??= $"{reason} {_describeProgress()} Run the same command again to continue: recorded replies are not requested again.";
        _ = _end.CancelAsync();
        throw new EndpointException(_broken);
    }
}
