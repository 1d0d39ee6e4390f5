using XCoder.Agents.Rows;

namespace XCoder.Agents.Mining;

/// <summary>What a row is to be made of.</summary>
/// <param name="Task">What it asks for.</param>
/// <param name="Source">Node of the code it starts from.</param>
/// <param name="Target">Node of the code it ends in; the same where it has no twin.</param>
/// <param name="Pair">Number of the twins, or -1.</param>
internal readonly record struct MinedItem(RowTask Task, int Source, int Target, int Pair);
