using XCoder.Analysis.Model;

namespace XCoder.Analysis.Repositories.Walk;

/// <summary>A file, or all files of a folder, left out.</summary>
/// <param name="Path">Path below the root, <c>/</c>-separated; ends in <c>/</c> for a folder.</param>
/// <param name="Reason">Why.</param>
/// <param name="Files">How many files; 1 for a folder that cannot be read.</param>
/// <param name="Detail">More for a person to act on, or null.</param>
internal sealed record SkippedFiles(string Path, SkipReason Reason, int Files, string? Detail = null) : WalkEntry(Path);
