namespace XCoder.Analysis.Repositories;

/// <summary>What <c>lstat</c> tells of a path.</summary>
/// <param name="Kind">What is there.</param>
/// <param name="Size">Length in bytes.</param>
/// <param name="Modified">Time of the last change, nanoseconds since 1970.</param>
/// <param name="Error">Why nothing could be told, else null.</param>
internal readonly record struct FileFacts(EntryKind Kind, long Size, long Modified, string? Error);
