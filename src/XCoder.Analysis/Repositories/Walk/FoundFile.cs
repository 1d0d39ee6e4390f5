namespace XCoder.Analysis.Repositories.Walk;

/// <summary>A regular file to be looked at.</summary>
/// <param name="Path">Path below the root, <c>/</c>-separated.</param>
/// <param name="FullPath">Absolute path.</param>
/// <param name="Size">Length in bytes when it was walked, at most the limit.</param>
/// <param name="Modified">Time of the last change, nanoseconds since 1970.</param>
internal sealed record FoundFile(string Path, string FullPath, long Size, long Modified) : WalkEntry(Path);
