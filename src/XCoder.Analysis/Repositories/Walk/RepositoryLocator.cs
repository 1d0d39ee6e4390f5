using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Git;

namespace XCoder.Analysis.Repositories.Walk;

/// <summary>
/// Finds the repositories that paths refer to. A path inside a git work tree belongs to that work tree, and each work
/// tree below the path is a repository of its own. A folder outside any work tree is one repository. A folder of clones
/// is also a repository if it has source files outside the clones. Ignored and vendored folders are not searched for
/// work trees.
/// </summary>
internal sealed class RepositoryLocator
{
    private readonly WalkOptions _options;
    private readonly string? _workspace;

    /// <summary>Uses the options of the walk, so that both agree on what belongs to a work tree.</summary>
    public RepositoryLocator(WalkOptions options) =>
        (_options, _workspace) = (options, options.Workspace is { } path ? Canonical(path) : null);

    /// <summary>The repositories that <paramref name="paths"/> refer to, ordered by root.</summary>
    /// <param name="paths">Files or folders. Links in these paths are followed, because the user named them.</param>
    /// <param name="knownNames">Maps the roots of repositories that the workspace already holds to their names.</param>
    /// <param name="cancellation">Cancels the search.</param>
    /// <exception cref="PathNotFoundException">A path does not exist.</exception>
    public IReadOnlyList<LocatedRepository> Locate(
        IReadOnlyList<string> paths,
        IReadOnlyDictionary<string, string>? knownNames = null,
        CancellationToken cancellation = default)
    {
        var parts = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            Add(path, parts, cancellation);
        }

        var names = new RepositoryNames(knownNames ?? new Dictionary<string, string>());
        var located = new List<LocatedRepository>();
        foreach (var (root, below) in parts)
        {
            if (!IsCovered(root, parts))
            {
                var facts = GitFacts.Read(root);
                located.Add(new LocatedRepository(new Repository(names.Name(root), root, facts.Remote, facts.Commit), Distinct(below)));
            }
        }

        return located;
    }

    /// <summary>The absolute path, with links resolved as far as the path exists.</summary>
    internal static string Canonical(string path)
    {
        var full = Path.GetFullPath(path).TrimEnd('/');
        if (full.Length == 0 || NativeFiles.RealPath(full) is { } real && (full = real).Length > 0)
        {
            return full.Length == 0 ? "/" : full;
        }

        return Path.Join(Canonical(Path.GetDirectoryName(full) ?? "/"), Path.GetFileName(full));
    }

    private void Add(string path, SortedDictionary<string, SortedSet<string>> parts, CancellationToken cancellation)
    {
        if (path.Length == 0 || path.Contains('\0') || NativeFiles.RealPath(Path.GetFullPath(path)) is not { } real)
        {
            throw new PathNotFoundException(path);
        }

        var isFolder = Directory.Exists(real);
        var start = isFolder ? real : Path.GetDirectoryName(real) ?? "/";
        var root = Enclosing(start);
        var relative = Path.GetRelativePath(root ?? start, real);
        relative = relative == "." ? "" : relative;
        if (!isFolder)
        {
            AddPart(root ?? start, relative);
            return;
        }

        var search = new WorkTreeSearch(_options, _workspace, cancellation);
        var hasLooseSource = search.Run(root ?? start, relative);
        if (root != null || hasLooseSource || search.Roots.Count == 0)
        {
            AddPart(root ?? start, relative);
        }

        foreach (var inner in search.Roots)
        {
            AddPart(inner, "");
        }

        void AddPart(string part, string below)
        {
            if (!parts.TryGetValue(part, out var set))
            {
                parts[part] = set = new SortedSet<string>(StringComparer.Ordinal);
            }

            set.Add(below);
        }
    }

    private static string? Enclosing(string? folder)
    {
        for (; folder != null; folder = Path.GetDirectoryName(folder))
        {
            if (GitFolder.IsWorkTree(folder))
            {
                return folder;
            }
        }

        return null;
    }

    // Whether this folder outside any work tree is inside another such folder that is included as a whole.
    private static bool IsCovered(string root, SortedDictionary<string, SortedSet<string>> parts)
    {
        if (GitFolder.IsWorkTree(root))
        {
            return false;
        }

        for (var outer = Path.GetDirectoryName(root); outer != null; outer = Path.GetDirectoryName(outer))
        {
            if (parts.TryGetValue(outer, out var below) && below.Contains(""))
            {
                return true;
            }
        }

        return false;
    }

    private static IReadOnlyList<string> Distinct(SortedSet<string> paths) =>
        [.. paths.Where(
            path => !paths.Any(outer => outer != path && (outer.Length == 0 || path.StartsWith(outer + "/", StringComparison.Ordinal))))];
}

