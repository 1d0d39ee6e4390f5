using System.Buffers;
using System.Globalization;
using System.Text;
using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>Reads the "pre_tokenizer" of a tokenizer.json into steps that follow each other.</summary>
internal static class PreTokenizer
{
    // \w+|[^\w\s]+ as the reference's other engine reads it: joiners are of the word.
    private const string Words = @"[\w\u200C\u200D]+|[^\w\s\u200C\u200D]+";

    /// <exception cref="EmbeddingException">The kind is not supported.</exception>
    public static IPreTokenizer[] Read(TokenizerPart part) => part.IsMissing ? [] : part.Type switch
    {
        "Sequence" => [.. part["pretokenizers"].Items.SelectMany(Read)],
        "ByteLevel" => ByteLevel(part),
        "Split" => [PatternSplit(part)],
        "Metaspace" => [new MetaspacePreTokenizer(part)],
        "WhitespaceSplit" => [Characters(Rune.IsWhiteSpace, SplitBehavior.Removed)],
        "Whitespace" => [new PatternPreTokenizer(TextPattern.Compile(Words, part), SplitBehavior.Removed, isInverted: true)],
        "BertPreTokenizer" => [Characters(Rune.IsWhiteSpace, SplitBehavior.Removed), Characters(IsPunctuation, SplitBehavior.Isolated)],
        "Punctuation" => [Characters(IsPunctuation, Behavior(part, SplitBehavior.Isolated))],
        "Digits" => [Characters(IsNumeric, part.Flag("individual_digits", false) ? SplitBehavior.Isolated : SplitBehavior.Contiguous)],
        _ => throw part.Unsupported("pre-tokenizer"),
    };

    private static IPreTokenizer[] ByteLevel(TokenizerPart part)
    {
        var bytes = new ByteLevelPreTokenizer();
        var prefix = part.Flag("add_prefix_space", true);
        if (!part.Flag("use_regex", true))
        {
            return prefix ? [new PrefixSpace(), bytes] : [bytes];
        }

        var words = new PatternPreTokenizer(TextPattern.Compile(ByteLevelPreTokenizer.Words, part), SplitBehavior.Isolated,
            isInverted: false);
        return prefix ? [new PrefixSpace(), words, bytes] : [words, bytes];
    }

    private static PatternPreTokenizer PatternSplit(TokenizerPart part) =>
        new(TextPattern.Read(part["pattern"]), Behavior(part, SplitBehavior.Isolated), part.Flag("invert", false));

    private static SplitBehavior Behavior(TokenizerPart part, SplitBehavior missing) => part.Text("behavior")?.ToLowerInvariant() switch
    {
        null => missing,
        "removed" => SplitBehavior.Removed,
        "isolated" => SplitBehavior.Isolated,
        "mergedwithprevious" => SplitBehavior.MergedWithPrevious,
        "mergedwithnext" => SplitBehavior.MergedWithNext,
        "contiguous" => SplitBehavior.Contiguous,
        _ => throw part["behavior"].Wrong("is not known"),
    };

    private static CharacterPreTokenizer Characters(Func<Rune, bool> isMatch, SplitBehavior behavior) => new(isMatch, behavior);

    private static bool IsPunctuation(Rune rune) =>
        rune.IsAscii ? rune.Value is (>= '!' and <= '/') or (>= ':' and <= '@') or (>= '[' and <= '`') or (>= '{' and <= '~')
            : Rune.IsPunctuation(rune);

    private static bool IsNumeric(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}

/// <summary>Cuts a piece of text into smaller ones, and may rewrite them.</summary>
internal interface IPreTokenizer
{
    /// <summary>Appends the pieces of a piece.</summary>
    /// <param name="piece">Not empty.</param>
    /// <param name="isFirst">Whether the piece begins the whole text.</param>
    /// <param name="pieces">Receives the pieces.</param>
    void Split(ReadOnlySpan<char> piece, bool isFirst, PieceBuffer pieces);
}

/// <summary>A blank in front of what has none, so that a word at the start is as one in the middle.</summary>
internal sealed class PrefixSpace : IPreTokenizer
{
    public void Split(ReadOnlySpan<char> piece, bool isFirst, PieceBuffer pieces)
    {
        if (piece[0] != ' ')
        {
            pieces.Append(1)[0] = ' ';
        }

        pieces.Add(piece);
    }
}

/// <summary>Writes blanks as ▁, puts one in front, and cuts before each (SentencePiece).</summary>
internal sealed class MetaspacePreTokenizer : IPreTokenizer
{
    private readonly char _replacement;
    private readonly string _scheme;
    private readonly bool _isSplit;

    public MetaspacePreTokenizer(TokenizerPart part)
    {
        var text = part.Text("replacement") ?? "\u2581";
        _replacement = text.Length == 1 ? text[0] : throw part["replacement"].Wrong("is not one character");
        _scheme = part.Text("prepend_scheme") ?? (part.Flag("add_prefix_space", true) ? "always" : "never");
        _isSplit = part.Flag("split", true);
        if (_scheme is not ("always" or "first" or "never"))
        {
            throw part["prepend_scheme"].Wrong("is not known");
        }
    }

    public void Split(ReadOnlySpan<char> piece, bool isFirst, PieceBuffer pieces)
    {
        var marked = piece[0] == ' ' || piece[0] == _replacement;
        if (!marked && (_scheme == "always" || (_scheme == "first" && isFirst)))
        {
            pieces.Append(1)[0] = _replacement;
        }

        while (!piece.IsEmpty)
        {
            var next = _isSplit ? piece[1..].IndexOfAny(' ', _replacement) + 1 : 0;
            var word = next > 0 ? piece[..next] : piece;
            word.Replace(pieces.Append(word.Length), ' ', _replacement);
            pieces.End();
            piece = piece[word.Length..];
        }
    }
}

/// <summary>Writes every byte of the UTF-8 text as one printable character, as GPT-2 does, so that no text is unknown.</summary>
internal sealed class ByteLevelPreTokenizer : IPreTokenizer
{
    /// <summary>GPT-2's words.</summary>
    public const string Words = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    private static readonly char[] Letters = MakeLetters();

