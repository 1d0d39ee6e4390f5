using XCoder.Agents.Rows;

namespace XCoder.Agents.Generation;

/// <summary>A row to be written.</summary>
/// <param name="Kind">What it is to be.</param>
/// <param name="Protocol">How it is written.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Target">Language id of the response.</param>
/// <param name="Use">How often the same was planned before: each time the model is asked anew.</param>
internal sealed record WorkItem(RowKind Kind, Protocol Protocol, PlannedSeed Seed, string Target, int Use = 0);
