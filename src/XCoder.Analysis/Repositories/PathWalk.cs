namespace XCoder.Analysis.Repositories;

/// <summary>Follows a path link by link, as opening it does.</summary>
internal static class PathWalk
{
    private const int MostLinks = 40;

    /// <summary>
    /// Every path that opening a path goes through, below <c>/</c> and in order: folders and links, with all links before them followed.
    /// What does not exist is taken for a folder. Throws after 40 links, as the system does.
    /// </summary>
    /// <param name="path">Absolute path.</param>
    /// <exception cref="IOException">More than 40 links.</exception>
    public static IEnumerable<(string Path, bool IsLink)> Steps(string path)
    {
        var (at, links, left) = ("/", 0, new Stack<string>());
        Push(left, path);
        while (left.TryPop(out var part))
        {
            if (part == "..")
            {
                at = Path.GetDirectoryName(at) ?? "/";
                continue;
            }

            var next = at == "/" ? "/" + part : at + "/" + part;
            var target = new FileInfo(next).LinkTarget;
            yield return (next, target is not null);
            if (target is null)
            {
                at = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException($"{path} is a link to itself");
            }

            at = Path.IsPathRooted(target) ? "/" : at;
            Push(left, target);
        }
    }

    private static void Push(Stack<string> left, string path)
    {
        foreach (var part in path.Split('/').Where(part => part is not ("" or ".")).Reverse())
        {
            left.Push(part);
        }
    }
}
