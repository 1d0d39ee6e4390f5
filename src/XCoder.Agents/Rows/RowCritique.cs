using System.Text.Json.Serialization;

namespace XCoder.Agents.Rows;

/// <summary>The verdict on a row.</summary>
public sealed record RowCritique
{
    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Scores by criterion, each in [0, 10]; empty where no chat model judged.</summary>
    public required IReadOnlyDictionary<string, double> Scores { get; init; }

    /// <summary>Weighted mean of the scores, in [0, 10]; null where there are none.</summary>
    public double? Total { get; init; }

    /// <summary>What is good.</summary>
    public IReadOnlyList<string> Merits { get; init; } = [];

    /// <summary>What is not, or why it was rejected.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>The one of <see cref="Faults"/> that a gate added after the verdict, and takes back where it says otherwise later; null where none did. Exports leave it out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? GateFault { get; init; }
}
