using System.Text.Json.Serialization;

namespace XCoder.Agents.Dialogue;

/// <summary>Settings of the discussion, the critique and the tests of rows.</summary>
public sealed record DialogueOptions
{
    /// <summary>Highest number of discussion rounds, 1 to 4. Default 1.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>How a parallel discussion reaches its result. Default vote.</summary>
    public Decision Decision { get; init; } = Decision.Vote;

    /// <summary>Highest number of revisions of a row, 0 to 4. Default 1.</summary>
    public int Revisions { get; init; } = 1;

    /// <summary>Weights of the critique's scores. Default: equal.</summary>
    public CritiqueWeights Weights { get; init; } = CritiqueWeights.Equal;

    /// <summary>Lowest total at which a row can be accepted, 0 to 10. Default 7.</summary>
    public double Accept { get; init; } = 7;

    /// <summary>A total below this rejects the row without a revision, 0 to <see cref="Accept"/>. Default 4.</summary>
    public double Reject { get; init; } = 4;

    /// <summary>
    /// Whether another agent writes tests for accepted rows and sees only the instruction and the response's declarations. Default true.
    /// </summary>
    public bool HasIndependentTests { get; init; } = true;

    /// <summary>Answers per accepted instruction, including the response, 1 to <see cref="MostCandidates"/>. Default 1.</summary>
    public int Candidates { get; init; } = 1;

    /// <summary>Largest value of <see cref="Candidates"/>.</summary>
    public const int MostCandidates = 8;

    /// <summary>Checks all ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; the message names option, value and bound.</exception>
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

/// <summary>How a parallel discussion reaches its result.</summary>
public enum Decision
{
    /// <summary>The proposal with the most votes wins; in a tie, that of the first agent.</summary>
    [JsonStringEnumMemberName("vote")]
    Vote,

    /// <summary>The coordinator merges all proposals into one.</summary>
    [JsonStringEnumMemberName("merge")]
    Merge,
}
