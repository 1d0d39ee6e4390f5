namespace XCoder.Agents.Memory;

/// <summary>Why a row is not new.</summary>
/// <param name="Row">Id of the row it repeats.</param>
/// <param name="Measure"><c>Jaccard</c> (of the instructions) or <c>cosine</c> (of the responses).</param>
/// <param name="Value">Its value.</param>
internal sealed record RepeatedRow(string Row, string Measure, double Value);
