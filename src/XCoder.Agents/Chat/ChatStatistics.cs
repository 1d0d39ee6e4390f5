namespace XCoder.Agents.Chat;

/// <summary>What a gateway did so far.</summary>
public sealed record ChatStatistics
{
    /// <summary>Tries sent.</summary>
    public required long Requests { get; init; }

    /// <summary>Replies found recorded, nothing sent.</summary>
    public required long Replayed { get; init; }

    /// <summary>Tries after a failed one.</summary>
    public required long Retried { get; init; }

    /// <summary>Times the model was asked again since its answer could not be used.</summary>
    public required long Repaired { get; init; }

    /// <summary>Questions answered.</summary>
    public required long Answered { get; init; }

    /// <summary>Questions without an answer, by reason.</summary>
    public required IReadOnlyDictionary<ChatFailureKind, long> Failures { get; init; }

    /// <summary>Tokens of requests sent.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Tokens of replies received.</summary>
    public required long CompletionTokens { get; init; }

    /// <summary>Spent against the limit, by the run's earlier processes too; null where prices are unknown.</summary>
    public required decimal? Cost { get; init; }

    /// <summary>Tries under way.</summary>
    public required int InFlight { get; init; }

    /// <summary>Mean time from sending to a reply's end.</summary>
    public required TimeSpan MeanLatency { get; init; }

    /// <summary>Greatest such time.</summary>
    public required TimeSpan MaxLatency { get; init; }

    /// <summary>Requests answered or replayed by role.</summary>
    public required IReadOnlyDictionary<string, long> Roles { get; init; }
}
