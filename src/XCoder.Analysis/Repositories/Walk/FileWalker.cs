using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Detect;
using XCoder.Analysis.Repositories.Ignore;

namespace XCoder.Analysis.Repositories.Walk;

/// <summary>
/// Walks work trees and yields each file once, either to be parsed or skipped with a reason. Opens only ignore files,
/// follows no links, and leaves nested work trees to <see cref="RepositoryLocator"/>. Thread-safe.
/// </summary>
internal sealed class FileWalker
{
    private readonly WalkOptions _options;
    private readonly string? _workspace;

    /// <summary>Creates a walker.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size limit is below 1.</exception>
    public FileWalker(WalkOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxFileBytes, 1);
        _options = options;
        _workspace = options.Workspace is { } path ? RepositoryLocator.Canonical(path) : null;
    }

    /// <summary>
    /// Walks the paths of a work tree one after the other. Entries of a path come in ordinal order and are read lazily.
    /// A path named in <see cref="LocatedRepository.Paths"/> is walked even if an ignore file excludes it.
    /// </summary>
    public IEnumerable<WalkEntry> Walk(LocatedRepository located, CancellationToken cancellation = default)
    {
        var tree = new FolderTree(located.Repository.Root, _workspace);
        var root = located.Repository.Root.TrimEnd('/') + "/";
        foreach (var path in located.Paths)
        {
            foreach (var entry in WalkPath(tree, root, path, cancellation))
            {
                yield return entry;
            }
        }
    }

    private IEnumerable<WalkEntry> WalkPath(FolderTree tree, string root, string path, CancellationToken cancellation)
    {
        var slash = path.LastIndexOf('/') + 1;
        var start = new FolderEntry(path[slash..], null, EntryKind.File);
        tree.Path.Set(path[..slash], start);
        var facts = NativeFiles.Look(tree.Path.Full);
        if (path.Length > 0 && facts.Kind != EntryKind.Folder)
        {
            yield return Classify(tree, root, path, start with { Kind = facts.Kind }, default);
            yield break;
        }

        if (tree.Start(path, out var error) is not { } first)
        {
            yield return new SkippedFiles(path + "/", SkipReason.Unreadable, 1, error);
            yield break;
        }

        var open = new Stack<(Folder Folder, int Next)>();
        open.Push((first, 0));
        while (open.TryPop(out var top))
        {
            cancellation.ThrowIfCancellationRequested();
            var folder = top.Folder;
            for (var i = top.Next; i < folder.Entries.Count; i++)
            {
                var entry = folder.Entries[i];
                if (entry.Kind != EntryKind.Folder)
                {
                    if (JudgeFile(tree, root, folder, entry) is { } file)
                    {
                        yield return file;
                    }

                    continue;
                }

                var skipped = JudgeFolder(tree, folder, entry, cancellation, out var inner);
                if (skipped != null)
                {
                    yield return skipped;
                }
                else if (inner != null)
                {
                    open.Push((folder, i + 1));
                    open.Push((inner, 0));
                    break;
                }
            }
        }
    }

    private WalkEntry? JudgeFile(FolderTree tree, string root, Folder folder, FolderEntry entry)
    {
        if (AdministrativeFolders.Contains(entry.Name))
        {
            return null;
        }

        var path = folder.Path + entry.Name;
        return tree.IsIgnored(folder, entry)
            ? new SkippedFiles(path, SkipReason.Ignored, 1)
            : Classify(tree, root, path, entry, tree.AttributesOf(folder, entry));
    }

    // The tree's current path must already point at the entry.
    private WalkEntry Classify(FolderTree tree, string root, string path, FolderEntry entry, GitAttributes attributes)
    {
        switch (entry)
        {
            case { Kind: EntryKind.Link }:
                return new SkippedFiles(path, SkipReason.Link, 1);
            case { Kind: EntryKind.Other }:
                return new SkippedFiles(path, SkipReason.NotAFile, 1);
            case { RawName: not null }:
                return new SkippedFiles(path, SkipReason.Unreadable, 1, "the name is not valid UTF-8");
        }

        if (attributes is { IsVendored: true } or { IsGenerated: true })
        {
            return new SkippedFiles(path, attributes.IsVendored == true ? SkipReason.Vendored : SkipReason.Generated, 1,
                "says " + AttributeRules.FileName);
        }

        if (!_options.MayBeSource(path) && attributes.Language is null)
        {
            return new SkippedFiles(path, SkipReason.UnknownLanguage, 1);
        }

        var facts = NativeFiles.Look(tree.Path.Full);
        var limit = Math.Max(_options.MaxFileBytes, _options.OwnLimit(path));
        return facts.Kind switch
        {
            EntryKind.Missing => new SkippedFiles(path, SkipReason.Unreadable, 1, facts.Error),
            EntryKind.Link => new SkippedFiles(path, SkipReason.Link, 1),
            EntryKind.File when facts.Size > limit =>
                new SkippedFiles(path, SkipReason.TooLarge, 1, $"{facts.Size} bytes, the limit is {limit}"),
            EntryKind.File => new FoundFile(path, root + path, facts.Size, facts.Modified) { Attributes = attributes },
            _ => new SkippedFiles(path, SkipReason.NotAFile, 1),
        };
    }

    private SkippedFiles? JudgeFolder(FolderTree tree, Folder parent, FolderEntry entry, CancellationToken cancellation,
        out Folder? inner)
    {
        var fate = tree.Judge(parent, entry, out inner, out var error);
        var path = parent.Path + entry.Name + "/";
        return fate switch
        {
            FolderDecision.Ignored => Pruned(SkipReason.Ignored),
            FolderDecision.Vendored => Pruned(SkipReason.Vendored),
            FolderDecision.Unreadable =>
                new SkippedFiles(path, SkipReason.Unreadable, Math.Max(1, Count()), error),
            _ => null,
        };

        // A folder without files excludes nothing, so it is not reported.
        SkippedFiles? Pruned(SkipReason reason) =>
            Count() is > 0 and var files ? new SkippedFiles(path, reason, files) : null;

        int Count() => _options.CountsPruned ? FileCounter.Count(tree.Path.Full, cancellation) : 1;
    }
}

