namespace XCoder.Agents.Redaction;

/// <summary>
/// Many keywords found in one pass: the first two characters lead to the few keywords that begin so. Keywords are ASCII
/// of two characters at least.
/// </summary>
internal sealed class KeywordTable
{
    private const int Ascii = 128;

    private readonly ushort[] _slots = new ushort[Ascii * Ascii];
    private readonly List<List<Entry>> _entries = [[]];

    /// <summary>Makes a keyword known.</summary>
    public void Add(string keyword, IFinder finder, bool ignoreCase = false)
    {
        var entry = new Entry(keyword, finder, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        foreach (var first in Cases(keyword[0], ignoreCase))
        {
            foreach (var second in Cases(keyword[1], ignoreCase))
            {
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

    /// <summary>Lets every keyword's finder look wherever the keyword stands.</summary>
    public void Find(string text, List<Finding> found)
    {
        for (var at = 0; at + 1 < text.Length; at++)
        {
            var (first, second) = (text[at], text[at + 1]);
            if ((first | second) >= Ascii || _slots[(first * Ascii) + second] is not (> 0 and var slot))
            {
                continue;
            }

            foreach (var entry in _entries[slot])
            {
                if (text.AsSpan(at).StartsWith(entry.Keyword, entry.Comparison))
                {
                    entry.Finder.Find(text, at, found);
                }
            }
        }
    }

    private static IEnumerable<char> Cases(char c, bool both) =>
        both && char.IsAsciiLetter(c) ? [char.ToLowerInvariant(c), char.ToUpperInvariant(c)] : [c];

    private sealed record Entry(string Keyword, IFinder Finder, StringComparison Comparison);
}
