namespace XCoder.Analysis.Repositories.Walk;

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

    /// <summary>Searches <paramref name="relative"/> below <paramref name="root"/>; tells whether a source file lies outside any work tree found.</summary>
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
