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

/// <summary>Inspects code in the response's language with parsers, compilers and programs, without a model.</summary>
/// <param name="Faults">Returns faults such as syntax errors; empty when there are none.</param>
/// <param name="Declarations">Returns what the code declares, without bodies; empty when nothing is found.</param>
/// <param name="Trial">
/// Compiles a draft and runs its tests in the sandbox; null where nothing can be said, as on a machine without one.
/// </param>
public sealed record CodeInspector(Func<string, IReadOnlyList<string>> Faults, Func<string, string> Declarations,
    Func<Draft, Task<DraftTrial?>> Trial)
{
    /// <summary>An inspector that finds nothing.</summary>
    public static CodeInspector None { get; } = new(_ => [], _ => "", _ => Task.FromResult<DraftTrial?>(null));
}

/// <summary>What compiling a draft and running its tests showed.</summary>
/// <param name="Result">The result.</param>
/// <param name="Evidence">What compiler or tests said, for a model to read.</param>
public sealed record DraftTrial(TrialResult Result, string Evidence);

/// <summary>Results of a trial.</summary>
public enum TrialResult
{
    /// <summary>The code is accepted by its compiler, and its tests pass.</summary>
    Passed,

    /// <summary>The code is refused by parser or compiler.</summary>
    Refused,

    /// <summary>The tests fail, or the code does not end.</summary>
    Failed,

    /// <summary>The tests do not build with the code, cannot be run, or say nothing about it.</summary>
    Unusable,
}

/// <summary>A row as the agents write it.</summary>
/// <param name="Instruction">The task.</param>
/// <param name="Code">Code of the response, without a fence.</param>
/// <param name="Explanation">Explanation of the code; may be empty.</param>
/// <param name="Tests">Tests of the code, or null.</param>
public sealed record Draft(string Instruction, string Code, string Explanation, string? Tests);
