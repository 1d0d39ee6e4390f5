namespace XCoder.Agents.Verification.Toolchains;

/// <summary>Type parameters of functions.</summary>
internal sealed record GenericRule
{
    /// <summary>Regular expression of signatures that have some; its group <c>names</c> holds them.</summary>
    public required string Names { get; init; }

    /// <summary>The type they are taken for.</summary>
    public required string As { get; init; }
}
