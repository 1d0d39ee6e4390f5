using XCoder.Agents.Dialogue;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Generation;

/// <summary>A row to be written.</summary>
/// <param name="Dataset">Its data set.</param>
/// <param name="Protocol">How it is written.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Target">Language id of the response.</param>
public sealed record WorkItem(Dataset Dataset, Protocol Protocol, PlannedSeed Seed, string Target);
