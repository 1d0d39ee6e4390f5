namespace XCoder.Agents.Dialogue;

/// <summary>A row as the agents write it.</summary>
/// <param name="Instruction">The task.</param>
/// <param name="Code">The code of the response, without a fence.</param>
/// <param name="Explanation">What it does; may be empty.</param>
/// <param name="Tests">Its tests, or null.</param>
public sealed record Draft(string Instruction, string Code, string Explanation, string? Tests);
