using XCoder.Analysis.Languages.TreeSitter;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Extraction.TreeSitter;

/// <summary>
/// Reads the layout that has a meaning: where nodes begin and end, in languages whose line ends or indentation decide that, and
/// blanks inside strings. Reused from file to file.
/// </summary>
internal sealed class LayoutReading
{
    private const ulong NodesKey = 0x9E6C63D0876A9A47;
    private const ulong BlankKey = 0xB7E151628AED2A6B;
    private const ulong LinesKey = 0xD1B54A32D192ED03;

    private readonly List<ulong> _marks = [];

    private readonly Stack<Bracket> _brackets = [];

    // Since the last token: nodes that ended, then nodes that began, and a hash of blanks that are text. A token that was
    // left out counts like the space around it.
    private int _closed;
    private int _opened;
    private ulong _blanks;
    private bool _isMarked;

    // Whether line ends before the next token count, and where the last markup ends.
    private bool _isBroken;
    private int _markupEnd;

    // The last token, and the one before it.
    private int _lastStart;
    private int _lastEnd;
    private TokenClass _lastClass;
    private bool _isOperand;
    private bool _isLeading;
    private (int Start, int End) _beforeLast;

    /// <summary>
    /// An open bracket: in <see cref="Quoting"/> ones blanks count, in the outermost not at its ends; in <see cref="Lines"/> line ends
    /// count.
    /// </summary>
    private enum Bracket
    {
        Brace,
        RoundOrSquare,
        Quoting,
        WithinQuoting,
        Lines,
    }

    /// <summary>The marks of all tokens; empty if none has one.</summary>
    public ulong[] Marks => _isMarked ? [.. _marks] : [];

    /// <summary>Discards everything read so far.</summary>
    public void Clear()
    {
        _marks.Clear();
        _brackets.Clear();
        (_closed, _opened, _blanks, _isMarked, _isBroken, _markupEnd) = (0, 0, 0, false, false, 0);
        (_lastStart, _lastEnd, _lastClass, _beforeLast) = (0, 0, TokenClass.Punctuation, default);
        _isOperand = _isLeading = false;
    }

    /// <summary>Gives other tokens their marks: of each, the number of the old token whose mark it keeps, or -1 for none.</summary>
    public void Rearrange(IReadOnlyList<int> tokens)
    {
        var old = _marks.ToArray();
        _marks.Clear();
        foreach (var token in tokens)
        {
            _marks.Add(token < 0 ? 0 : old[token]);
        }
    }

    /// <summary>Reads what lies before a token of the parser, whether or not the token stays.</summary>
    public void Pass(in WalkEvent item)
    {
        // A node that began before a token that was left out, and ends here, holds nothing.
        var empty = Math.Min(_opened, item.Closed);
        _closed += item.Closed - empty;
        _opened += item.Opened - empty;
        _isBroken |= item.IsBroken;
    }

    /// <summary>Reads blanks that are part of a string.</summary>
    public void PassBlanks(ReadOnlySpan<byte> blanks)
    {
        if (blanks.Length > 0)
        {
            _blanks = SpanHash.Mix(_blanks ^ SpanHash.Hash64(blanks), BlankKey);
        }
    }

    /// <summary>Reads a comment, which is blank but for one that has a meaning, or that the parser may have taken for one.</summary>
    public void PassComment(LayoutRules? rules, ReadOnlySpan<byte> comment, bool isVerbatim)
    {
        if (isVerbatim || (rules is not null && rules.CountsComment(comment)))
        {
            PassBlanks(comment);
        }
    }

    /// <summary>Adds the mark of the next token.</summary>
    /// <param name="rules">The layout that has a meaning in the language, or null.</param>
    /// <param name="text">The file's text.</param>
    /// <param name="start">First byte of the token.</param>
    /// <param name="end">One past its last byte.</param>
    /// <param name="kind">Its class.</param>
    public void Add(LayoutRules? rules, ReadOnlySpan<byte> text, int start, int end, TokenClass kind)
    {
        if (start >= _markupEnd && rules is not null && rules.BeginsMarkup(text, start))
        {
            _markupEnd = MarkupLiteral.End(text, start);
            PassBlanks(text[start..Math.Max(start, _markupEnd)]);
        }

        var standing = rules is null ? 0 : Standing(rules, text, start, end, kind);
        var mark = 0UL;
        _isBroken = false;
        if ((_closed | _opened | standing) != 0 || _blanks != 0)
        {
            mark = LayoutMark.Beside(SpanHash.Mix(_blanks ^ (((ulong)_closed << 32) | ((ulong)_opened << 8) | (uint)standing), NodesKey));
            (_closed, _opened, _blanks, _isMarked) = (0, 0, 0, true);
        }

        _marks.Add(mark);
    }

    /// <summary>Adds the mark of a token that exact duplicates do not compare. Layout around it goes to the next token.</summary>
    public void AddSkipped()
    {
        _marks.Add(LayoutMark.Skipped);
        _isMarked = true;
    }

    /// <summary>
    /// Makes the mark of the last token, whose text is given, ignore how lines are folded in it: a run of blanks with a line end
    /// means one space, and nothing at either end.
    /// </summary>
    public void Fold(ReadOnlySpan<byte> text)
    {
        _marks[^1] = LayoutMark.InPlace(SpanHash.Mix(_marks[^1] ^ SpanHash.Hash64(Folded(text)), NodesKey));
        _isMarked = true;
    }

