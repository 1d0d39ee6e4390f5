namespace XCoder.Analysis.Indexing;

/// <summary>A file that should have been processed and was not.</summary>
/// <param name="Repository">Its repository.</param>
/// <param name="Path">Its path below the repository's root.</param>
/// <param name="Reason">Name of the skip reason.</param>
/// <param name="Detail">What happened, in words.</param>
public sealed record FileLoss(string Repository, string Path, string Reason, string Detail);
