namespace XCoder.Benchmarks.Fuzzing;

/// <summary>Something that must hold of every extraction does not.</summary>
internal sealed class FuzzException(string message) : Exception(message);
