namespace XCoder.Analysis.Duplicates;

/// <summary>
/// Finds groups that only repeat what another says: every member stands within (some may be the same snippet as) a
/// distinct member of the other group, as the methods of two equal classes do.
/// </summary>
internal sealed class Enclosures
{
    private readonly SnippetFacts[] _snippets;
    private readonly List<FoundGroup> _groups;
    private readonly Dictionary<int, List<int>> _groupsOf = [];
    private readonly Dictionary<int, int> _parents = [];

    public Enclosures(SnippetFacts[] snippets, List<FoundGroup> groups)
    {
        (_snippets, _groups) = (snippets, groups);
        for (var number = 0; number < groups.Count; number++)
        {
            foreach (var member in groups[number].Members)
            {
                (_groupsOf.TryGetValue(member, out var of) ? of : _groupsOf[member] = []).Add(number);
            }
        }

        int[] grouped = [.. _groupsOf.Keys];
        Array.Sort(grouped, (a, b) => Nesting.Compare(snippets[a], snippets[b]) is var order && order != 0 ? order : a - b);
        var open = new Stack<int>();
        foreach (var ordinal in grouped)
        {
            while (open.TryPeek(out var top) && !snippets[top].Encloses(snippets[ordinal]))
            {
                open.Pop();
            }

            _parents[ordinal] = open.TryPeek(out var parent) ? parent : -1;
            open.Push(ordinal);
        }
    }

    /// <summary>The groups, each with <see cref="FoundGroup.Within"/> set to the outermost group that encloses it.</summary>
    public List<FoundGroup> Mark() =>
        [.. _groups.Select((group, number) => Outer(number) is var outer and >= 0 ? group with { Within = _groups[outer].Group } : group)];

    private int Outer(int number)
    {
        var outer = -1;
        var members = _groups[number].Members;
        for (var at = members[0]; at >= 0; at = _parents[at])
        {
            foreach (var candidate in _groupsOf[at])
            {
                if (candidate != number && _groups[candidate].Members.Count >= members.Count && IsWithin(members, candidate))
                {
                    outer = candidate;
                    break;
                }
            }
        }

        return outer;
    }

    // Members of a group never overlap, so at most one of them encloses a given snippet.
    private bool IsWithin(IReadOnlyList<int> members, int candidate)
    {
        var enclosing = new HashSet<int>();
        var isStrict = false;
        foreach (var member in members)
        {
            var at = member;
            while (at >= 0 && !_groupsOf[at].Contains(candidate))
            {
                at = _parents[at];
            }

            if (at < 0 || !enclosing.Add(at))
            {
                return false;
            }

            isStrict |= _snippets[at].EndByte - _snippets[at].StartByte > _snippets[member].EndByte - _snippets[member].StartByte;
        }

        return isStrict;
    }
}
