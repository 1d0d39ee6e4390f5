using System.Globalization;
using System.Text;

namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>BERT's cleaning: no control characters, every space a blank, CJK characters apart, no accents, lower case.</summary>
internal sealed class BertNormalizer(TokenizerPart part)
{
    private readonly bool _cleanText = part.Flag("clean_text", true);
    private readonly bool _apartCjk = part.Flag("handle_chinese_chars", true);
    private readonly bool _lowercase = part.Flag("lowercase", true);
    private readonly bool _stripAccents = part.Flag("strip_accents", part.Flag("lowercase", true));

    public string Apply(string text)
    {
        if (_cleanText || _apartCjk)
        {
            text = Clean(text);
        }

        if (_stripAccents)
        {
            text = Normalizer.WithoutMarks(Normalizer.Form(text, NormalizationForm.FormD), nonSpacingOnly: true);
        }

        return _lowercase ? Normalizer.Lowercase(text) : text;
    }

    private string Clean(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (_cleanText && IsRemoved(rune))
            {
                continue;
            }

            if (_cleanText && (rune.Value is '\t' or '\n' or '\r' || Rune.IsWhiteSpace(rune)))
            {
                result.Append(' ');
            }
            else if (rune.IsAscii)
            {
                result.Append((char)rune.Value);
            }
            else if (_apartCjk && IsCjk(rune.Value))
            {
                result.Append(' ').Append(rune.ToString()).Append(' ');
            }
            else
            {
                result.Append(rune.ToString());
            }
        }

        return result.ToString();
    }

    private static bool IsRemoved(Rune rune) => rune.Value switch
    {
        '\t' or '\n' or '\r' => false,
        0xFFFD => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate,
    };

    private static bool IsCjk(int value) => value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF)
        or (>= 0x2A700 and <= 0x2B73F) or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B920 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
