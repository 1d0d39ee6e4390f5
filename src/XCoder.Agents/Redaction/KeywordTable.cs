namespace XCoder.Agents.Redaction;

/// <summary>
/// Finds many keywords in one pass: the first two characters select the few keywords that begin with them. Keywords have at least two
/// characters.
/// </summary>
internal sealed class KeywordTable
{
    private const int Ascii = 128;

    private readonly ushort[] _slots = new ushort[Ascii * Ascii];
    private readonly Dictionary<(char First, char Second), List<Entry>> _others = [];
    private readonly Dictionary<char, IFinder> _beforeOthers = [];
    private readonly List<List<Entry>> _entries = [[]];

    /// <summary>Registers a keyword and the finder to run at each of its occurrences.</summary>
    public void Add(string keyword, IFinder finder, bool ignoreCase = false)
    {
        var entry = new Entry(keyword, finder, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        foreach (var first in Cases(keyword[0], ignoreCase))
        {
            foreach (var second in Cases(keyword[1], ignoreCase))
            {
                if ((first | second) >= Ascii)
                {
                    (_others.TryGetValue((first, second), out var others) ? others : _others[(first, second)] = []).Add(entry);
                    continue;
                }

                ref var slot = ref _slots[(first * Ascii) + second];
                if (slot == 0)
                {
                    slot = (ushort)_entries.Count;
                    _entries.Add([]);
                }

                _entries[slot].Add(entry);
            }
        }
    }

    /// <summary>Registers the finder to run at each occurrence of a character before one that is not ASCII.</summary>
    public void AddBeforeOthers(char first, IFinder finder) => _beforeOthers.Add(first, finder);

    /// <summary>Runs the finders at every occurrence of their keywords.</summary>
    public void Find(string text, List<Finding> found)
    {
        for (var at = 0; at + 1 < text.Length; at++)
        {
            var (first, second) = (text[at], text[at + 1]);
            if ((first | second) >= Ascii)
            {
                FindOthers(text, at, found);
            }
            else if (_slots[(first * Ascii) + second] is > 0 and var slot)
            {
                Run(_entries[slot], text, at, found);
            }
        }
    }

    private void FindOthers(string text, int at, List<Finding> found)
    {
        if (_others.TryGetValue((text[at], text[at + 1]), out var entries))
        {
            Run(entries, text, at, found);
        }

        if (text[at] < Ascii && _beforeOthers.TryGetValue(text[at], out var finder))
        {
            finder.Find(text, at, found);
        }
    }

    private static void Run(List<Entry> entries, string text, int at, List<Finding> found)
    {
        foreach (var entry in entries)
        {
            if (text.AsSpan(at).StartsWith(entry.Keyword, entry.Comparison))
            {
                entry.Finder.Find(text, at, found);
            }
        }
    }

    private static IEnumerable<char> Cases(char c, bool both) =>
        both && char.ToLowerInvariant(c) != char.ToUpperInvariant(c) ? [char.ToLowerInvariant(c), char.ToUpperInvariant(c)] : [c];

    private sealed record Entry(string Keyword, IFinder Finder, StringComparison Comparison);
}