/// <summary>A repository, with the parts of it that paths on the command line refer to.</summary>
/// <param name="Repository">The repository; its root path contains no links.</param>
/// <param name="Paths">
/// Paths below the root, <c>/</c>-separated, without a <c>/</c> at either end, in ordinal order; none is inside
/// another. A single <c>""</c> means the whole repository.
/// </param>
internal sealed record LocatedRepository(Repository Repository, IReadOnlyList<string> Paths);

/// <summary>Gives repositories names that are unique in a workspace and do not change when they are indexed again.</summary>
internal sealed class RepositoryNames
{
    private readonly Dictionary<string, string> _byRoot = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>Keeps the names already in use; <paramref name="known"/> maps roots to names.</summary>
    public RepositoryNames(IReadOnlyDictionary<string, string> known)
    {
        foreach (var (root, name) in known)
        {
            _byRoot[root] = name;
            _used.Add(name);
        }
    }

    /// <summary>
    /// The name for a root: its known name, or its folder's name, with <c>-2</c>, <c>-3</c> … if that is taken.
    /// </summary>
    public string Name(string root)
    {
        if (_byRoot.TryGetValue(root, out var known))
        {
            return known;
        }

        var folder = Path.GetFileName(root);
        folder = folder.Length == 0 ? "root" : folder;
        var name = folder;
        for (var suffix = 2; !_used.Add(name); suffix++)
        {
            name = $"{folder}-{suffix}";
        }

        return _byRoot[root] = name;
    }
}

/// <summary>A path that the user gave does not exist or cannot be reached.</summary>
public sealed class PathNotFoundException : IOException
{
    /// <summary>Creates the exception for a path as the user gave it.</summary>
    public PathNotFoundException(string path)
        : base($"No such file or folder: {path}") => Path = path;

    /// <summary>The path as the user gave it.</summary>
    public string Path { get; }
}

/// <summary>
/// Finds work trees below a folder. Ignored and vendored folders are not searched: clones in them are dependencies, not
/// what the user works on.
/// </summary>
internal sealed class WorkTreeSearch
{
    private readonly WalkOptions _options;
    private readonly string? _workspace;
    private readonly CancellationToken _cancellation;

    /// <summary>Uses the options of the walk; <paramref name="workspace"/> is an absolute path to leave out, or null.</summary>
    public WorkTreeSearch(WalkOptions options, string? workspace, CancellationToken cancellation) =>
        (_options, _workspace, _cancellation) = (options, workspace, cancellation);

    /// <summary>Absolute roots of the work trees found, including those nested in others.</summary>
    public List<string> Roots { get; } = [];

    /// <summary>
    /// Searches <paramref name="relative"/> below <paramref name="root"/>. Returns whether any source file lies outside
    /// the work trees found.
    /// </summary>
    public bool Run(string root, string relative)
    {
        var pending = new Stack<string>();
        var hasLooseSource = Search(root, relative, pending);
        while (pending.TryPop(out var inner))
        {
            Roots.Add(inner);
            _ = Search(inner, "", pending);
        }

        return hasLooseSource;
    }

    private bool Search(string root, string relative, Stack<string> found)
    {
        var tree = new FolderTree(root, _workspace);
        var hasSource = false;
        var open = new Stack<Folder>();
        if (tree.Start(relative, out _) is { } first)
        {
            open.Push(first);
        }

        while (open.TryPop(out var folder))
        {
            _cancellation.ThrowIfCancellationRequested();
            foreach (var entry in folder.Entries)
            {
                if (entry.Kind == EntryKind.File)
                {
                    hasSource = hasSource || (_options.MayBeSource(folder.Path + entry.Name) && !tree.IsIgnored(folder, entry));
                }
                else if (entry.Kind == EntryKind.Folder)
                {
                    var fate = tree.Judge(folder, entry, out var inner, out _);
                    if (fate == FolderDecision.Enter && inner != null)
                    {
                        open.Push(inner);
                    }
                    else if (fate == FolderDecision.WorkTree)
                    {
                        found.Push(Path.Join(root, folder.Path + entry.Name));
                    }
                }
            }
        }

        return hasSource;
    }
}
