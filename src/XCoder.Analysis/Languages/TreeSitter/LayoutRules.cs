using System.Text;
using System.Text.RegularExpressions;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Languages.TreeSitter;

/// <summary>A language's <see cref="MeaningfulLayout"/> in terms of its grammar. Immutable.</summary>
internal sealed class LayoutRules
{
    // The numbers match grammars/native/walk.c.
    private const byte Counts = 1, ChildrenCount = 2, Verbatim = 4, Lone = 8, Breaks = 16;

    private readonly byte[][] _breaksAfter;
    private readonly byte[][] _breaksBefore;
    private readonly byte[][] _breaksWithin;
    private readonly byte[][] _spaces;
    private readonly byte[][] _spacesAfter;
    private readonly byte[][] _values;
    private readonly byte[][] _comments;
    private readonly byte[] _signs;
    private readonly GapRule[] _gaps;
    private readonly Regex? _quoting;
    private readonly byte[] _markup;
    private readonly byte[][][] _lineNumbers;

    /// <exception cref="InvalidDataException">A rule names a node type that the grammar does not have.</exception>
    public LayoutRules(CompiledLanguage language, MeaningfulLayout layout)
    {
        Nodes = new byte[language.Classes.Length];
        Mark(language, layout.Nodes, ChildrenCount);
        Mark(language, layout.Verbatim, Verbatim);
        Mark(language, layout.Lone, Lone);
        Mark(language, layout.Breaks, Breaks);
        (_breaksAfter, _breaksBefore) = (Bytes(layout.BreaksAfter), Bytes(layout.BreaksBefore));
        _breaksWithin = Bytes(layout.BreaksWithin);
        (_spaces, _spacesAfter) = (Bytes(layout.Spaces), Bytes(layout.SpacesAfter));
        (_values, _comments, _signs) = (Bytes(layout.Values), Bytes(layout.Comments), Encoding.UTF8.GetBytes(layout.Signs));
        _gaps = [.. layout.Gaps.Select(gap => new GapRule(gap))];
        _quoting = layout.Quoting is null ? null : new Regex($@"\A(?:{layout.Quoting})\z", RegexOptions.CultureInvariant);
        _markup = Encoding.UTF8.GetBytes(layout.Markup);
        _lineNumbers = [.. layout.LineNumbers.Select(tokens => Bytes(tokens.Split(' ')))];
    }

    /// <summary>For each symbol, whether its nodes or those inside show the layout, and whether blanks inside are text.</summary>
    public byte[] Nodes { get; }

    /// <summary>Whether a line end after a token has a meaning that nodes do not show.</summary>
    public bool BreaksAfter(ReadOnlySpan<byte> token) => Contains(_breaksAfter, token);

    /// <summary>Whether a line end between an operand and a token has a meaning that nodes do not show.</summary>
    public bool BreaksBefore(ReadOnlySpan<byte> token) => Contains(_breaksBefore, token);

    /// <summary>Whether line ends have a meaning in a bracket that nodes do not show.</summary>
    public bool CountsLinesIn(ReadOnlySpan<byte> bracket) => Contains(_breaksWithin, bracket);

    /// <summary>Whether a space before a token that follows an operand, and none after it, has a meaning that nodes do not show.</summary>
    public bool Spaces(ReadOnlySpan<byte> token) => Contains(_spaces, token);

    /// <summary>Whether a space behind a token that follows an operand, and none before it, has a meaning that nodes do not show.</summary>
    public bool SpacesAfter(ReadOnlySpan<byte> token) => Contains(_spacesAfter, token);

    /// <summary>Whether a keyword ends an operand.</summary>
    public bool IsValue(ReadOnlySpan<byte> keyword) => Contains(_values, keyword);

