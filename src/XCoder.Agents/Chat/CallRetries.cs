using Polly;
using Polly.Retry;

namespace XCoder.Agents.Chat;

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
            ShouldHandle = new PredicateBuilder().Handle<ChatCallException>(failure => failure.IsPassing || failure.Error == ChatCallError.Protocol),
            DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(DelayAfter((ChatCallException)arguments.Outcome.Exception!, arguments.AttemptNumber, options, limiter, random)),
            OnRetry = arguments =>
            {
                retry((ChatCallException)arguments.Outcome.Exception!);
                return default;
            },
        }).Build();
    }

    // Full jitter: any part of a span that doubles. What the endpoint asks for comes before it, and holds all others back, too.
    private static TimeSpan DelayAfter(ChatCallException failure, int attempt, ChatGatewayOptions options, RateLimiter limiter, Random random)
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