    public void Split(ReadOnlySpan<char> piece, bool isFirst, PieceBuffer pieces)
    {
        if (Ascii.IsValid(piece))
        {
            var target = pieces.Append(piece.Length);
            for (var index = 0; index < piece.Length; index++)
            {
                target[index] = Letters[piece[index]];
            }
        }
        else
        {
            Span<byte> bytes = stackalloc byte[4];
            foreach (var rune in piece.EnumerateRunes())
            {
                var count = rune.EncodeToUtf8(bytes);
                var target = pieces.Append(count);
                for (var index = 0; index < count; index++)
                {
                    target[index] = Letters[bytes[index]];
                }
            }
        }

        pieces.End();
    }

    // Printable bytes are themselves, the others follow from U+0100.
    private static char[] MakeLetters()
    {
        var letters = new char[256];
        var next = (char)256;
        for (var value = 0; value < letters.Length; value++)
        {
            letters[value] = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)value : next++;
        }

        return letters;
    }
}

/// <summary>Cuts a text at matches.</summary>
internal static class Splitter
{
    /// <param name="text">The text.</param>
    /// <param name="matches">Matches in order, without overlaps, none empty.</param>
    /// <param name="isInverted">Whether what lies between the matches is matched instead.</param>
    /// <param name="behavior">What becomes of the matches.</param>
    /// <param name="pieces">Receives the pieces.</param>
    public static void Split(ReadOnlySpan<char> text, List<(int Start, int End)> matches, bool isInverted, SplitBehavior behavior,
        PieceBuffer pieces)
    {
        var state = new State(text, behavior, pieces);
        var done = 0;
        foreach (var (start, end) in matches)
        {
            state.Add(done, start, isInverted);
            state.Add(start, end, !isInverted);
            done = end;
        }

        state.Add(done, text.Length, isInverted);
        state.Finish();
    }

    private ref struct State(ReadOnlySpan<char> text, SplitBehavior behavior, PieceBuffer pieces)
    {
        private readonly ReadOnlySpan<char> text = text;
        private int pendingStart;
        private int pendingEnd;
        private bool wasMatch;

        public void Add(int start, int end, bool isMatch)
        {
            if (start == end)
            {
                return;
            }

            var joins = pendingEnd > pendingStart && behavior switch
            {
                SplitBehavior.MergedWithPrevious => isMatch && !wasMatch,
                SplitBehavior.MergedWithNext => wasMatch && !isMatch,
                SplitBehavior.Contiguous => wasMatch == isMatch,
                _ => false,
            };
            if (!joins)
            {
                Finish();
                pendingStart = start;
            }

            (pendingEnd, wasMatch) = (end, isMatch);
            if (isMatch && behavior == SplitBehavior.Removed)
            {
                pendingStart = pendingEnd;
            }
        }

        public void Finish()
        {
            pieces.Add(text[pendingStart..pendingEnd]);
            pendingStart = pendingEnd;
        }
    }
}

/// <summary>What becomes of the matches that a text is split at.</summary>
internal enum SplitBehavior
{
    /// <summary>They are dropped.</summary>
    Removed,

    /// <summary>Each is a piece.</summary>
    Isolated,

    /// <summary>Each ends the piece before it.</summary>
    MergedWithPrevious,

    /// <summary>Each begins the piece after it.</summary>
    MergedWithNext,

    /// <summary>Neighbours are one piece.</summary>
    Contiguous,
}

/// <summary>Cuts at the matches of a pattern.</summary>
internal sealed class PatternPreTokenizer(TextPattern pattern, SplitBehavior behavior, bool isInverted) : IPreTokenizer
{
    [ThreadStatic]
    private static List<(int Start, int End)>? _found;

    public void Split(ReadOnlySpan<char> piece, bool isFirst, PieceBuffer pieces)
    {
        var matches = _found ??= [];
        matches.Clear();
        pattern.FindAll(piece, matches);
        Splitter.Split(piece, matches, isInverted, behavior, pieces);
    }
}

/// <summary>Cuts at single characters.</summary>
internal sealed class CharacterPreTokenizer : IPreTokenizer
{
    [ThreadStatic]
    private static List<(int Start, int End)>? _found;

    private readonly Func<Rune, bool> _isMatch;
    private readonly SplitBehavior _behavior;
    private readonly bool[] _ascii = new bool[128];

    public CharacterPreTokenizer(Func<Rune, bool> isMatch, SplitBehavior behavior)
    {
        (_isMatch, _behavior) = (isMatch, behavior);
        for (var value = 0; value < _ascii.Length; value++)
        {
            _ascii[value] = _isMatch(new Rune(value));
        }
    }

    public void Split(ReadOnlySpan<char> piece, bool isFirst, PieceBuffer pieces)
    {
        var matches = _found ??= [];
        matches.Clear();
        for (var at = 0; at < piece.Length;)
        {
            if (piece[at] < 128)
            {
                if (_ascii[piece[at]])
                {
                    matches.Add((at, at + 1));
                }

                at++;
                continue;
            }

            if (Rune.DecodeFromUtf16(piece[at..], out var rune, out var length) == OperationStatus.Done && _isMatch(rune))
            {
                matches.Add((at, at + length));
            }

            at += length;
        }

        Splitter.Split(piece, matches, isInverted: false, _behavior, pieces);
    }
}
