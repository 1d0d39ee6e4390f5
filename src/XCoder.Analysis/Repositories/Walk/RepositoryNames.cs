namespace XCoder.Analysis.Repositories.Walk;

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
