using XCoder.Agents.Rows;

namespace XCoder.Agents.Mining;

/// <summary>What a run of mining did.</summary>
public sealed record MinedSummary
{
    /// <summary>Number of the run in the store.</summary>
    public required long Run { get; init; }

    /// <summary>Twins found.</summary>
    public required int Twins { get; init; }

    /// <summary>Rows by task and direction.</summary>
    public required IReadOnlyDictionary<(RowTask Task, string Source, string Target), int> Rows { get; init; }

    /// <summary>Rows that were not in the store before.</summary>
    public required int Added { get; init; }

    /// <summary>What came to no row, by reason.</summary>
    public required IReadOnlyDictionary<MinedDrop, long> Drops { get; init; }

    /// <summary>Secrets and personal data replaced, by kind.</summary>
    public required IReadOnlyDictionary<string, int> Redactions { get; init; }
}
