using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Languages.TreeSitter;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.TreeSitter;

internal sealed partial class TreeReading
{
    private static ReadOnlySpan<byte> Blanks => " \t\r\n\f\v"u8;

    /// <summary>
    /// Adds the tokens of the parts that the parser did not see.
    /// </summary>
    public void Fill(ParsedText parsed, ReadOnlySpan<WalkEvent> events)
    {
        var comments = new List<(int Start, int End)>();
        foreach (ref readonly var item in events)
        {
            if (item.Class == SymbolClass.Comment)
            {
                comments.Add(((int)item.Start, (int)item.End));
            }
        }

        DropGaps(parsed);
        var (token, comment, at) = (0, 0, 0);
        var all = new List<(int Start, int Length, TokenClass Class, int Old)>(_starts.Count);
        foreach (var whole in parsed.Changes)
        {
            var change = whole with { Start = Math.Max(whole.Start, at) };
            if (change.IsAside || change.Start >= change.End)
            {
                continue;
            }

            at = change.End;
            var first = token;
            while (first < _starts.Count && _starts[first] + _lengths[first] <= change.Start)
            {
                all.Add((_starts[first], _lengths[first], _classes[first], first++));
            }

            // A token that is all of the part, or reaches beyond it, has the right text although not the right kind of node.
            if (first < _starts.Count && _starts[first] < change.End && (_starts[first] < change.Start
                || (_starts[first] == change.Start && _starts[first] + _lengths[first] >= change.End)))
            {
                // It may reach over the next parts, too.
                at = Math.Max(at, _starts[first] + _lengths[first]);
                change = change with { Start = Math.Min(change.End, _starts[first] + _lengths[first]) };
                all.Add((_starts[first], _lengths[first], _classes[first], first++));
            }

            token = first;
            while (token < _starts.Count && _starts[token] + _lengths[token] <= change.End)
            {
                token++;
            }

            if (token < _starts.Count && _starts[token] < change.End)
            {
                change = change with { End = _starts[token] };
            }

            foreach (var (start, length, kind) in parsed.Tokens(change))
            {
                while (comment < comments.Count && comments[comment].End <= start)
                {
                    comment++;
                }

                if (comment == comments.Count || comments[comment].Start >= start + length)
                {
                    all.Add((start, length, kind, -1));
                }
            }
        }

        for (; token < _starts.Count; token++)
        {
            all.Add((_starts[token], _lengths[token], _classes[token], token));
        }

        _starts.Clear();
        _lengths.Clear();
        _classes.Clear();
        _layout.Rearrange(all.ConvertAll(item => item.Old));
        foreach (var (start, length, kind, _) in all)
        {
            _starts.Add(start);
            _lengths.Add(length);
            _classes.Add(kind);
        }
    }

    /// <summary>Marks tokens that stand for the number of their line, once all tokens are known.</summary>
    public void MarkLines(CompiledLanguage language, ReadOnlySpan<byte> text)
    {
        if (language.Layout is { } rules)
        {
            LineNumbers.Mark(rules, text, _starts, _lengths, Definitions, _layout);
        }
    }

    // Tokens of text that the parser did not see, where that text was replaced: they are read from the text instead.
    private void DropGaps(ParsedText parsed)
    {
        var changes = parsed.Changes.Where(change => !change.IsAside).ToList();
        var (kept, next) = (new List<int>(_starts.Count), 0);
        for (var i = 0; i < _starts.Count; i++)
        {
            while (next < changes.Count && changes[next].End <= _starts[i])
            {
                next++;
            }

            if (_classes[i] != TokenClass.Other || next == changes.Count || changes[next].Start >= _starts[i] + _lengths[i])
            {
                kept.Add(i);
            }
        }

        if (kept.Count == _starts.Count)
        {
            return;
        }

        _layout.Rearrange(kept);
        for (var i = 0; i < kept.Count; i++)
        {
            (_starts[i], _lengths[i], _classes[i]) = (_starts[kept[i]], _lengths[kept[i]], _classes[kept[i]]);
        }

        _starts.RemoveRange(kept.Count, _starts.Count - kept.Count);
        _lengths.RemoveRange(kept.Count, _lengths.Count - kept.Count);
        _classes.RemoveRange(kept.Count, _classes.Count - kept.Count);
    }

