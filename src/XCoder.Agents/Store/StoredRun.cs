namespace XCoder.Agents.Store;

/// <summary>A run in the store.</summary>
public sealed record StoredRun
{
    /// <summary>Its number.</summary>
    public long Id { get; init; }

    /// <summary>Hash of every option that changes rows.</summary>
    public string Key { get; init; } = "";

    /// <summary>What it does.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Its options as JSON.</summary>
    public string Options { get; init; } = "";

    /// <summary>When it began, ISO 8601.</summary>
    public string CreatedAt { get; init; } = "";

    /// <summary>When it was done, or null.</summary>
    public string? FinishedAt { get; init; }
}
