using System.Text;
using XCoder.Analysis.Repositories.Git;
using XCoder.Analysis.Repositories.Ignore;

namespace XCoder.Analysis.Repositories.Walk;

/// <summary>
/// Reads the folders of one work tree and decides which belong to it. The walk and the search for work trees both
/// stand on this, so that they agree.
/// </summary>
internal sealed class FolderTree
{
    private readonly string _root;
    private readonly string? _workspace;
    private readonly IgnoreRules _outermost;
    private readonly bool _isWorkTree;

    /// <summary>The tree below an absolute path; <paramref name="workspace"/> is an absolute path left out, or null.</summary>
    public FolderTree(string root, string? workspace)
    {
        _root = root.EndsWith('/') ? root : root + "/";
        _workspace = workspace is { } path && (path + "/").StartsWith(_root, StringComparison.Ordinal)
            ? path[Math.Min(_root.Length, path.Length)..]
            : null;
        _outermost = IgnoreRules.OfWorkTree(_root);
        _isWorkTree = GitFolder.IsWorkTree(_root);
        Path = new BytePath(_root);
    }

    /// <summary>The path last judged or opened.</summary>
    public BytePath Path { get; }

    /// <summary>
    /// Opens the folder a walk starts in; null and why where it cannot be read. Ignore files above it count, unless
    /// they leave out the folder as a whole: who names a folder means it.
    /// </summary>
    public Folder? Start(string relative, out string? error)
    {
        var folder = "";
        var rules = _outermost;
        var parts = relative.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in parts)
        {
            rules = rules.Within(_root + folder, Encoding.UTF8.GetByteCount(folder), hasGit: true, hasOwn: true);
            Path.Set(folder, new FolderEntry(part, null, EntryKind.Folder));
            if (rules.Judge(Path, isFolder: true) == IgnoreVerdict.Ignored)
            {
                rules = default;
            }

            folder += part + "/";
        }

        Path.SetFolder(folder);
        var entries = NativeFiles.List(Path.Full, out error);
        return entries == null ? null : Open(folder, entries, rules);
    }

    /// <summary>Whether ignore files, or the place of the workspace, leave a file, link or folder out.</summary>
    public bool IsIgnored(Folder parent, FolderEntry entry)
    {
        Path.Set(parent.Path, entry);
        var isFolder = entry.Kind == EntryKind.Folder;
        return parent.Rules.Judge(Path, isFolder) == IgnoreVerdict.Ignored || (isFolder && IsWorkspace(parent, entry));
    }

    /// <summary>What to do with a folder, and the folder itself where it is to be entered.</summary>
    public FolderDecision Judge(Folder parent, FolderEntry entry, out Folder? folder, out string? error)
    {
        folder = null;
        error = null;
        if (AdministrativeFolders.Contains(entry.Name))
        {
            return FolderDecision.Pass;
        }

        if (IsIgnored(parent, entry))
        {
            return FolderDecision.Ignored;
        }

        if (entry.RawName != null)
        {
            error = "the name is not valid UTF-8";
            return FolderDecision.Unreadable;
        }

        // Within a work tree a vendored submodule is vendored; among clones, one named `vendor` is a clone.
        var path = parent.Path + entry.Name + "/";
        var entries = NativeFiles.List(Path.Full, out error);
        var isWorkTree = entries != null && GitFolder.IsWorkTree(_root + path, entries);
        if (isWorkTree && !_isWorkTree)
        {
            return FolderDecision.WorkTree;
        }

        if (VendoredFolders.Contains(entry.Name, parent.Entries, entries ?? []) && !parent.Rules.IsAskedFor(Path))
        {
            return FolderDecision.Vendored;
        }

        if (entries == null)
        {
            return FolderDecision.Unreadable;
        }

        if (isWorkTree)
        {
            return FolderDecision.WorkTree;
        }

        folder = Open(path, entries, parent.Rules);
        return FolderDecision.Enter;
    }

    private bool IsWorkspace(Folder parent, FolderEntry entry) =>
        _workspace is { } workspace
        && workspace.Length == parent.Path.Length + entry.Name.Length
        && workspace.StartsWith(parent.Path, StringComparison.Ordinal)
        && workspace.EndsWith(entry.Name, StringComparison.Ordinal);

    private Folder Open(string path, List<FolderEntry> entries, IgnoreRules outer)
    {
        entries.Sort(FolderEntry.Compare);
        var hasGit = Folder.Has(entries, IgnoreRules.GitFile, EntryKind.File);
        var hasOwn = Folder.Has(entries, IgnoreRules.OwnFile, EntryKind.File);
        var rules = hasGit || hasOwn ? outer.Within(_root + path, Encoding.UTF8.GetByteCount(path), hasGit, hasOwn) : outer;
        return new Folder(path, entries, rules);
    }
}
