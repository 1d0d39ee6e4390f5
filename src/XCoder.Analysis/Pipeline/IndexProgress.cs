namespace XCoder.Analysis.Pipeline;

/// <summary>How far an index run is. Numbers only grow.</summary>
/// <param name="Repository">Repository at work.</param>
/// <param name="RepositoriesDone">Repositories finished.</param>
/// <param name="Repositories">Repositories in all.</param>
/// <param name="FilesDone">Files read, unchanged ones included.</param>
/// <param name="FilesFound">Files the walk has found so far that will be read.</param>
/// <param name="Bytes">Bytes read.</param>
/// <param name="WalkIsComplete">Whether <paramref name="FilesFound"/> is final for the repositories met so far.</param>
public sealed record IndexProgress(string Repository, int RepositoriesDone, int Repositories, int FilesDone, int FilesFound, long Bytes, bool WalkIsComplete);
