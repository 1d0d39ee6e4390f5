using XCoder.Agents.Verification.Compiling;
using XCoder.Agents.Verification.Sandbox;

namespace XCoder.Agents.Verification.Gates;

/// <summary>How responses are verified.</summary>
public sealed record VerifierOptions
{
    /// <summary>What a program may use.</summary>
    public SandboxLimits Limits { get; init; } = new();

    /// <summary>What the C# compiler may use for a program.</summary>
    public CompilerLimits Compiler { get; init; } = new();

    /// <summary>Whether only what passes tests of two agents is verified: those of its author and those of one that has not seen it. Default true.</summary>
    public bool NeedsIndependentTests { get; init; } = true;

    /// <summary>Changed responses of which the tests must fail at least one, 0 or more; 0 asks for none. Default 8.</summary>
    public int Mutations { get; init; } = 8;
}
