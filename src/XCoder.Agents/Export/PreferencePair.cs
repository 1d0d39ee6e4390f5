using XCoder.Agents.Rows;

namespace XCoder.Agents.Export;

/// <summary>Two answers to one instruction, ordered by evidence.</summary>
/// <param name="Row">The row: its instruction is the prompt, its response the better answer.</param>
/// <param name="Rejected">The worse answer.</param>
/// <param name="Margin">By how much the better one is better, in [0, 10]; null where the evidence is no number.</param>
/// <param name="Evidence">What shows that it is, one a line.</param>
public sealed record PreferencePair(InstructionRow Row, string Rejected, double? Margin, IReadOnlyList<string> Evidence);
