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

/// <summary>One folder of a work tree, read.</summary>
/// <param name="Path">Path below the root, empty or ending in <c>/</c>.</param>
/// <param name="Entries">Its entries in the order of their paths.</param>
/// <param name="Rules">The ignore rules for its entries.</param>
internal sealed record Folder(string Path, IReadOnlyList<FolderEntry> Entries, IgnoreRules Rules)
{
    /// <summary>Whether an entry of that name and kind is among <paramref name="entries"/>.</summary>
    public static bool Has(IReadOnlyList<FolderEntry> entries, string name, EntryKind kind)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Kind == kind && entries[i].Name == name)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What a walk does with a folder.</summary>
internal enum FolderDecision : byte
{
    /// <summary>Walk it.</summary>
    Enter,

    /// <summary>Neither walk nor count it: version control's own data.</summary>
    Pass,

    /// <summary>Count it as ignored.</summary>
    Ignored,

    /// <summary>Count it as vendored.</summary>
    Vendored,

    /// <summary>It is a work tree of its own.</summary>
    WorkTree,

    /// <summary>It cannot be read.</summary>
    Unreadable,
}

/// <summary>Folders in which version control keeps its own data: neither entered nor counted.</summary>
internal static class AdministrativeFolders
{
    /// <summary>Whether a folder of that name is one.</summary>
    public static bool Contains(string name) => name is ".git" or ".hg" or ".svn" or ".jj";
}

/// <summary>
/// Which folders hold other people's code. Names that mean nothing else count everywhere; names that also serve for
/// own code (<c>vendor</c> of Go, PHP, Ruby and Rust, but also a package of the domain; <c>deps</c>) count only
/// where a package manifest stands beside them or a package manager left its mark inside.
/// </summary>
internal static class VendoredFolders
{
    private static readonly HashSet<string> Anywhere =
    [
        "node_modules", "bower_components", "jspm_packages", "web_modules", "third_party", "thirdparty", "third-party",
        "3rdparty", "3rd_party", "3rd-party", "Pods", "Carthage", "site-packages", "dist-packages", "__pycache__",
        "__pypackages__", "Godeps", ".tox", ".nox", ".eggs", ".yarn", ".pnpm-store", ".dart_tool", "elm-stuff",
        ".stack-work", ".terraform", ".bundle", "_opam",
    ];

    // Name, what stands beside it, what stands in it. One hit is enough.
    private static readonly (string Name, string[] Beside, string[] Inside)[] Sometimes =
    [
        ("vendor",
            ["go.mod", "composer.json", "Gemfile", "Cargo.toml", "package.json", "glide.yaml", "Gopkg.toml", "CMakeLists.txt",
                "meson.build", "configure.ac", ".git"],
            ["modules.txt", "vendor.json", "autoload.php", "composer", "bundle"]),
        ("vendors", ["composer.json", "package.json", "Gemfile"], ["autoload.php"]),
        ("deps", ["mix.exs", "rebar.config"], []),
        (".build", ["Package.swift"], []),
    ];

    // A virtual environment of Python can have any name.
    private static readonly string[] Marks = ["pyvenv.cfg"];

    /// <summary>Whether the folder holds other people's code.</summary>
    /// <param name="name">The folder's name.</param>
    /// <param name="beside">Entries of the folder around it.</param>
    /// <param name="inside">Its own entries.</param>
    public static bool Contains(string name, IReadOnlyList<FolderEntry> beside, IReadOnlyList<FolderEntry> inside)
    {
        if (Anywhere.Contains(name) || Holds(inside, Marks))
        {
            return true;
        }

        foreach (var row in Sometimes)
        {
            if (row.Name == name && (Holds(beside, row.Beside) || Holds(inside, row.Inside)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Holds(IReadOnlyList<FolderEntry> entries, string[] names)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (Array.IndexOf(names, entries[i].Name) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
