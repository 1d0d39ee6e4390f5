namespace XCoder.Analysis.Repositories.Git;

/// <summary>Tells which work trees around a path have it under version control.</summary>
internal static class GitTracking
{
    /// <summary>Roots of the work trees whose git tracks a path or something below it, innermost first.</summary>
    /// <param name="path">Absolute path without links on the way.</param>
    public static IEnumerable<string> Roots(string path)
    {
        for (var root = Path.GetDirectoryName(path); root is not null; root = Path.GetDirectoryName(root))
        {
            if ((GitFolder.Find(root) ?? Linked(root)) is { } git && GitIndex.Tracks(git, Path.GetRelativePath(root, path)))
            {
                yield return root;
            }
        }
    }

    // Tools that share one clone make .git a link. A repository cannot bring such a link along.
    private static GitFolder? Linked(string root) =>
        NativeFiles.RealPath(Path.Join(root, ".git")) is { } folder && Directory.Exists(folder) ? new GitFolder(folder + "/", folder + "/")
            : null;
}
