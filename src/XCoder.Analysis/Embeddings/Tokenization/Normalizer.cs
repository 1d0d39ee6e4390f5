using System.Buffers.Binary;
using System.Globalization;
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
                || (!nonSpacingOnly && category is System.Globalization.UnicodeCategory.SpacingCombiningMark
                    or System.Globalization.UnicodeCategory.EnclosingMark);
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
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
            or UnicodeCategory.Surrogate,
    };

    private static bool IsCjk(int value) => value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF)
        or (>= 0x2A700 and <= 0x2B73F) or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B920 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0x2F800 and <= 0x2FA1F);
}

/// <summary>Every match of a pattern replaced by a fixed text.</summary>
internal static class ReplaceNormalizer
{
    public static Func<string, string> Read(TokenizerPart part)
    {
        var pattern = TextPattern.Read(part["pattern"]);
        var content = part.Text("content") ?? "";
        return text => Apply(pattern, content, text);
    }

    private static string Apply(TextPattern pattern, string content, string text)
    {
        var matches = new List<(int Start, int End)>();
        pattern.FindAll(text, matches);
        if (matches.Count == 0)
        {
            return text;
        }

        var result = new System.Text.StringBuilder(text.Length + (matches.Count * content.Length));
        var done = 0;
        foreach (var (start, end) in matches)
        {
            result.Append(text, done, start - done).Append(content);
            done = end;
        }

        return result.Append(text, done, text.Length - done).ToString();
    }
}

/// <summary>
/// SentencePiece's normalisation rules: a double-array trie (Aoe, 1989) over UTF-8 and the texts it leads to. As in
/// the reference, a whole grapheme of less than six bytes is replaced by the rule for its shortest known beginning;
/// a grapheme without a rule, or a longer one, is replaced character by character.
/// </summary>
internal sealed class PrecompiledNormalizer
{
    private const int LongGrapheme = 6;

    private readonly uint[] _units;
    private readonly byte[] _texts;
    private readonly string?[] _ascii = new string?[128];

    private PrecompiledNormalizer(uint[] units, byte[] texts)
    {
        (_units, _texts) = (units, texts);
        for (var value = 0; value < _ascii.Length; value++)
        {
            _ascii[value] = Find([(byte)value]);
        }
    }

    /// <summary>The rules of a tokenizer.json; none where the file has none (some exports).</summary>
    public static Func<string, string> Read(TokenizerPart part)
    {
        if (part["precompiled_charsmap"].IsMissing)
        {
            return text => text;
        }

        byte[] map;
        try
        {
            map = Convert.FromBase64String(part["precompiled_charsmap"].String());
        }
        catch (FormatException)
        {
            throw part["precompiled_charsmap"].Wrong("is not base64");
        }

        var trieBytes = map.Length < 4 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(map);
        if (trieBytes == 0 || trieBytes % 4 != 0 || trieBytes > (uint)map.Length - 4)
        {
            throw part["precompiled_charsmap"].Wrong("is not a map of characters");
        }

        var _units = new uint[trieBytes / 4];
        for (var index = 0; index < _units.Length; index++)
        {
            _units[index] = BinaryPrimitives.ReadUInt32LittleEndian(map.AsSpan(4 + (index * 4)));
        }

        return new PrecompiledNormalizer(_units, map[(int)(4 + trieBytes)..]).Apply;
    }

    public string Apply(string text)
    {
        var result = new StringBuilder(text.Length);
        Span<byte> bytes = stackalloc byte[LongGrapheme];
        for (var at = 0; at < text.Length;)
        {
            // ASCII beside ASCII is a grapheme of its own, but for CR LF.
            if (text[at] < 128 && (at + 1 == text.Length || text[at + 1] < 128)
                && !(text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n'))
            {
                _ = _ascii[text[at]] is { } known ? result.Append(known) : result.Append(text[at]);
                at++;
                continue;
            }

            var grapheme = text.AsSpan(at, StringInfo.GetNextTextElementLength(text.AsSpan(at)));
            at += grapheme.Length;
            if (Encoding.UTF8.TryGetBytes(grapheme, bytes, out var count) && count < LongGrapheme && Find(bytes[..count]) is { } whole)
            {
                result.Append(whole);
                continue;
            }

            foreach (var rune in grapheme.EnumerateRunes())
            {
                _ = Find(bytes[..rune.EncodeToUtf8(bytes)]) is { } replacement ? result.Append(replacement)
                    : result.Append(rune.ToString());
            }
        }

        return result.ToString();
    }

    // Text for the shortest beginning of the key that has one.
    private string? Find(ReadOnlySpan<byte> key)
    {
        var node = Offset(_units[0]);
        foreach (var value in key)
        {
            if (value == 0)
            {
                return null;
            }

            node ^= value;
            if (node >= (uint)_units.Length || (_units[node] & 0x800000FF) != value)
            {
                return null;
            }

            var unit = _units[node];
            node ^= Offset(unit);
            if (((unit >> 8) & 1) == 1 && node < (uint)_units.Length)
            {
                return Text((int)(_units[node] & 0x7FFFFFFF));
            }
        }

        return null;
    }

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & (1u << 9)) >> 6);

    private string? Text(int start)
    {
        if (start >= _texts.Length)
        {
            return null;
        }

        var length = _texts.AsSpan(start).IndexOf((byte)0);
        return Encoding.UTF8.GetString(_texts.AsSpan(start, length < 0 ? _texts.Length - start : length));
    }
}
