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