    /// <summary>
    /// Where the token stands, of what nodes do not show: 1 after a line end, 2 after a space that counts, 4 before one, 8 where a
    /// pair of tokens has no blank, or has line ends, between it, 16 after a blank that becomes text, 32 after several
    /// line ends behind a node for which they count.
    /// </summary>
    private int Standing(LayoutRules rules, ReadOnlySpan<byte> text, int start, int end, TokenClass kind)
    {
        var isOperand = EndsOperand(rules, text[start..end], kind);
        var isLeading = text[Math.Min(_lastEnd, start)..start].Contains((byte)'\n');
        var token = new LayoutToken(FirstOf(text, (_lastStart, _lastEnd)), text[start..end], kind, isOperand, isLeading);
        var standing = 0;
        if (_lastEnd > _lastStart)
        {
            var before = new LayoutToken(FirstOf(text, _beforeLast), text[_lastStart.._lastEnd], _lastClass, _isOperand, _isLeading);
            var gap = text[_lastEnd..Math.Max(_lastEnd, start)];
            standing = gap.Length > 0 ? AfterBlank(rules, before, gap, token, isTight: end < text.Length && text[end] > (byte)' ')
                : (_isOperand && end < text.Length && text[end] is (byte)' ' or (byte)'\t' && rules.SpacesAfter(token.Text) ? 4 : 0)
                    | (rules.CountsGap(before, token, 0) ? 8 : 0);
        }

        Nest(rules, text, token);
        _beforeLast = (_lastStart, _lastEnd);
        (_lastStart, _lastEnd, _lastClass, _isOperand, _isLeading) = (start, end, kind, isOperand, isLeading);
        return standing;
    }

    /// <summary>Makes the mark of a token depend on how many lines it is behind another.</summary>
    public void AddLines(int token, int lines)
    {
        _marks[token] = LayoutMark.Beside(SpanHash.Mix(_marks[token] ^ (ulong)(uint)lines, LinesKey));
        _isMarked = true;
    }

    private int AfterBlank(LayoutRules rules, in LayoutToken before, ReadOnlySpan<byte> gap, in LayoutToken token, bool isTight)
    {
        var lines = gap.Count((byte)'\n');
        var breaks = lines > 0;
        _brackets.TryPeek(out var bracket);
        var standing = breaks && ((rules.BreaksAfter(before.Text) && token.Text is not [(byte)'}'])
            || (before.IsOperand && bracket == Bracket.Brace && rules.BreaksBefore(token.Text))) ? 1 : 0;
        var opens = token.Text is [(byte)'(' or (byte)'[' or (byte)'{'];
        if (!breaks && before.IsOperand && (opens || isTight) && rules.Spaces(token.Text))
        {
            standing |= 2;
        }

        if (breaks && rules.CountsGap(before, token, lines))
        {
            standing |= 8;
        }

        // A backslash joins two lines to one.
        if (bracket == Bracket.Lines && lines > gap.Count("\\\n"u8) + gap.Count("\\\r\n"u8))
        {
            standing |= 64;
        }

        var isQuoted = bracket == Bracket.WithinQuoting
            || (bracket == Bracket.Quoting && before.Text is not [(byte)'('] && token.Text is not [(byte)')']);
        if (_isBroken && lines > 1 && token.Class != TokenClass.Keyword && token.Text is not [(byte)'}'])
        {
            standing |= 32;
        }

        return isQuoted ? standing | 16 : standing;
    }

    private void Nest(LayoutRules rules, ReadOnlySpan<byte> text, in LayoutToken token)
    {
        if (token.Class != TokenClass.Punctuation)
        {
            return;
        }

        if (token.Text[^1] is (byte)'(' or (byte)'[' or (byte)'{')
        {
            _brackets.TryPeek(out var outer);
            var (first, last) = text[_lastStart.._lastEnd] is [(byte)'!'] ? _beforeLast : (_lastStart, _lastEnd);
            _brackets.Push(outer is Bracket.Quoting or Bracket.WithinQuoting ? Bracket.WithinQuoting
                : token.Text[^1] == (byte)'{' ? Bracket.Brace
                : rules.CountsLinesIn(token.Text) ? Bracket.Lines
                : token.Text is [(byte)'('] && rules.Quotes(text[first..last]) ? Bracket.Quoting : Bracket.RoundOrSquare);
        }
        else if (token.Text[0] is (byte)')' or (byte)']' or (byte)'}')
        {
            _brackets.TryPop(out _);
        }
    }

    private static byte FirstOf(ReadOnlySpan<byte> text, (int Start, int End) token) =>
        token.Start < token.End ? text[token.Start] : (byte)0;

    private static bool EndsOperand(LayoutRules rules, ReadOnlySpan<byte> token, TokenClass kind) => kind switch
    {
        TokenClass.Keyword => rules.IsValue(token),
        TokenClass.Punctuation => token is [(byte)')' or (byte)']' or (byte)'}'],
        _ => true,
    };

    /// <summary>The text with each run of blanks that holds a line end replaced by one space, or by nothing at either end.</summary>
    internal static byte[] Folded(ReadOnlySpan<byte> text)
    {
        var (result, count) = (new byte[text.Length], 0);
        for (var at = 0; at < text.Length;)
        {
            var length = text[at..].IndexOfAnyExcept(" \t\r\n\f\v"u8) is var next and >= 0 ? next : text.Length - at;
            if (length == 0)
            {
                result[count++] = text[at++];
            }
            else if (text.Slice(at, length).IndexOf((byte)'\n') < 0)
            {
                text.Slice(at, length).CopyTo(result.AsSpan(count));
                (at, count) = (at + length, count + length);
            }
            else
            {
                at += length;
                if (count > 0 && at < text.Length)
                {
                    result[count++] = (byte)' ';
                }
            }
        }

        return result[..count];
    }
}
