namespace XCoder.Agents.Generation;

/// <summary>What a run will take, before it begins.</summary>
public sealed record RunEstimate
{
    /// <summary>Rows that are still to be written.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows that were gone through to find out.</summary>
    public required int Sample { get; init; }

    /// <summary>Requests, retries left out.</summary>
    public required long Requests { get; init; }

    /// <summary>Tokens sent.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Tokens received.</summary>
    public required long CompletionTokens { get; init; }

    /// <summary>Cost in the currency of the prices, or null where a price is unknown.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Time, from the latency of a request and how many are in flight, or from the limits where these are slower.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>What the lengths of answers rest on.</summary>
    public required string Basis { get; init; }
}
