using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Seeds;

/// <summary>Duplicate groups of all kinds taken together: groups that share a snippet, or two nodes alike by text, are one.</summary>
internal sealed class SeedGroups
{
    private readonly Dictionary<long, long> _roots = [];
    private readonly Dictionary<long, string> _ids = [];
    private readonly Dictionary<long, int> _numbers = [];

    public static SeedGroups Find(WorkspaceFolder workspace, SemanticIndex index, SemanticOptions rule, DuplicateOptions options, CancellationToken cancellation)
    {
        var analysis = DuplicateAnalysis.Run(workspace, StoreSelection.All, options, near: true, (index, rule), cancellation);
        var groups = new SeedGroups();
        foreach (var group in analysis.Result.Groups)
        {
            var rows = analysis.Rows(group).ToList();
            foreach (var row in rows)
            {
                groups._ids.TryAdd(row, group.Group); // the strongest kind comes first
                groups.Join(rows[0], row);
            }
        }

        // Snippets that the model reads alike are one, be they too different in name for a group.
        var first = new long[index.Nodes.Count];
        for (var i = 0; i < index.Nodes.Snippets.Length; i++)
        {
            ref var known = ref first[index.Nodes.NodeOf[i]];
            known = known == 0 ? index.Nodes.Snippets[i] : known;
            groups.Join(known, index.Nodes.Snippets[i]);
        }

        return groups;
    }

    /// <summary>Id of the group a snippet is in by the strongest evidence, or null.</summary>
    public string? Id(long row) => _ids.GetValueOrDefault(row);

    /// <summary>A number that all of a group share and nothing else.</summary>
    public int Number(long row)
    {
        var root = Root(row);
        return _numbers.TryGetValue(root, out var number) ? number : _numbers[root] = _numbers.Count;
    }

    private void Join(long a, long b)
    {
        var (x, y) = (Root(a), Root(b));
        if (x != y)
        {
            _roots[Math.Max(x, y)] = Math.Min(x, y);
        }
    }

    private long Root(long row)
    {
        while (_roots.TryGetValue(row, out var above))
        {
            if (_roots.TryGetValue(above, out var higher))
            {
                _roots[row] = higher;
            }

            row = above;
        }

        return row;
    }
}
