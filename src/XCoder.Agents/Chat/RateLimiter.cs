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
            while (new DateTimeOffset(Math.Max(0, Interlocked.Read(ref _pausedUntil)), TimeSpan.Zero) - time.GetUtcNow() is { Ticks: > 0 } pause)
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

    private Task DelayAsync(TimeSpan span, CancellationToken cancellation) => span > TimeSpan.Zero ? Task.Delay(span, time, cancellation) : Task.CompletedTask;
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
