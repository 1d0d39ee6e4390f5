namespace XCoder.Agents.Decontamination;

/// <summary>A text of a benchmark's problem.</summary>
/// <param name="Problem">Id of the problem.</param>
/// <param name="Field">Field or fields it was read from, such as <c>prompt</c>.</param>
/// <param name="Text">The text.</param>
public sealed record BenchmarkText(string Problem, string Field, string Text);
