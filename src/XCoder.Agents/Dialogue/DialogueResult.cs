using XCoder.Agents.Chat;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Dialogue;

/// <summary>What came of a dialogue: a row with its critique, or why there is none.</summary>
public sealed record DialogueResult
{
    /// <summary>The row, or null.</summary>
    public Draft? Draft { get; init; }

    /// <summary>Tests of it by another agent, or null: only accepted rows have some.</summary>
    public string? IndependentTests { get; init; }

    /// <summary>Other answers to its instruction, without tests; empty where none was asked for or the row is not accepted.</summary>
    public IReadOnlyList<Draft> Candidates { get; init; } = [];

    /// <summary>The verdict on it, or null without a row.</summary>
    public RowCritique? Critique { get; init; }

    /// <summary>Why there is no row, or null.</summary>
    public ChatFailure? Failure { get; init; }

    /// <summary>Rounds of discussion; 0 without one.</summary>
    public int Rounds { get; init; }

    /// <summary>Times the row was revised.</summary>
    public int Revisions { get; init; }

    /// <summary>What was said, in an order that does not depend on which answer came first.</summary>
    public required IReadOnlyList<TranscriptTurn> Transcript { get; init; }

    /// <summary>Lessons that each agent's prompts showed: (language, lesson id).</summary>
    public required IReadOnlySet<(string Language, string Lesson)> Lessons { get; init; }
}
