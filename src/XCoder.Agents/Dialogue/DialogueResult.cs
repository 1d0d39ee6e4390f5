using XCoder.Agents.Chat;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Dialogue;

/// <summary>The result of a dialogue: a row with its critique, or the reason why there is none.</summary>
public sealed record DialogueResult
{
    /// <summary>The row, or null.</summary>
    public Draft? Draft { get; init; }

    /// <summary>Tests that another agent wrote, or null. Only accepted rows get them.</summary>
    public string? IndependentTests { get; init; }

    /// <summary>Further answers to the instruction, without tests; empty when none were requested or the row was not accepted.</summary>
    public IReadOnlyList<Draft> Candidates { get; init; } = [];

    /// <summary>The verdict on the row, or null when there is no row.</summary>
    public RowCritique? Critique { get; init; }

    /// <summary>Why there is no row, or null.</summary>
    public ChatFailure? Failure { get; init; }

    /// <summary>Why the row was given up before it was answered: its task repeats that of an accepted row. Null otherwise.</summary>
    public string? Repeats { get; init; }

    /// <summary>Rounds of discussion; 0 when there was none.</summary>
    public int Rounds { get; init; }

    /// <summary>Number of times the row was revised.</summary>
    public int Revisions { get; init; }

    /// <summary>The questions and answers, in an order that does not depend on which answer arrived first.</summary>
    public required IReadOnlyList<TranscriptTurn> Transcript { get; init; }

    /// <summary>Lessons that the prompts contained, as (language, lesson id).</summary>
    public required IReadOnlySet<(string Language, string Lesson)> Lessons { get; init; }
}
