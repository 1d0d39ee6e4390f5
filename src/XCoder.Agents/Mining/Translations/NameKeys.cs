using System.Text;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Mining.Translations;

/// <summary>
/// Keys under which two functions with one name meet, whatever a language's conventions: <c>cpBodySetVelocity</c> and
/// <c>Body.SetVelocity</c>, <c>NewBody</c> and <c>body_new</c>.
/// </summary>
internal static class NameKeys
{
    private const int MostPrefix = 2;
    private const int LeastLetters = 3;

    /// <summary>Returns the keys of a function, each with whether it stands for the whole name.</summary>
    /// <param name="name">Words of its name.</param>
    /// <param name="scope">Words of the enclosing type; empty for none.</param>
    public static IEnumerable<(ulong Key, bool IsWhole)> Of(IReadOnlyList<string> name, IReadOnlyList<string> scope)
    {
        yield return (Hash(string.Concat(name)), true);

        // Without the prefix of a library written in C.
        for (var prefix = 1; prefix <= MostPrefix && prefix < name.Count; prefix++)
        {
            if (string.Concat(name.Skip(prefix)) is { Length: >= LeastLetters } rest)
            {
                yield return (Hash(rest), false);
            }
        }

        // The words of type and name together, in any order.
        yield return (Bag(scope.Concat(name)), true);
        if (scope.Count > 1 || (scope.Count == 0 && name.Count > 2))
        {
            yield return (Bag(scope.Concat(name).Skip(1)), true);
        }
    }

    private static ulong Bag(IEnumerable<string> words) =>
        ~Hash(string.Join(' ', words.Distinct().Order(StringComparer.Ordinal)));

    private static ulong Hash(string text) => SpanHash.Hash64(Encoding.UTF8.GetBytes(text));
}

/// <summary>A function as candidates are found by its name.</summary>
/// <param name="Node">Its node.</param>
/// <param name="Cell">Number of its repository and language.</param>
/// <param name="Language">Number of its language.</param>
internal readonly record struct NamedFunction(int Node, long Cell, int Language);

/// <summary>
/// Finds pairs of functions in two languages that bear one name, in repositories that share many: ports of a library, or one project in
/// several languages.
/// </summary>
internal sealed class NameCandidates
{
    // Names shared by two repositories, or by two languages of one, before they count as ports of each other.
    private const int LeastShared = 5;
    private const int LeastSharedWithin = 2;
    private const double LeastShare = 0.03;

    // A name in more repositories and languages than this says nothing about two of them.
    private const int MostCells = 40;

    // Functions of one name in two repositories, multiplied.
    private const int MostPairs = 144;

    private readonly List<(ulong Key, bool IsWhole, NamedFunction Function)> _keys = [];
    private readonly Dictionary<long, int> _sizes = [];

    /// <summary>Adds a function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="name">Words of its name.</param>
    /// <param name="scope">Words of the enclosing type.</param>
    public void Add(NamedFunction function, IReadOnlyList<string> name, IReadOnlyList<string> scope)
    {
        foreach (var (key, isWhole) in NameKeys.Of(name, scope))
        {
            _keys.Add((key, isWhole, function));
        }

        _sizes[function.Cell] = _sizes.GetValueOrDefault(function.Cell) + 1;
    }

    /// <summary>Returns the pairs, each with the lower node first.</summary>
    /// <param name="isWithin">Whether two cells belong to one repository.</param>
    public HashSet<(int A, int B)> Find(Func<long, long, bool> isWithin)
    {
        _keys.Sort((a, b) => (a.Key, a.Function.Cell, a.Function.Node, a.IsWhole).CompareTo(
            (b.Key, b.Function.Cell, b.Function.Node, b.IsWhole)));
        var shared = new Dictionary<(long, long), int>();
        ForEach((left, right) =>
        {
            if (left.Exists(item => item.IsWhole) && right.Exists(item => item.IsWhole))
            {
                var cells = (left[0].Function.Cell, right[0].Function.Cell);
                shared[cells] = shared.GetValueOrDefault(cells) + 1;
            }
        });
        var ports = shared.Where(pair => isWithin(pair.Key.Item1, pair.Key.Item2) ? pair.Value >= LeastSharedWithin
            : pair.Value >= LeastShared && pair.Value >= LeastShare * Math.Min(_sizes[pair.Key.Item1], _sizes[pair.Key.Item2]))
            .Select(pair => pair.Key).ToHashSet();
        var found = new HashSet<(int, int)>();
        ForEach((left, right) =>
        {
            if (!ports.Contains((left[0].Function.Cell, right[0].Function.Cell)))
            {
                return;
            }

            foreach (var a in left)
            {
                foreach (var b in right.Where(b => a.IsWhole || b.IsWhole))
                {
                    found.Add((Math.Min(a.Function.Node, b.Function.Node), Math.Max(a.Function.Node, b.Function.Node)));
                }
            }
        });
        return found;
    }

    // Calls for each key and each two cells of different languages that have it.
    private void ForEach(Action<List<(ulong Key, bool IsWhole, NamedFunction Function)>,
        List<(ulong Key, bool IsWhole, NamedFunction Function)>> visit)
    {
        for (var start = 0; start < _keys.Count;)
        {
            var end = start;
            while (end < _keys.Count && _keys[end].Key == _keys[start].Key)
            {
                end++;
            }

            var cells = _keys.GetRange(start, end - start).GroupBy(item => item.Function.Cell).Select(group => group.ToList()).ToList();
            for (var i = 0; i < cells.Count && cells.Count is > 1 and <= MostCells; i++)
            {
                for (var j = i + 1; j < cells.Count; j++)
                {
                    if (cells[i][0].Function.Language != cells[j][0].Function.Language && cells[i].Count * cells[j].Count <= MostPairs)
                    {
                        visit(cells[i], cells[j]);
                    }
                }
            }

            start = end;
        }
    }
}
