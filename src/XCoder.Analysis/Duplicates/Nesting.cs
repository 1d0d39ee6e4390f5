namespace XCoder.Analysis.Duplicates;

/// <summary>Handles snippets that contain one another, which are never duplicates of each other.</summary>
internal static class Nesting
{
    /// <summary>Returns the ordinals, ascending, without those whose snippet lies within another one's.</summary>
    public static int[] Outermost(IEnumerable<int> ordinals, SnippetFacts[] snippets)
    {
        int[] sorted = [.. ordinals];
        Array.Sort(sorted, (a, b) => Compare(snippets[a], snippets[b]) is var order && order != 0 ? order : a - b);
        var kept = 0;
        foreach (var ordinal in sorted)
        {
            if (kept == 0 || !snippets[sorted[kept - 1]].Encloses(snippets[ordinal]))
            {
                sorted[kept++] = ordinal;
            }
        }

        var outermost = sorted[..kept];
        Array.Sort(outermost);
        return outermost;
    }

    /// <summary>Whether some member of <paramref name="a"/> and some member of <paramref name="b"/> can be in one group.</summary>
    public static bool ArePairable(ReadOnlySpan<int> a, ReadOnlySpan<int> b, SnippetFacts[] snippets) =>
        HasFree(a, b, snippets) && HasFree(b, a, snippets);

    /// <summary>Orders by file, then start; an enclosing snippet comes before those within it.</summary>
    public static int Compare(in SnippetFacts a, in SnippetFacts b) =>
        a.File != b.File ? a.File.CompareTo(b.File)
        : a.StartByte != b.StartByte ? a.StartByte.CompareTo(b.StartByte)
        : b.EndByte.CompareTo(a.EndByte);

    // Ordinals ascend with files, so a binary search finds those of one file.
    private static bool HasFree(ReadOnlySpan<int> members, ReadOnlySpan<int> others, SnippetFacts[] snippets)
    {
        foreach (var member in members)
        {
            var isFree = true;
            for (var i = FirstInFile(others, snippets[member].File, snippets); isFree && i < others.Length; i++)
            {
                if (snippets[others[i]].File != snippets[member].File)
                {
                    break;
                }

                isFree = !snippets[others[i]].Encloses(snippets[member]);
            }

            if (isFree)
            {
                return true;
            }
        }

        return false;
    }

    private static int FirstInFile(ReadOnlySpan<int> ordinals, int file, SnippetFacts[] snippets)
    {
        var (low, high) = (0, ordinals.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = snippets[ordinals[middle]].File < file ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
