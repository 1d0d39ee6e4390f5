using XCoder.Agents.Rows;

namespace XCoder.Agents.Store;

/// <summary>Some of the rows; null means all.</summary>
/// <param name="Run">Of this run.</param>
/// <param name="Dataset">Of this data set.</param>
/// <param name="Verdict">With this verdict.</param>
/// <param name="Status">Whose verification ended so.</param>
/// <param name="Repository">With a seed of this repository.</param>
public sealed record RowSelection(long? Run = null, Dataset? Dataset = null, Verdict? Verdict = null, RowStatus? Status = null, string? Repository = null)
{
    /// <summary>All rows.</summary>
    public static RowSelection All { get; } = new();
}
