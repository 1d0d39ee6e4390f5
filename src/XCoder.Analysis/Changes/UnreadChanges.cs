using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Detect;
using XCoder.Analysis.Repositories.Git;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Changes;

/// <summary>Source code that a change brings, and that was not read.</summary>
/// <param name="Path">Path of the file, or of a folder that was left out as a whole, which ends in <c>/</c>.</param>
/// <param name="Reason">Why it was not read.</param>
/// <param name="Files">How many files it stands for.</param>
public sealed record UnreadChange(string Path, SkipReason Reason, int Files);

/// <summary>
/// Finds source code that a change brings and that was not read: generated or vendored code, files that are too large or no text, what an
/// ignore file leaves out although git tracks it. A change may make any of its files so; a check must not pass silently over them.
/// </summary>
internal static class UnreadChanges
{
    // Of larger files it is not looked at whether they changed.
    private const int MostBytes = 64 << 20;

    /// <summary>Finds them, ordered by path.</summary>
    /// <param name="root">Absolute path of the work tree.</param>
    /// <param name="skips">What indexing left out. Losses are no matter of this: they are named anyway.</param>
    /// <param name="before">The base's files: path → name of the content.</param>
    /// <param name="mayBeSource">Whether a file is source code by its path.</param>
    /// <param name="cancellation">Cancels the comparison.</param>
    public static IReadOnlyList<UnreadChange> Find(string root, IEnumerable<SkipRecord> skips, IReadOnlyDictionary<string, string> before,
        Func<string, bool> mayBeSource, CancellationToken cancellation)
    {
        var tracked = new TrackedPaths(root);
        var folders = new Lazy<HashSet<string>>(() => [.. before.Keys.SelectMany(static path => Folders(path))]);
        return [.. skips.Where(skip => !skip.Reason.IsLoss() && IsNew(skip))
            .Select(static skip => new UnreadChange(skip.Path, skip.Reason, skip.Files))
            .OrderBy(static change => change.Path, StringComparer.Ordinal)];

        bool IsNew(SkipRecord skip)
        {
            cancellation.ThrowIfCancellationRequested();
            var isFolder = skip.Path.EndsWith('/');
            return skip.Reason switch
            {
                SkipReason.Link or SkipReason.NotAFile => false,
                // What git does not track, either, is nobody's change.
                SkipReason.Ignored when isFolder => tracked.HasBelow(skip.Path[..^1]) && !folders.Value.Contains(skip.Path),
                SkipReason.Ignored => mayBeSource(skip.Path) && tracked.Contains(skip.Path) && Differs(skip.Path),
                _ => isFolder ? !folders.Value.Contains(skip.Path) : mayBeSource(skip.Path) && Differs(skip.Path),
            };
        }

        bool Differs(string path) => !before.TryGetValue(path, out var blob)
            || (SourceFileReader.ReadSmall($"{root}/{path}", MostBytes) is { } bytes && GitObjects.BlobId(bytes) != blob);
    }

    private static IEnumerable<string> Folders(string path)
    {
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..(slash + 1)];
        }
    }
}
