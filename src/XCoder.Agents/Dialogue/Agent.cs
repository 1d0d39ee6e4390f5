using XCoder.Agents.Memory;

namespace XCoder.Agents.Dialogue;

/// <summary>A language's agent as an epoch sees it.</summary>
public sealed record Agent
{
    /// <summary>Language id.</summary>
    public required string Language { get; init; }

    /// <summary>Name of the language for people.</summary>
    public required string Name { get; init; }

    /// <summary>What is usual in the corpus, one line; empty where nothing is known.</summary>
    public string Style { get; init; } = "";

    /// <summary>In what form tests in its language can be run; empty where nothing is known.</summary>
    public string TestGuide { get; init; } = "";

    /// <summary>Its memory at the epoch's start.</summary>
    public required AgentMemory Memory { get; init; }

    /// <summary>Accepted rows of its own, delimited.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];
}

/// <summary>What parsers say of code in the response's language.</summary>
/// <param name="Faults">Faults that need no model, such as syntax errors; empty where there are none.</param>
/// <param name="Declarations">What the code declares, without bodies; empty where nothing is found.</param>
public sealed record CodeInspector(Func<string, IReadOnlyList<string>> Faults, Func<string, string> Declarations)
{
    /// <summary>Knows nothing.</summary>
    public static CodeInspector None { get; } = new(_ => [], _ => "");
}

/// <summary>A row as the agents write it.</summary>
/// <param name="Instruction">The task.</param>
/// <param name="Code">The code of the response, without a fence.</param>
/// <param name="Explanation">What it does; may be empty.</param>
/// <param name="Tests">Its tests, or null.</param>
public sealed record Draft(string Instruction, string Code, string Explanation, string? Tests);
