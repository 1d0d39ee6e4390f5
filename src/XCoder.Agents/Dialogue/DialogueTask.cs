using XCoder.Agents.Prompts;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Dialogue;

/// <summary>The plan for one row. It is fixed before any model is asked, and no answer changes it.</summary>
public sealed record DialogueTask
{
    /// <summary>How the row is written.</summary>
    public required Protocol Protocol { get; init; }

    /// <summary>The agent whose language the response is written in.</summary>
    public required Agent Target { get; init; }

    /// <summary>The agents that discuss, in speaking order. The first is the main agent of a centralised discussion.</summary>
    public required IReadOnlyList<Agent> Agents { get; init; }

    /// <summary>
    /// The agent that writes tests without seeing the response; of another language where possible. Null means no particular agent.
    /// </summary>
    public Agent? Tester { get; init; }

    /// <summary>Label of the concept; empty when there is none.</summary>
    public string Concept { get; init; } = "";

    /// <summary>The seed, as a data block.</summary>
    public required string Seed { get; init; }

    /// <summary>A given task, as for a translation; empty when the agents write the task.</summary>
    public string Instruction { get; init; } = "";

    /// <summary>The retrieved context, as data blocks; empty when there is none.</summary>
    public string Context { get; init; } = "";

    /// <summary>What the row is asked to be like; nothing where the task is given.</summary>
    public Draw Draw { get; init; } = Draw.None;

    /// <summary>Repositories whose text the seed and the context contain.</summary>
    public required IReadOnlyList<string> Repositories { get; init; }

    /// <summary>Returns a sentence that names the accepted row which an instruction repeats, or null. Thread-safe.</summary>
    internal Func<string, string?> FindRepeated { get; init; } = _ => null;

    /// <summary>Number of the attempt, from 0. A new attempt asks every question anew.</summary>
    public int Attempt { get; init; }
}
