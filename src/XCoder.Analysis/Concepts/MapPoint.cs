using XCoder.Analysis.Model;

namespace XCoder.Analysis.Concepts;

/// <summary>A point of a map: a distinct code.</summary>
/// <param name="Snippet">The snippet that stands for it.</param>
/// <param name="X">To the right, in no unit.</param>
/// <param name="Y">Upwards, in the same unit.</param>
/// <param name="Concept">Number of its concept in <see cref="MapData.Concepts"/>, or -1.</param>
public sealed record MapPoint(Snippet Snippet, float X, float Y, int Concept = -1);
