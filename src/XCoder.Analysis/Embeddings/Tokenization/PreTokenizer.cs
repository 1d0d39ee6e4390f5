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

        var words = new PatternPreTokenizer(TextPattern.Compile(ByteLevelPreTokenizer.Words, part), SplitBehavior.Isolated, isInverted: false);
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
        rune.IsAscii ? rune.Value is (>= '!' and <= '/') or (>= ':' and <= '@') or (>= '[' and <= '`') or (>= '{' and <= '~') : Rune.IsPunctuation(rune);

    private static bool IsNumeric(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}
