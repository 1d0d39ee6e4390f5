namespace XCoder.Agents.Reports;

/// <summary>Limits of a run's report.</summary>
public sealed record RunReportOptions
{
    /// <summary>Most rows shown in full, spread over language pairs. Default: 200.</summary>
    public int Samples { get; init; } = 200;

    /// <summary>Most characters shown of an instruction, a response or a turn. Default: 8,000.</summary>
    public int MaxCharacters { get; init; } = 8_000;

    /// <summary>Most turns shown of a transcript. Default: 40.</summary>
    public int MaxTurns { get; init; } = 40;
}
