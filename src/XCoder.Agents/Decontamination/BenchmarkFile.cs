namespace XCoder.Agents.Decontamination;

/// <summary>A benchmark's file as it was read.</summary>
/// <param name="Source">The file.</param>
/// <param name="Texts">Its texts.</param>
public sealed record BenchmarkFile(FingerprintSource Source, IReadOnlyList<BenchmarkText> Texts);
