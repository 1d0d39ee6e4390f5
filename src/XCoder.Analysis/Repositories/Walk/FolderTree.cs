using System.Text;
using XCoder.Analysis.Repositories.Git;
using XCoder.Analysis.Repositories.Ignore;

namespace XCoder.Analysis.Repositories.Walk;

/// <summary>
/// Reads the folders of one work tree and decides which belong to it. Both the walk and the search for work trees use
/// this class, so they agree.
/// </summary>
internal sealed class FolderTree
{
    private readonly string _root;
    private readonly string? _workspace;
    private readonly IgnoreRules _outermost;
    private readonly AttributeRules? _firstAttributes;
    private readonly TrackedPaths _tracked;
    private readonly bool _isWorkTree;

    /// <summary>
    /// Creates a tree below an absolute path. <paramref name="workspace"/> is an absolute path to leave out, or null.
    /// </summary>
    public FolderTree(string root, string? workspace)
    {
        _root = root.EndsWith('/') ? root : root + "/";
        _workspace = workspace is { } path && (path + "/").StartsWith(_root, StringComparison.Ordinal)
            ? path[Math.Min(_root.Length, path.Length)..]
            : null;
        _outermost = IgnoreRules.OfWorkTree(_root);
        _firstAttributes = AttributeRules.OfWorkTree(_root);
        _tracked = new TrackedPaths(_root);
        _isWorkTree = GitFolder.IsWorkTree(_root);
        Path = new BytePath(_root);
    }

    /// <summary>The path that was judged or opened last.</summary>
    public BytePath Path { get; }

    /// <summary>
    /// Opens the folder in which a walk starts; returns null and the error if it cannot be read. Ignore files above it
    /// apply. If they exclude the folder itself or a folder that contains it, all ignore files above the excluded folder
    /// are dropped, because a folder that the user names is always included.
    /// </summary>
    public Folder? Start(string relative, out string? error)
    {
        var folder = "";
        var rules = _outermost;
        AttributeRules? attributes = null;
        var parts = relative.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in parts)
        {
            rules = rules.Within(_root + folder, Encoding.UTF8.GetByteCount(folder), hasGit: true, hasOwn: true);
            attributes = AttributeRules.Within(attributes, _root + folder, Encoding.UTF8.GetByteCount(folder));
            Path.Set(folder, new FolderEntry(part, null, EntryKind.Folder));
            if (rules.Judge(Path, isFolder: true) == IgnoreVerdict.Ignored)
            {
                rules = default;
            }

            folder += part + "/";
        }

        Path.SetFolder(folder);
        var entries = NativeFiles.List(Path.Full, out error);
        return entries == null ? null : Open(folder, entries, rules, attributes, isIgnored: false);
    }

    /// <summary>
    /// Whether an entry is excluded by ignore files, or is the workspace. Git's ignore files do not exclude what git tracks.
    /// </summary>
    public bool IsIgnored(Folder parent, FolderEntry entry) => IsIgnored(parent, entry, out _);

    /// <summary>What git's attributes say about a file.</summary>
    public GitAttributes AttributesOf(Folder parent, FolderEntry entry)
    {
        Path.Set(parent.Path, entry);
        return AttributeRules.Of(_firstAttributes, parent.Attributes, Path.Relative);
    }

    // byGit: whether git's ignore files exclude it, although git tracks it or something in it.
    private bool IsIgnored(Folder parent, FolderEntry entry, out bool byGit)
    {
        Path.Set(parent.Path, entry);
        var isFolder = entry.Kind == EntryKind.Folder;
        var own = parent.Rules.JudgeOwn(Path, isFolder);
        byGit = own == IgnoreVerdict.None && (parent.IsIgnored || parent.Rules.Judge(Path, isFolder) == IgnoreVerdict.Ignored);
        return own == IgnoreVerdict.Ignored || (isFolder && IsWorkspace(parent, entry)) || (byGit && !IsTracked());

        bool IsTracked() => isFolder ? _tracked.HasBelow(parent.Path + entry.Name) : _tracked.Contains(parent.Path + entry.Name);
    }

    /// <summary>Decides what to do with a folder; returns the opened folder if the walk should enter it.</summary>
    public FolderDecision Judge(Folder parent, FolderEntry entry, out Folder? folder, out string? error)
    {
        folder = null;
        error = null;
        if (AdministrativeFolders.Contains(entry.Name))
        {
            return FolderDecision.Pass;
        }

        if (IsIgnored(parent, entry, out var byGit))
        {
            return FolderDecision.Ignored;
        }

        if (entry.RawName != null)
        {
            error = "the name is not valid UTF-8";
            return FolderDecision.Unreadable;
        }

        // Inside a work tree, a vendored submodule is vendored; in a folder of clones, one named `vendor` is a clone.
        var path = parent.Path + entry.Name + "/";
        var entries = NativeFiles.List(Path.Full, out error);
        var isWorkTree = entries != null && GitFolder.IsWorkTree(_root + path, entries);
        if (isWorkTree && !_isWorkTree)
        {
            return FolderDecision.WorkTree;
        }

        if (VendoredFolders.Contains(entry.Name, parent.Entries, entries ?? []) && !parent.Rules.IsAskedFor(Path)
            && AttributeRules.Of(_firstAttributes, parent.Attributes, [.. Path.Relative, (byte)'/', (byte)'*']).IsVendored != false)
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

        folder = Open(path, entries, parent.Rules, parent.Attributes, byGit);
        return FolderDecision.Enter;
    }

    private bool IsWorkspace(Folder parent, FolderEntry entry) =>
        _workspace is { } workspace
        && workspace.Length == parent.Path.Length + entry.Name.Length
        && workspace.StartsWith(parent.Path, StringComparison.Ordinal)
        && workspace.EndsWith(entry.Name, StringComparison.Ordinal);

    private Folder Open(string path, List<FolderEntry> entries, IgnoreRules outer, AttributeRules? attributes, bool isIgnored)
    {
        entries.Sort(FolderEntry.Compare);
        var hasGit = Folder.Has(entries, IgnoreRules.GitFile, EntryKind.File);
        var hasOwn = Folder.Has(entries, IgnoreRules.OwnFile, EntryKind.File);
        var rules = hasGit || hasOwn ? outer.Within(_root + path, Encoding.UTF8.GetByteCount(path), hasGit, hasOwn) : outer;
        attributes = Folder.Has(entries, AttributeRules.FileName, EntryKind.File)
            ? AttributeRules.Within(attributes, _root + path, Encoding.UTF8.GetByteCount(path)) : attributes;
        return new Folder(path, entries, rules, attributes, isIgnored);
    }
}

