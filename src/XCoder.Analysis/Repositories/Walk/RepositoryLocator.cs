using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Git;

namespace XCoder.Analysis.Repositories.Walk;

/// <summary>
/// Turns paths into repositories. A path in a git work tree belongs to it; work trees below the path stand for
/// themselves; a folder in none is a repository of its own, and a folder of clones is one as well if source files
/// lie outside the clones. Work trees in ignored or vendored folders are not looked for.
/// </summary>
internal sealed class RepositoryLocator
{
    private readonly WalkOptions _options;
    private readonly string? _workspace;

    /// <summary>Locates by the rules of a walk, so that both agree on what belongs to a work tree.</summary>
    public RepositoryLocator(WalkOptions options) =>
        (_options, _workspace) = (options, options.Workspace is { } path ? Canonical(path) : null);

    /// <summary>The repositories that <paramref name="paths"/> stand for, ordered by root.</summary>
    /// <param name="paths">Files or folders; links in them are followed, as the user named them.</param>
    /// <param name="knownNames">Root to name of the repositories the workspace holds already.</param>
    /// <param name="cancellation">Ends the search.</param>
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

    /// <summary>The absolute path with links resolved as far as it exists.</summary>
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

    // A folder in no work tree, inside another such folder that is meant as a whole.
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

/// <summary>A repository and the parts of it that paths on the command line stand for.</summary>
/// <param name="Repository">The repository; its root is free of links.</param>
/// <param name="Paths">
/// Paths below the root, <c>/</c>-separated, without a <c>/</c> at either end, none inside another, in ordinal
/// order; the one path <c>""</c> stands for the whole repository.
/// </param>
internal sealed record LocatedRepository(Repository Repository, IReadOnlyList<string> Paths);

/// <summary>Gives repositories names that are unique in a workspace and stay the same when indexed again.</summary>
internal sealed class RepositoryNames
{
    private readonly Dictionary<string, string> _byRoot = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>Starts from names given before, root to name.</summary>
    public RepositoryNames(IReadOnlyDictionary<string, string> known)
    {
        foreach (var (root, name) in known)
        {
            _byRoot[root] = name;
            _used.Add(name);
        }
    }

    /// <summary>The root's name: the one it had, or its folder's name with <c>-2</c>, <c>-3</c> … where that is taken.</summary>
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

/// <summary>A path given by the user does not exist or cannot be reached.</summary>
public sealed class PathNotFoundException : IOException
{
    /// <summary>Names <paramref name="path"/>, as the user gave it.</summary>
    public PathNotFoundException(string path)
        : base($"No such file or folder: {path}") => Path = path;

    /// <summary>The path as given.</summary>
    public string Path { get; }
}

/// <summary>
/// Finds work trees below a folder. What the tree around it ignores or holds as vendored is not searched: clones in
/// there are dependencies, not what the user works on.
/// </summary>
internal sealed class WorkTreeSearch
{
    private readonly WalkOptions _options;
    private readonly string? _workspace;
    private readonly CancellationToken _cancellation;

    /// <summary>Searches by the rules of a walk.</summary>
    public WorkTreeSearch(WalkOptions options, string? workspace, CancellationToken cancellation) =>
        (_options, _workspace, _cancellation) = (options, workspace, cancellation);

    /// <summary>Roots found, absolute, work trees within work trees among them.</summary>
    public List<string> Roots { get; } = [];

    /// <summary>
    /// Searches <paramref name="relative"/> below <paramref name="root"/>; tells whether a source file lies outside any work tree found.
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
