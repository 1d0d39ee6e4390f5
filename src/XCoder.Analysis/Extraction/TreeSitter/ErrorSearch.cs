using XCoder.Analysis.Languages.TreeSitter;

namespace XCoder.Analysis.Extraction.TreeSitter;

/// <summary>
/// Finds the smallest items of a text that its parser rejects, by parsing it without more and more of them: the first
/// item up to which a block has an error is to blame, and within it the search goes on. The number of bytes parsed is
/// limited, so the result depends on nothing but the text.
/// </summary>
/// <param name="bytes">The text for the parser.</param>
/// <param name="masked">The same without comments and strings.</param>
/// <param name="ends">Where items end.</param>
/// <param name="hasError">Whether a part of a text has an error; null if the time is over.</param>
/// <param name="budget">How many bytes may be parsed.</param>
internal sealed class ErrorSearch(byte[] bytes, byte[] masked, ItemEnds ends, Func<byte[], int, int, bool?> hasError, long budget)
{
    // A file with more is not code of this language.
    private const int Most = 100;

    private readonly byte[] _bytes = [.. bytes];
    private readonly byte[] _masked = [.. masked];
    private long _left = budget;

    /// <summary>The ranges to leave out, ascending and disjoint; none if a search finds nothing in time.</summary>
    /// <param name="firstError">Where the parser noticed the first error: nothing before its item is to blame.</param>
    public List<(int Start, int End)> Find(int firstError)
    {
        var found = new List<(int Start, int End)>();
        var items = Blocks.Items(_masked, 0, _bytes.Length, ends);
        var from = Math.Max(0, items.FindLastIndex(item => item.Start <= firstError));
        while (from < items.Count && found.Count < Most)
        {
            // An item and those before it that it may belong to: where none has an error alone, they are parsed together.
            var (last, isOver) = FirstFailing(items, from);
            if (isOver || last < 0)
            {
                return isOver && found.Count == 0 ? [] : Merged(found);
            }

            var scope = Fails(_bytes, items[last].Start, items[last].End) ? items[last] : (items[from].Start, items[last].End);
            var blamed = Descend(items[last], scope.Item1, scope.Item2);
            if (_left <= 0)
            {
                return Merged(found);
            }

            found.Add(blamed);
            Hide(_bytes, blamed.Start, blamed.End);
            Hide(_masked, blamed.Start, blamed.End);
            from = last;
            if (blamed == items[last])
            {
                from++;
            }
        }

        return Merged(found);
    }

    private static List<(int Start, int End)> Merged(List<(int Start, int End)> ranges)
    {
        var merged = new List<(int Start, int End)>();
        foreach (var range in ranges.OrderBy(range => range.Start).ThenByDescending(range => range.End))
        {
            if (merged.Count == 0 || range.Start >= merged[^1].End)
            {
                merged.Add(range);
            }
        }

        return merged;
    }

    /// <summary>Index of the first item up to which the items from <paramref name="from"/> on have an error; -1 for none.</summary>
    private (int Index, bool IsOver) FirstFailing(List<(int Start, int End)> items, int from)
    {
        var (good, bad) = (from - 1, -1);
        for (var step = 1; bad < 0; step *= 2)
        {
            var at = Math.Min(items.Count - 1, good + step);
            if (Fails(_bytes, items[from].Start, items[at].End))
            {
                bad = at;
            }
            else if (at == items.Count - 1)
            {
                return (-1, _left <= 0);
            }
            else
            {
                good = at;
            }
        }

        while (bad - good > 1)
        {
            var middle = (good + bad) / 2;
            (good, bad) = Fails(_bytes, items[from].Start, items[middle].End) ? (good, middle) : (middle, bad);
        }

        return (bad, _left <= 0);
    }

    /// <summary>The smallest item within <paramref name="item"/> that is to blame for the error in a range.</summary>
    private (int Start, int End) Descend((int Start, int End) item, int start, int end)
    {
        byte[] scratch = [.. _bytes];
        while (_left > 0)
        {
            var blocks = Blocks.Inner(_masked, item.Start, item.End);
            blocks.ForEach(block => Hide(scratch, block.Start, block.End));
            if (blocks.Count == 0 || Fails(scratch, start, end))
            {
                return item;
            }

            var failing = blocks.FindIndex(block =>
            {
                Show(scratch, block.Start, block.End);
                return Fails(scratch, start, end);
            });
            if (failing < 0)
            {
                return item;
            }

            var items = Blocks.Items(_masked, blocks[failing].Start, blocks[failing].End, ends);
            if (items.Count == 0)
            {
                return item;
            }

            // Only items up to "bad" stay visible.
            var (good, bad) = (-1, items.Count - 1);
            while (bad - good > 1)
            {
                var middle = (good + bad) / 2;
                Hide(scratch, items[middle].End, blocks[failing].End);
                if (Fails(scratch, start, end))
                {
                    bad = middle;
                }
                else
                {
                    good = middle;
                    Show(scratch, items[middle].End, items[bad].End);
                }
            }

            item = items[bad];
            if (bad > 0)
            {
                Hide(scratch, blocks[failing].Start, item.Start);
                if (!Fails(scratch, start, end))
                {
                    Show(scratch, blocks[failing].Start, item.Start);
                }
            }
        }

        return item;
    }

    private bool Fails(byte[] text, int start, int end)
    {
        _left -= end - start;
        if (_left > 0 && hasError(text, start, end) is { } fails)
        {
            return fails;
        }

        _left = 0;
        return false;
    }

    private void Show(byte[] scratch, int start, int end) => _bytes.AsSpan(start..end).CopyTo(scratch.AsSpan(start));

    private static void Hide(byte[] text, int start, int end)
    {
        foreach (ref var b in text.AsSpan(start..end))
        {
            b = b is (byte)'\n' or (byte)'\r' ? b : (byte)' ';
        }
    }
}
