namespace XCoder.Agents.Chat;

/// <summary>Limits of <see cref="ChatGateway"/>. Null means no limit.</summary>
public sealed record ChatGatewayOptions
{
    /// <summary>Name of the model; part of every key.</summary>
    public required string Model { get; init; }

    /// <summary>Where requests go, for messages.</summary>
    public string Endpoint { get; init; } = "the endpoint";

    /// <summary>The run that asks: its recorded replies count against the limits below. Null: none do.</summary>
    public long? Run { get; init; }

    /// <summary>Requests in flight at most.</summary>
    public int MaxConcurrency { get; init; } = 16;

    /// <summary>Requests sent a minute, and one second's worth more.</summary>
    public double? RequestsPerMinute { get; init; }

    /// <summary>Tokens a minute, of requests and replies; estimated before, corrected after.</summary>
    public double? TokensPerMinute { get; init; }

    /// <summary>Requests that may be sent, every try counted.</summary>
    public long? MaxRequests { get; init; }

    /// <summary>What may be spent, in the currency of the prices; what in-flight requests may cost at most is set aside first.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>Price of a million tokens of requests; null where unknown.</summary>
    public decimal? PromptPrice { get; init; }

    /// <summary>Price of a million tokens of replies; null where unknown.</summary>
    public decimal? CompletionPrice { get; init; }

    /// <summary>Tries after the first that failed and may pass.</summary>
    public int MaxRetries { get; init; } = 10;

    /// <summary>Longest wait before the first retry; each further one may wait twice as long, and waits a random part of it.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait before any retry, whatever <c>Retry-After</c> says.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often the model is asked again after an answer that cannot be used, told what was wrong.</summary>
    public int MaxRepairs { get; init; } = 2;

    /// <summary>Failures of the endpoint in a row that end the run.</summary>
    public int FailuresToStop { get; init; } = 20;

    /// <summary>The same while nothing has succeeded yet and no connection comes about: most likely the address is wrong.</summary>
    public int FailuresToStopAtStart { get; init; } = 5;

    /// <summary>
    /// Failures in a row end the run only when the first of them is as long ago, so that a restarting server is waited for.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Seed of the random part of waits.</summary>
    public int Seed { get; init; }

    /// <exception cref="ArgumentException">A limit makes no sense.</exception>
    internal void Check()
    {
        if (MaxConcurrency < 1 || MaxRetries < 0 || MaxRepairs < 0 || FailuresToStop < 1 || FailuresToStopAtStart < 1
            || RequestsPerMinute <= 0 || TokensPerMinute <= 0 || MaxRequests < 0 || MaxCost < 0 || PromptPrice < 0 || CompletionPrice < 0)
        {
            throw new ArgumentException("A limit of the chat gateway is below what makes sense.");
        }

        if (MaxCost is not null && (PromptPrice is null || CompletionPrice is null))
        {
            throw new ArgumentException("A limit on cost needs the prices of a million prompt tokens and of a million completion tokens.");
        }
    }
}
