using XCoder.Analysis.Languages.TreeSitter;

namespace XCoder.Analysis.Extraction.TreeSitter;

/// <summary>
/// Finds the smallest items of a text that its parser rejects: where the parser stops, the item is to blame that it stops
/// in; and within it, unless the item has an error without what is in its braces, the search goes on. The number of bytes
/// parsed is limited, so the result depends on nothing but the text.
/// </summary>
/// <param name="parsed">The text for the parser. What is found to be hidden is hidden in it.</param>
/// <param name="masked">The same without comments and strings. What is hidden becomes blanks.</param>
/// <param name="ends">Where items end.</param>
/// <param name="groups">The directives of the text that its parser may not know where they stand.</param>
/// <param name="firstError">
/// Where the parser stops in a part of a text: the end of the last token that it accepts; <see cref="None"/> if it reads
/// the whole part, null if the time is over.
/// </param>
/// <param name="budget">How many bytes may be parsed.</param>
internal sealed class ErrorSearch(ParsedText parsed, byte[] masked, ItemEnds ends, List<DirectiveGroup> groups,
    Func<byte[], int, int, long?> firstError, long budget)
{
    /// <summary>No error.</summary>
    public const long None = -1;

    // A file with more is not code of this language.
    private const int Most = 100;

    // A prefix of a block that is not parsed again, in bytes: it then holds definitions, which do not depend on each other.
    private const int LongEnough = 2048;

    private readonly byte[] _masked = masked;
    private readonly List<DirectiveGroup> _groups = [.. groups];
    private byte[] _bytes = [.. parsed.Bytes];
    private readonly List<(int Start, int End)> _accepted = [];
    private long _left = budget;

    /// <summary>Hides directives, and finds the ranges to leave out, ascending and disjoint.</summary>
    /// <param name="noticed">Where the parser noticed the first error: nothing before its item is to blame.</param>
    public List<(int Start, int End)> Find(int noticed)
    {
        var found = new List<(int Start, int End)>();
        var items = Blocks.Items(_masked, 0, _bytes.Length, ends);
        var from = Math.Max(0, items.FindLastIndex(item => item.Start <= noticed));
        while (from < items.Count && found.Count < Most)
        {
            // The last item may belong to those before it: where it has no error alone, they are parsed together.
            var error = FirstError(_bytes, items[from].Start, items[^1].End);
            if (error < 0)
            {
                break;
            }

            var last = Blamed(items, error, from, before => FirstError(_bytes, items[from].Start, before.End));
            var (start, alone) = (items[last].Start, last == from ? error : FirstError(_bytes, items[last].Start, items[last].End));
            (start, error) = alone < 0 ? (items[from].Start, error) : (start, alone);
            var blamed = Descend(items[last], start, error);
            if (_left <= 0)
            {
                break;
            }

            if (HideDirectives(blamed, start, items[last].End, error))
            {
                var first = items[from].Start;
                items = Blocks.Items(_masked, 0, _bytes.Length, ends);
                from = Math.Max(0, items.FindLastIndex(item => item.Start <= first));
                continue;
            }

            // What the parser has accepted is not parsed again. Directives stay: they may belong to some that follow.
            foreach (var (accepted, next) in _accepted)
            {
                ConditionalCode.HideBetween(_bytes, _masked, accepted, next);
            }

            found.Add(blamed);
            Hide(_bytes, blamed.Start, blamed.End);
            Hide(_masked, blamed.Start, blamed.End);
            from = blamed == items[last] ? last + 1 : last;
        }

        return Merged(found);
    }

    /// <summary>
    /// Hides the directives in an item or, if it has none, those around it: if then the parser does not stop in it, they
    /// stay hidden, and if need be all branches but one.
    /// </summary>
    private bool HideDirectives((int Start, int End) item, int start, int end, long error)
    {
        var touched = _groups.FindAll(group => group.Directives.Exists(line => line.Start < item.End && line.End > item.Start));
        if (touched.Count == 0 && _groups.Find(group => group.Directives[0].Start < item.Start && group.Directives[^1].End > item.End)
            is { } around)
        {
            touched.Add(around);
        }

        for (var all = 0; all < 2 && touched.Count > 0; all++)
        {
            byte[] changed = [.. _bytes];
            var hidden = touched.SelectMany(group => group.Directives)
                .Concat(all == 0 ? [] : touched.SelectMany(group => group.Alternatives(_masked))).ToList();
            hidden.ForEach(range => Hide(changed, range.Start, range.End));
            if (FirstError(changed, start, end) is var next && _left > 0 && (next < 0 || next >= Math.Max(item.End, error + 1)))
            {
                _bytes = changed;
                foreach (var group in touched)
                {
                    ConditionalCode.HideOne(parsed, group);
                    if (all == 1)
                    {
                        ConditionalCode.HideAlternatives(parsed, _masked, group);
                    }
                }

                hidden.ForEach(range => Hide(_masked, range.Start, range.End));
                _groups.RemoveAll(touched.Contains);
                return true;
            }
        }

        return false;
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

    /// <summary>
    /// Index of the item in which the parser stopped, or of the one before if that was incomplete: then the parser stops
    /// at the begin of the next.
    /// </summary>
    private int Blamed(List<(int Start, int End)> items, long error, int from, Func<(int Start, int End), long> errorUpTo)
    {
        var token = (int)error;
        while (token < _masked.Length && _masked[token] <= ' ')
        {
            token++;
        }

        var index = Math.Max(from, items.FindLastIndex(item => item.Start <= token));
        return index > from && items[index].Start == token && errorUpTo(items[index - 1]) >= 0 ? index - 1 : index;
    }

    /// <summary>The smallest item within <paramref name="item"/> that is to blame for an error.</summary>
    /// <param name="item">The item.</param>
    /// <param name="start">Where to begin to parse, so that the error occurs.</param>
    /// <param name="error">Where the parser stopped.</param>
    private (int Start, int End) Descend((int Start, int End) item, int start, long error)
    {
        _accepted.Clear();
        byte[] scratch = [.. _bytes];
        var end = item.End;
        while (_left > 0)
        {
            var blocks = Blocks.Inner(_masked, item.Start, item.End);
            blocks.ForEach(block => Hide(scratch, block.Start, block.End));
            var index = blocks.FindLastIndex(block => block.Start <= error);
            if (index < 0 || FirstError(scratch, start, end) >= 0)
            {
                return item;
            }

            var block = blocks[index];
            var items = Blocks.Items(_masked, block.Start, block.End, ends);
            if (items.Count == 0)
            {
                return item;
            }

            // What stands before the item in its block is needed only where the error depends on it.
            blocks[..(index + 1)].ForEach(shown => Show(scratch, shown.Start, shown.End));
            var blamed = items[Blamed(items, error, 0, before =>
            {
                Hide(scratch, before.End, block.End);
                var incomplete = FirstError(scratch, start, end);
                Show(scratch, before.End, block.End);
                return incomplete;
            })];
            Hide(scratch, blamed.End, block.End);
            Hide(scratch, block.Start, blamed.Start);
            if (FirstError(scratch, start, end) is >= 0 and var alone)
            {
                error = alone;
                if (blamed.Start - block.Start > LongEnough)
                {
                    _accepted.Add((block.Start, blamed.Start));
                }
            }
            else
            {
                Show(scratch, block.Start, blamed.Start);
            }

            item = blamed;
        }

        return item;
    }

    private long FirstError(byte[] text, int start, int end)
    {
        if (_left <= 0 || firstError(text, start, end) is not { } error)
        {
            _left = 0;
            return None;
        }

        _left -= (error < 0 ? end : error) - start;
        return error;
    }

    private void Show(byte[] scratch, int start, int end) => _bytes.AsSpan(start..end).CopyTo(scratch.AsSpan(start));

    private static void Hide(byte[] text, int start, int end) => Blocks.Hide(text.AsSpan(start..end));
}