/// <summary>Options of a walk.</summary>
internal sealed record WalkOptions
{
    /// <summary>Maximum file size in bytes, at least 1; larger files are skipped. Default 1 MiB.</summary>
    public long MaxFileBytes { get; init; } = 1 << 20;

    /// <summary>Maximum size of the file with a path, in bytes, where it exceeds <see cref="MaxFileBytes"/>. Default: of none.</summary>
    public Func<string, long> OwnLimit { get; init; } = _ => 0;

    /// <summary>Absolute path of the workspace, which is always skipped and counted as ignored; null for none.</summary>
    public string? Workspace { get; init; }

    /// <summary>
    /// Tells from the path alone whether a file may be source code (<see cref="LanguageDetector.MayBeSource"/>). Other
    /// files are skipped as unknown language without a further look. Default: every file may be.
    /// </summary>
    public Func<string, bool> MayBeSource { get; init; } = _ => true;

    /// <summary>
    /// Whether to count the files of folders that are skipped as a whole, such as <c>node_modules</c>, for which their folders must be
    /// read; otherwise each counts as one file. Default true.
    /// </summary>
    public bool CountsPruned { get; init; } = true;
}

/// <summary>A result of the walk: a <see cref="FoundFile"/> or <see cref="SkippedFiles"/>.</summary>
/// <param name="Path">
/// Path below the root, <c>/</c>-separated. It ends in <c>/</c> for a folder that is skipped as a whole.
/// </param>
internal abstract record WalkEntry(string Path);

/// <summary>A regular file to parse.</summary>
/// <param name="Path">Path below the root, <c>/</c>-separated.</param>
/// <param name="FullPath">Absolute path.</param>
/// <param name="Size">Length in bytes at the time of the walk; at most the limit.</param>
/// <param name="Modified">Time of the last change, in nanoseconds since 1970.</param>
internal sealed record FoundFile(string Path, string FullPath, long Size, long Modified) : WalkEntry(Path)
{
    /// <summary>What git's attributes say about it.</summary>
    public GitAttributes Attributes { get; init; }
}

/// <summary>A skipped file, or all files of a skipped folder.</summary>
/// <param name="Path">Path below the root, <c>/</c>-separated; ends in <c>/</c> for a folder.</param>
/// <param name="Reason">Why it was skipped.</param>
/// <param name="Files">Number of files; at least 1 for a folder that cannot be read.</param>
/// <param name="Detail">A detail that helps a person to fix the problem, or null.</param>
internal sealed record SkippedFiles(string Path, SkipReason Reason, int Files, string? Detail = null) : WalkEntry(Path);

/// <summary>Counts the files in a skipped folder. It only reads directories and opens no files.</summary>
internal static class FileCounter
{
    /// <summary>
    /// Counts everything below the folder except folders. Links count but are not followed; version control's own
    /// folders are left out. Folders that cannot be read count as empty.
    /// </summary>
    public static int Count(ReadOnlySpan<byte> path, CancellationToken cancellation)
    {
        var count = 0;
        var pending = new Stack<byte[]>();
        pending.Push(path.ToArray());
        while (pending.TryPop(out var folder))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var entry in NativeFiles.List(folder, out _) ?? [])
            {
                if (entry.Kind != EntryKind.Folder)
                {
                    count++;
                }
                else if (!AdministrativeFolders.Contains(entry.Name))
                {
                    var end = folder.AsSpan().IndexOf((byte)0);
                    pending.Push(
                        [.. folder.AsSpan(0, end), (byte)'/', .. entry.RawName ?? System.Text.Encoding.UTF8.GetBytes(entry.Name), 0]);
                }
            }
        }

        return count;
    }
}
