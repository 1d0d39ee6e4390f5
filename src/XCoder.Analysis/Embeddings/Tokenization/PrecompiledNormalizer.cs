using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace XCoder.Analysis.Embeddings.Tokenization;

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
            if (text[at] < 128 && (at + 1 == text.Length || text[at + 1] < 128) && !(text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n'))
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
                _ = Find(bytes[..rune.EncodeToUtf8(bytes)]) is { } replacement ? result.Append(replacement) : result.Append(rune.ToString());
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