    private void AddToken(CompiledLanguage language, ReadOnlySpan<byte> text, in WalkEvent item, int start, int end)
    {
        _layout.Pass(item);

        // In some grammars, line ends and indentation are tokens or parts of tokens; here they are layout.
        var whole = text[Math.Min(start, end)..end];
        var blank = whole.IndexOfAnyExcept(Blanks);
        if (blank < 0)
        {
            if (item.IsVerbatim || item.Class == SymbolClass.String || (item.Class == SymbolClass.Folded && !whole.Contains((byte)'\n')))
            {
                _layout.PassBlanks(whole);
            }

            return;
        }

        // A documentation string is a comment, whatever the grammar calls it.
        if (_documentation.Count > 0 && item.Class == SymbolClass.String && _documentation.Contains(start))
        {
            return;
        }

        if (item.Class is SymbolClass.String or SymbolClass.Folded)
        {
            Add(language, text, start, end, TokenClass.String, item.Class);
            return;
        }

        if (item.IsVerbatim)
        {
            _layout.PassBlanks(whole[..blank]);
        }
        else if (item.Class == SymbolClass.Identifier && whole[..blank].Contains((byte)'\n'))
        {
            // A word that begins with a line end stands on another line than a grammar would have it: \( in Bash.
            _layout.PassBlanks("\n"u8);
        }

        start += blank;
        var last = start + text[start..end].LastIndexOfAnyExcept(Blanks) + 1;
        var behind = text[last..end];
        end = last;
        Add(language, text, start, end, item.Class is SymbolClass.Plain or SymbolClass.Joint ? language.LeafClasses[item.Symbol]
            : item.Class == SymbolClass.Identifier && language.IsKeyword(text[start..end]) ? TokenClass.Keyword
            : (TokenClass)item.Class, item.Class);
        if (item.IsVerbatim)
        {
            _layout.PassBlanks(behind);
        }
    }

    /// <summary>
    /// Adds the text from what was read so far to <paramref name="end"/>, for which the parser has no token. Blanks in it are layout
    /// unless <paramref name="isVerbatim"/>.
    /// </summary>
    private void AddGap(CompiledLanguage language, ReadOnlySpan<byte> text, int end, bool isVerbatim)
    {
        while (_covered < end)
        {
            var gap = text[_covered..end];
            var blanks = gap.IndexOfAnyExcept(Blanks);
            if (blanks != 0)
            {
                blanks = blanks < 0 ? gap.Length : blanks;
                if (isVerbatim || (language.Layout?.HasSign(gap[..blanks]) ?? false))
                {
                    _layout.PassBlanks(gap[..blanks]);
                }

                _covered += blanks;
                continue;
            }

            var length = gap.IndexOfAny(Blanks) is var blank and >= 0 ? blank : gap.Length;
            if (!JoinsLines(gap[..length], gap[length..]))
            {
                Add(language, text, _covered, _covered + length, TokenClass.Other, SymbolClass.Plain);
            }
            else if (EndsJoining(gap[length..]))
            {
                _layout.PassBlanks(gap[..length]);
            }
            else if (_covered > 0 && !Blanks.Contains(text[_covered - 1]) && (language.Layout?.HasSign(gap[..length]) ?? false)
                && text[(_covered + length)..].TrimStart("\r"u8) is [(byte)'\n', > (byte)' ', ..])
            {
                // With nothing before it and nothing behind the line end, it may join two halves of a word.
                _layout.PassBlanks(gap[..length]);
            }

            _covered += length;
        }
    }

    /// <summary>Whether a text is the sign at the end of a line that joins it to the next one, which is layout.</summary>
    private static bool JoinsLines(ReadOnlySpan<byte> text, ReadOnlySpan<byte> after) =>
        text is [(byte)'\\' or (byte)'`'] && after.TrimStart("\r"u8) is [(byte)'\n', ..];

    /// <summary>Whether the line that a sign joins to the one before is blank, so that nothing is joined.</summary>
    private static bool EndsJoining(ReadOnlySpan<byte> after)
    {
        var next = after[(after.IndexOf((byte)'\n') + 1)..];
        return next.IndexOf((byte)'\n') is var end and >= 0 && next[..end].IndexOfAnyExcept(Blanks) < 0;
    }

    private void Add(CompiledLanguage language, ReadOnlySpan<byte> text, int start, int end, TokenClass kind, SymbolClass symbol)
    {
        _starts.Add(start);
        _lengths.Add(end - start);
        _classes.Add(kind);
        if (symbol == SymbolClass.Joint)
        {
            _layout.AddSkipped();
            return;
        }

        _layout.Add(language.Layout, text, start, end, kind);
        if (symbol == SymbolClass.Folded)
        {
            _layout.Fold(text[start..end]);
        }
    }
}
