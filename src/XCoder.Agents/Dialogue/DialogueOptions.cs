using System.Text.Json.Serialization;

namespace XCoder.Agents.Dialogue;

/// <summary>How rows are discussed and judged.</summary>
public sealed record DialogueOptions
{
    /// <summary>Rounds of a discussion, 1 to 4. Default 2.</summary>
    public int Rounds { get; init; } = 2;

    /// <summary>How a parallel discussion ends. Default vote.</summary>
    public Decision Decision { get; init; } = Decision.Vote;

    /// <summary>Most revisions of a row, 0 to 4. Default 1.</summary>
    public int Revisions { get; init; } = 1;

    /// <summary>Weights of the critique's scores.</summary>
    public CritiqueWeights Weights { get; init; } = CritiqueWeights.Equal;

    /// <summary>Total from which a row can be accepted, 0 to 10. Default 7.</summary>
    public double Accept { get; init; } = 7;

    /// <summary>Total below which a row is rejected at once, 0 to 10. Default 4.</summary>
    public double Reject { get; init; } = 4;

    /// <summary>Whether another agent writes tests for accepted rows from the instruction alone. Default true.</summary>
    public bool HasIndependentTests { get; init; } = true;

    /// <summary>
    /// Answers to each accepted row's instruction, its response among them, 1 to <see cref="MostCandidates"/>. Default 1.
    /// </summary>
    public int Candidates { get; init; } = 1;

    /// <summary>Most answers to an instruction.</summary>
    public const int MostCandidates = 8;

    /// <summary>Throws if a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option, its value and its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Rounds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Rounds, 4);
        ArgumentOutOfRangeException.ThrowIfNegative(Revisions);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Revisions, 4);
        ArgumentOutOfRangeException.ThrowIfLessThan(Candidates, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Candidates, MostCandidates);
        ArgumentOutOfRangeException.ThrowIfNegative(Reject);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Reject, Accept);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Accept, 10);
    }
}

/// <summary>How a parallel discussion ends.</summary>
public enum Decision
{
    /// <summary>Most votes; of equally many the agent that comes first.</summary>
    [JsonStringEnumMemberName("vote")]
    Vote,

    /// <summary>All proposals become one.</summary>
    [JsonStringEnumMemberName("merge")]
    Merge,
}
