using XCoder.Analysis.Model;

namespace XCoder.Analysis.Repositories.Walk;

/// <summary>A repository and the parts of it that paths on the command line stand for.</summary>
/// <param name="Repository">The repository; its root is free of links.</param>
/// <param name="Paths">
/// Paths below the root, <c>/</c>-separated, without a <c>/</c> at either end, none inside another, in ordinal
/// order; the one path <c>""</c> stands for the whole repository.
/// </param>
internal sealed record LocatedRepository(Repository Repository, IReadOnlyList<string> Paths)
{
    /// <summary>Whether all of the repository is meant.</summary>
    public bool IsWhole => Paths is [""];
}
