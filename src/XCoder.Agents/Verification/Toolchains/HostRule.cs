namespace XCoder.Agents.Verification.Toolchains;

/// <summary>What is put around functions that stand without the type they belong to.</summary>
internal sealed record HostRule
{
    /// <summary>Name of the type that is put around them.</summary>
    public const string Name = "XCoderHost";

    /// <summary>Regular expression of code that needs it; null: all that stands in no type.</summary>
    public string? When { get; init; }

    /// <summary>Before the code.</summary>
    public required string Open { get; init; }

    /// <summary>After it.</summary>
    public required string Close { get; init; }
}
