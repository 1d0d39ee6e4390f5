using System.Text;
using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>Reads the "normalizer" of a tokenizer.json: a function from text to text.</summary>
internal static class Normalizer
{
    /// <exception cref="EmbeddingException">The kind is not supported.</exception>
    public static Func<string, string>? Read(TokenizerPart part) => part.IsMissing ? null : part.Type switch
    {
        "Sequence" => Sequence([.. part["normalizers"].Items.Select(Read).OfType<Func<string, string>>()]),
        "NFC" => text => Form(text, NormalizationForm.FormC),
        "NFD" => text => Form(text, NormalizationForm.FormD),
        "NFKC" => text => Form(text, NormalizationForm.FormKC),
        "NFKD" => text => Form(text, NormalizationForm.FormKD),
        "Lowercase" => Lowercase,
        "StripAccents" => text => WithoutMarks(text, nonSpacingOnly: false),
        "BertNormalizer" => new BertNormalizer(part).Apply,
        "Replace" => ReplaceNormalizer.Read(part),
        "Prepend" => Prepend(part.Text("prepend") ?? ""),
        "Strip" => Strip(part.Flag("strip_left", false), part.Flag("strip_right", false)),
        "Precompiled" => PrecompiledNormalizer.Read(part),
        _ => throw part.Unsupported("normalizer"),
    };

    /// <summary>A Unicode normal form; text in ASCII is in every one.</summary>
    public static string Form(string text, NormalizationForm form) => Ascii.IsValid(text) ? text : text.Normalize(form);

    /// <summary>
    /// Lower case, character by character, so that neither the language nor the neighbours matter: a final sigma stays σ.
    /// The one character whose lower case is two is the dotted capital I.
    /// </summary>
    public static string Lowercase(string text)
    {
        var lower = text.ToLowerInvariant();
        return text.Contains('\u0130') ? lower.Replace("\u0130", "i\u0307", StringComparison.Ordinal) : lower;
    }

    /// <summary>Without combining marks.</summary>
    /// <param name="text">Text, decomposed.</param>
    /// <param name="nonSpacingOnly">Whether spacing and enclosing marks stay.</param>
    public static string WithoutMarks(string text, bool nonSpacingOnly)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var isMark = category == System.Globalization.UnicodeCategory.NonSpacingMark
                || (!nonSpacingOnly && category is System.Globalization.UnicodeCategory.SpacingCombiningMark or System.Globalization.UnicodeCategory.EnclosingMark);
            if (!isMark)
            {
                result.Append(rune.ToString());
            }
        }

        return result.ToString();
    }

    private static Func<string, string> Sequence(Func<string, string>[] steps) => text =>
    {
        foreach (var step in steps)
        {
            text = step(text);
        }

        return text;
    };

    private static Func<string, string> Prepend(string before) => text => text.Length == 0 ? text : before + text;

    private static Func<string, string> Strip(bool left, bool right) => (left, right) switch
    {
        (true, true) => text => text.Trim(),
        (true, false) => text => text.TrimStart(),
        (false, true) => text => text.TrimEnd(),
        _ => text => text,
    };
}
