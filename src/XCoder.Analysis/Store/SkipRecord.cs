using XCoder.Analysis.Model;

namespace XCoder.Analysis.Store;

/// <summary>A file, or a pruned folder of files, that was left out.</summary>
/// <param name="Path">Path below the repository's root; ends in <c>/</c> for a folder.</param>
/// <param name="Reason">Why.</param>
/// <param name="Files">Number of files.</param>
/// <param name="Language">Language id where it is known.</param>
/// <param name="Detail">What happened, in words, or null.</param>
public sealed record SkipRecord(string Path, SkipReason Reason, int Files = 1, string? Language = null, string? Detail = null);
