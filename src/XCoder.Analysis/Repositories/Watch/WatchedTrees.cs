using XCoder.Analysis.Repositories.Ignore;
using XCoder.Analysis.Repositories.Walk;

namespace XCoder.Analysis.Repositories.Watch;

/// <summary>
/// Tells changes that may matter to indexing from those in folders that it does not enter (version control's own, ignored and vendored
/// ones, the other end of a link) and of files that are no source. It judges as the walk does. Where it cannot tell it says that a
/// change matters: a comparison of states follows. Made for one state, because a change of an ignore file may change its answers.
/// </summary>
internal sealed class WatchedTrees
{
    private static readonly string[] RuleFiles = [IgnoreRules.GitFile, IgnoreRules.OwnFile, AttributeRules.FileName];

    private readonly Lock _gate = new();
    private readonly WalkOptions _options;
    private readonly List<WatchedTree> _trees;
    private readonly List<string> _starts;
    private readonly string? _workspace;

    public WatchedTrees(TreeState state, WalkOptions options)
    {
        _options = options;
        _workspace = options.Workspace is { } path ? RepositoryLocator.Canonical(path) : null;

        _starts = [.. state.Present.Select(RepositoryLocator.Canonical)];

        // The innermost work tree decides.
        _trees = [.. state.Repositories.SelectMany(located => located.Paths.Select(path => new WatchedTree(located.Repository.Root, path)))
            .OrderByDescending(static tree => tree.Start.Length)];
    }

    /// <summary>Whether a change at an absolute path may change what indexing finds.</summary>
    public bool MayMatter(string path)
    {
        if ((_workspace is { } workspace && IsBelow(path, workspace)) || IsInAdministrativeFolder(path))
        {
            return false;
        }

        lock (_gate)
        {
            return _trees.Find(tree => IsBelow(path, tree.Start)) is not { } tree || MayMatter(tree, path);
        }
    }

    private bool MayMatter(WatchedTree tree, string path)
    {
        if (path.Length == tree.Start.Length)
        {
            return true;
        }

        tree.Rules ??= new FolderTree(tree.Root, _workspace);
        var below = path[tree.Start.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        var folder = tree.Folders.TryGetValue("", out var known) ? known : tree.Folders[""] = tree.Rules.Start(tree.Path, out _);
        for (var i = 0; i < below.Length - 1 && folder is not null; i++)
        {
            switch (Enter(tree, folder, below[i]))
            {
                case (false, _):
                    return false;
                case (true, var inner):
                    folder = inner;
                    break;
            }
        }

        return folder is null || below.Length == 0 || LastMatters(tree, folder, below[^1]);
    }

    // Whether the walk enters a folder; null for the folder if this is not known.
    private static (bool Enters, Folder? Folder) Enter(WatchedTree tree, Folder parent, string name)
    {
        var path = parent.Path + name;
        if (tree.Folders.TryGetValue(path, out var known))
        {
            return (known is not null, known);
        }

        if (Find(parent, name) is not { } entry)
        {
            return (true, null);
        }

        if (entry.Kind != EntryKind.Folder)
        {
            return (false, null);
        }

        switch (tree.Rules!.Judge(parent, entry, out var inner, out _))
        {
            case FolderDecision.Enter:
                tree.Folders[path] = inner;
                return (true, inner);
            case FolderDecision.Pass or FolderDecision.Ignored or FolderDecision.Vendored:
                tree.Folders[path] = null;
                return (false, null);
            default:
                return (true, null);
        }
    }

    private bool LastMatters(WatchedTree tree, Folder parent, string name)
    {
        if (Array.IndexOf(RuleFiles, name) >= 0 || AdministrativeFolders.Contains(name))
        {
            return true;
        }

        var path = parent.Path + name;
        if (Find(parent, name) is not { } entry)
        {
            tree.Rules!.Path.Set(parent.Path, new FolderEntry(name, null, EntryKind.File));
            entry = new FolderEntry(name, null, NativeFiles.Look(tree.Rules.Path.Full).Kind);
        }

        return entry.Kind switch
        {
            EntryKind.Missing => true,
            EntryKind.Folder => tree.Rules!.Judge(parent, entry, out _, out _) is not (FolderDecision.Ignored or FolderDecision.Vendored),
            EntryKind.File => (_options.MayBeSource(path) || tree.Rules!.AttributesOf(parent, entry).Language is not null)
                && !tree.Rules!.IsIgnored(parent, entry),
            _ => true,
        };
    }

    private static FolderEntry? Find(Folder folder, string name)
    {
        for (var i = 0; i < folder.Entries.Count; i++)
        {
            if (folder.Entries[i].Name == name)
            {
                return folder.Entries[i];
            }
        }

        return null;
    }

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || folder.EndsWith('/')
            || path[folder.Length] == '/');

    // Also below a folder that has become a work tree since.
    private bool IsInAdministrativeFolder(string path) =>
        _starts.Find(start => IsBelow(path, start)) is { } start
            && Array.Exists(path[start.Length..].Split('/')[..^1], AdministrativeFolders.Contains);

    // Folders: by path below the root, but the start by ""; null for one that the walk does not enter.
    private sealed class WatchedTree(string root, string path)
    {
        public string Root { get; } = root;

        public string Path { get; } = path;

        public string Start { get; } = path.Length == 0 ? root : System.IO.Path.Join(root, path);

        public FolderTree? Rules { get; set; }

        public Dictionary<string, Folder?> Folders { get; } = new(StringComparer.Ordinal);
    }
}
