using XCoder.Analysis.Duplicates;

namespace XCoder.Agents.Reports;

/// <summary>A measure of two runs.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Pairs">Rows of which both runs have a value.</param>
/// <param name="First">Mean of the first, or null without rows.</param>
/// <param name="Second">Mean of the second.</param>
/// <param name="Difference">Second less first with its 95 % interval over pairs.</param>
public sealed record ComparedMeasure(string Name, int Pairs, double? First, double? Second, Estimate? Difference);
