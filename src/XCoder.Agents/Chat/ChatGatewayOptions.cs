namespace XCoder.Agents.Chat;

/// <summary>Model and limits of a <see cref="ChatGateway"/>. Null means no limit.</summary>
public sealed record ChatGatewayOptions
{
    /// <summary>Name of the model; part of the key under which a reply is recorded.</summary>
    public required string Model { get; init; }

    /// <summary>Name of the endpoint in messages.</summary>
    public string Endpoint { get; init; } = "the endpoint";

    /// <summary>
    /// The run whose recorded replies count against <see cref="MaxRequests"/> and <see cref="MaxCost"/>; null counts none.
    /// </summary>
    public long? Run { get; init; }

    /// <summary>Highest number of requests in flight; 16 by default.</summary>
    public int MaxConcurrency { get; init; } = 16;

    /// <summary>Requests sent per minute; up to one second's worth may be sent at once.</summary>
    public double? RequestsPerMinute { get; init; }

    /// <summary>Tokens per minute, requests and replies together. Estimated before a request and corrected after the reply.</summary>
    public double? TokensPerMinute { get; init; }

    /// <summary>Highest number of requests to send; every attempt counts.</summary>
    public long? MaxRequests { get; init; }

    /// <summary>
    /// Highest cost, in the currency of the prices. Needs both prices. The highest possible cost of requests in flight is reserved.
    /// </summary>
    public decimal? MaxCost { get; init; }

    /// <summary>Price of a million prompt tokens; null when unknown.</summary>
    public decimal? PromptPrice { get; init; }

    /// <summary>Price of a million completion tokens; null when unknown.</summary>
    public decimal? CompletionPrice { get; init; }

    /// <summary>Retries after a first attempt that failed in a way that may pass; 10 by default.</summary>
    public int MaxRetries { get; init; } = 10;

    /// <summary>
    /// Longest wait before the first retry. The bound doubles with each retry; the wait is a random part of it (full jitter).
    /// </summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait before any retry, even if <c>Retry-After</c> asks for more; one minute by default.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often the model is asked again after an unusable answer, with an explanation of the error; 2 by default.</summary>
    public int MaxRepairs { get; init; } = 2;

    /// <summary>
    /// How far a reply that reaches its limit of tokens may raise it: so many times the prompt's own. Each time it doubles, and what worked
    /// is kept for later questions. Models that think aloud need it; 8 by default, 1 for never.
    /// </summary>
    public int MostLimits { get; init; } = 8;

    /// <summary>Requests in a row without a reply that can be used that end the run; 15 by default.</summary>
    public int UselessToStop { get; init; } = 15;

    /// <summary>Consecutive failures of the endpoint that end the run; 20 by default.</summary>
    public int FailuresToStop { get; init; } = 20;

    /// <summary>
    /// Consecutive connection or protocol failures that end the run before any success; the address is probably wrong. 5 by default.
    /// </summary>
    public int FailuresToStopAtStart { get; init; } = 5;

    /// <summary>
    /// Consecutive failures end the run only if the first of them is at least this old, so that a server has time to restart.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a server may say that its model is being loaded before that ends the run; ten minutes by default.</summary>
    public TimeSpan LoadingPatience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Seed of the random part of waits.</summary>
    public int Seed { get; init; }

    /// <exception cref="ArgumentException">A limit is out of range, or a limit on cost lacks prices.</exception>
    internal void Check()
    {
        if (MaxConcurrency < 1 || MaxRetries < 0 || MaxRepairs < 0 || FailuresToStop < 1 || FailuresToStopAtStart < 1
            || MostLimits < 1 || UselessToStop < 1
            || RequestsPerMinute <= 0 || TokensPerMinute <= 0 || MaxRequests < 0 || MaxCost < 0 || PromptPrice < 0 || CompletionPrice < 0)
        {
            throw new ArgumentException("A limit of the chat gateway is out of range.");
        }

        if (MaxCost is not null && (PromptPrice is null || CompletionPrice is null))
        {
            throw new ArgumentException("A limit on cost needs the prices of a million prompt tokens and of a million completion tokens.");
        }
    }
}
