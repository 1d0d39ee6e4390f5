namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>What has been resolved within one snippet so far, inner snippets not yet added.</summary>
internal sealed class ResolvedNames
{
    public HashSet<string> Calls { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Types { get; } = new(StringComparer.Ordinal);

    public SortedSet<int> Imports { get; } = [];

    /// <summary>Whether every name stands for something inside the snippet or in the framework.</summary>
    public bool IsSelfContained { get; set; } = true;

    /// <summary>Whether a name stands for something outside every snippet around it, this one's parents included.</summary>
    public bool ReachesOut { get; set; }

    public void Add(ResolvedNames inner)
    {
        Calls.UnionWith(inner.Calls);
        Types.UnionWith(inner.Types);
        Imports.UnionWith(inner.Imports);
    }
}