/// <summary>The contents of one folder in a work tree.</summary>
/// <param name="Path">Path below the root; empty or ending in <c>/</c>.</param>
/// <param name="Entries">The folder's entries, ordered by path.</param>
/// <param name="Rules">The ignore rules for these entries.</param>
/// <param name="Attributes">Git's attributes for these entries, or null.</param>
/// <param name="IsIgnored">Whether git ignores the folder, so that only what it tracks belongs to the work tree.</param>
internal sealed record Folder(string Path, IReadOnlyList<FolderEntry> Entries, IgnoreRules Rules, AttributeRules? Attributes,
    bool IsIgnored)
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
    /// <summary>Enter the folder.</summary>
    Enter,

    /// <summary>Neither enter nor count it: it holds version control's own data.</summary>
    Pass,

    /// <summary>Skip the folder and count its files as ignored.</summary>
    Ignored,

    /// <summary>Skip the folder and count its files as vendored.</summary>
    Vendored,

    /// <summary>Skip it, because it is a work tree of its own.</summary>
    WorkTree,

    /// <summary>Report it as unreadable.</summary>
    Unreadable,
}

/// <summary>Recognises the folders in which version control keeps its own data. They are neither entered nor counted.</summary>
internal static class AdministrativeFolders
{
    public static bool Contains(string name) => name is ".git" or ".hg" or ".svn" or ".jj";
}

/// <summary>
/// Recognises folders of third-party code. Names that mean nothing else match everywhere. Names that are also used for
/// own code (<c>vendor</c> of Go, PHP, Ruby and Rust may be a package of the domain; <c>deps</c>) match only if a
/// package manifest is next to them or a package manager left its mark inside.
/// </summary>
internal static class VendoredFolders
{
    private static readonly HashSet<string> Anywhere =
    [
        "node_modules", "bower_components", "jspm_packages", "web_modules", "third_party", "thirdparty", "third-party",
        "3rdparty", "3rd_party", "3rd-party", "Pods", "Carthage", "site-packages", "dist-packages", "__pycache__",
        "__pypackages__", "Godeps", ".tox", ".nox", ".eggs", ".yarn", ".pnpm-store", ".dart_tool", "elm-stuff",
        ".stack-work", ".terraform", ".bundle", "_opam", ".ipynb_checkpoints",
    ];

    // Name, entries next to the folder, entries inside it. One such entry is enough.
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

    // A Python virtual environment can have any name.
    private static readonly string[] Marks = ["pyvenv.cfg"];

    /// <summary>Whether the folder holds third-party code.</summary>
    /// <param name="name">Name of the folder.</param>
    /// <param name="beside">Entries of the parent folder.</param>
    /// <param name="inside">Entries of the folder itself.</param>
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
