using XCoder.Analysis.Duplicates;

namespace XCoder.Analysis.Semantic;

/// <summary>What a threshold buys.</summary>
/// <param name="Threshold">Lowest margin of a pair across languages.</param>
/// <param name="Pairs">Pairs at or above it.</param>
/// <param name="Precision">Expected share of them that are the same, or null.</param>
/// <param name="Recall">Share of the pairs known to be the same that are among them, or null.</param>
public sealed record CalibrationPoint(double Threshold, int Pairs, Estimate? Precision, Estimate? Recall);
