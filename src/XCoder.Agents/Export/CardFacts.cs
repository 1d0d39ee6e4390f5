namespace XCoder.Agents.Export;

/// <summary>What a data card says besides what was counted.</summary>
internal sealed record CardFacts
{
    /// <summary>Version of the tool.</summary>
    public required string Tool { get; init; }

    /// <summary>What was chosen, as on the command line: name and value.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Choices { get; init; } = [];

    /// <summary>The runs that made the rows: kind, and options as JSON.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Runs { get; init; } = [];
}