    /// <summary>Whether the text of a comment has a meaning.</summary>
    public bool CountsComment(ReadOnlySpan<byte> comment)
    {
        foreach (var text in _comments)
        {
            if (comment.IndexOf(text) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether blanks hold a character that is text.</summary>
    public bool HasSign(ReadOnlySpan<byte> blanks)
    {
        for (var at = 0; _signs.Length > 0 && blanks[at..].IndexOfAny(_signs) is var next and >= 0;)
        {
            at += next + 1;
            if (at == blanks.Length || blanks[at] != (byte)'\n')
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a call of this name may turn its arguments into text.</summary>
    public bool Quotes(ReadOnlySpan<byte> name)
    {
        Span<char> letters = stackalloc char[64];
        return _quoting is not null && name.Length is > 0 and <= 64 && Encoding.UTF8.TryGetChars(name, letters, out var count)
            && _quoting.IsMatch(letters[..count]);
    }

    /// <summary>Whether markup begins at <paramref name="at"/>.</summary>
    public bool BeginsMarkup(ReadOnlySpan<byte> text, int at) =>
        _markup.Length > 0 && text[at] == '<' && at > 0 && (text[at - 1] <= ' ' || _markup.Contains(text[at - 1]))
        && at + 1 < text.Length && (char.IsAsciiLetter((char)text[at + 1]) || text[at + 1] is (byte)'_' or (byte)'!' or (byte)'?');

    /// <summary>The tokens that stand for the number of their line, each as the tokens that it consists of.</summary>
    public IReadOnlyList<byte[][]> LineNumbers => _lineNumbers;

    /// <summary>Whether it counts that there is no blank, or where there are line ends, that they are there between two tokens.</summary>
    /// <param name="after">The token before the gap.</param>
    /// <param name="before">The one behind it.</param>
    /// <param name="lines">Line ends in the gap.</param>
    public bool CountsGap(in LayoutToken after, in LayoutToken before, int lines)
    {
        foreach (var rule in _gaps)
        {
            if (rule.Counts(after, before, lines))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a text is one of <paramref name="texts"/>.</summary>
    public static bool Contains(byte[][] texts, ReadOnlySpan<byte> text)
    {
        foreach (var other in texts)
        {
            if (text.SequenceEqual(other))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[][] Bytes(IReadOnlyList<string> texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private void Mark(CompiledLanguage language, IReadOnlyList<string> types, byte mark)
    {
        foreach (var type in types)
        {
            if (type == "*")
            {
                foreach (ref var node in Nodes.AsSpan())
                {
                    node |= Counts;
                }

                continue;
            }

            var symbol = language.FindSymbol(type, named: true);
            Nodes[symbol] |= symbol != 0 ? mark : throw new InvalidDataException(
                $"The layout of '{language.Language.Id}' names '{type}', which is no node type of the grammar.");
        }
    }

    /// <summary>A <see cref="LayoutGap"/> as tables over a token's class and its outer bytes.</summary>
    private sealed class GapRule(LayoutGap gap)
    {
        private readonly bool[]? _behind = Table(gap.Behind);
        private readonly bool[]? _afterBegins = Table(gap.AfterBegins);
        private readonly bool[]? _afterEnds = Table(gap.AfterEnds);
        private readonly bool[]? _beforeBegins = Table(gap.BeforeBegins);
        private readonly bool[]? _beforeEnds = Table(gap.BeforeEnds);
        private readonly int _after = Classes(gap.After);
        private readonly int _before = Classes(gap.Before);
        private readonly bool _isOperand = gap.After.Contains("operand");

        public bool Counts(in LayoutToken after, in LayoutToken before, int lines) =>
            (_beforeBegins is null || _beforeBegins[before.Text[0]])
            && (_afterEnds is null || _afterEnds[after.Text[^1]])
            && (_afterBegins is null || _afterBegins[after.Text[0]])
            && (_behind is null || _behind[after.Behind])
            && ((_after & (1 << (int)after.Class)) != 0 || (_isOperand && after.IsOperand))
            && (_before & (1 << (int)before.Class)) != 0
            && (!gap.Leading || after.IsLeading)
            && (_beforeEnds is null || _beforeEnds[before.Text[^1]])
            && (gap.Lines == 0 ? lines == 0 : lines >= gap.Lines && before.Text is not [(byte)'}']);

        private static int Classes(IReadOnlyList<string> names) => names.Count == 0 ? ~0 : names.Where(name => name != "operand")
            .Aggregate(0, (mask, name) => mask | (1 << (int)Enum.Parse<TokenClass>(name, ignoreCase: true)));

        private static bool[]? Table(string characters)
        {
            if (characters.Length == 0)
            {
                return null;
            }

            var table = new bool[256];
            for (var i = 0; i < characters.Length; i++)
            {
                var last = i + 2 < characters.Length && characters[i + 1] == '-' ? characters[i + 2] : characters[i];
                for (var c = characters[i]; c <= last; c++)
                {
                    table[c] = true;
                }

                i += last == characters[i] ? 0 : 2;
            }

            return table;
        }
    }
}

/// <summary>A token as the rules of layout see it; never empty.</summary>
internal readonly ref struct LayoutToken(byte behind, ReadOnlySpan<byte> text, TokenClass kind, bool isOperand, bool isLeading)
{
    /// <summary>First byte of the token before it; 0 if there is none.</summary>
    public byte Behind { get; } = behind;

    public ReadOnlySpan<byte> Text { get; } = text;

    public TokenClass Class { get; } = kind;

    /// <summary>Whether an operand may end with it.</summary>
    public bool IsOperand { get; } = isOperand;

    /// <summary>Whether it is the first of its line.</summary>
    public bool IsLeading { get; } = isLeading;
}
