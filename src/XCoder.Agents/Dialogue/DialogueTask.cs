using XCoder.Agents.Rows;

namespace XCoder.Agents.Dialogue;

/// <summary>What a row is to be written of. Everything here was decided before any model was asked, and no answer changes it.</summary>
public sealed record DialogueTask
{
    /// <summary>How.</summary>
    public required Protocol Protocol { get; init; }

    /// <summary>The agent whose language the response is in.</summary>
    public required Agent Target { get; init; }

    /// <summary>The agents that discuss, in the order of their say; the main agent of a centralised discussion is the first.</summary>
    public required IReadOnlyList<Agent> Agents { get; init; }

    /// <summary>
    /// The agent that tests the response without seeing it: of another language where there is one; null: one of no language.
    /// </summary>
    public Agent? Tester { get; init; }

    /// <summary>Label of the concept; empty where there is none.</summary>
    public string Concept { get; init; } = "";

    /// <summary>The seed, delimited.</summary>
    public required string Seed { get; init; }

    /// <summary>The task where it is given and not to be written, as for a translation; empty else.</summary>
    public string Instruction { get; init; } = "";

    /// <summary>The retrieved context, delimited; empty where there is none.</summary>
    public string Context { get; init; } = "";

    /// <summary>Repositories whose text the seed and the context hold.</summary>
    public required IReadOnlyList<string> Repositories { get; init; }

    /// <summary>Number of the attempt, from 0: another one asks everything anew.</summary>
    public int Attempt { get; init; }
}
