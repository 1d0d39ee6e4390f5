using XCoder.Agents.Memory;

namespace XCoder.Agents.Dialogue;

/// <summary>A language's agent as it is during one epoch.</summary>
public sealed record Agent
{
    /// <summary>Language id.</summary>
    public required string Language { get; init; }

    /// <summary>Display name of the language.</summary>
    public required string Name { get; init; }

    /// <summary>Usual style of the corpus, on one line; empty when unknown.</summary>
    public string Style { get; init; } = "";

    /// <summary>The form that tests in this language must have to be runnable; empty when unknown.</summary>
    public string TestGuide { get; init; } = "";

    /// <summary>The agent's memory at the start of the epoch.</summary>
    public required AgentMemory Memory { get; init; }

    /// <summary>Earlier accepted rows of the agent, as data blocks.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];
}

/// <summary>Inspects code in the response's language with parsers, without a model.</summary>
/// <param name="Faults">Returns faults such as syntax errors; empty when there are none.</param>
/// <param name="Declarations">Returns what the code declares, without bodies; empty when nothing is found.</param>
public sealed record CodeInspector(Func<string, IReadOnlyList<string>> Faults, Func<string, string> Declarations)
{
    /// <summary>An inspector that finds nothing.</summary>
    public static CodeInspector None { get; } = new(_ => [], _ => "");
}

/// <summary>A row as the agents write it.</summary>
/// <param name="Instruction">The task.</param>
/// <param name="Code">Code of the response, without a fence.</param>
/// <param name="Explanation">Explanation of the code; may be empty.</param>
/// <param name="Tests">Tests of the code, or null.</param>
public sealed record Draft(string Instruction, string Code, string Explanation, string? Tests);
