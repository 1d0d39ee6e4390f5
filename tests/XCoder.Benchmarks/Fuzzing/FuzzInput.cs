using XCoder.Analysis.Model;

namespace XCoder.Benchmarks.Fuzzing;

/// <summary>One input: what seed, number and the samples make of it, always the same.</summary>
/// <param name="Number">Its number; from <see cref="FuzzInputs.FirstRoslyn"/> on it is for the C# compiler.</param>
/// <param name="Language">The language it is read as.</param>
/// <param name="Text">The bytes.</param>
internal sealed record FuzzInput(long Number, Language Language, byte[] Text);
