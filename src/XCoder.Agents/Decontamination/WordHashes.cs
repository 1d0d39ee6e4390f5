using System.Numerics;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Decontamination;

/// <summary>
/// The words of a text as hashes: runs of letters and digits, lower case, whatever stands between them. So layout, punctuation
/// and the comment marks of a language change nothing (the convention of Brown et al., "Language Models are Few-Shot
/// Learners", 2020, appendix C, with 10 words in place of 13).
/// </summary>
internal sealed class WordHashes
{
    /// <summary>Words of a gram.</summary>
    public const int GramWords = 10;

    private const ulong Base = 0x9E3779B97F4A7C15;
    private const ulong Start = 0xCBF29CE484222325;
    private const ulong Prime = 0x100000001B3;

    // Base to the power of GramWords.
    private static readonly ulong Leaving = Power(GramWords);

    private readonly List<ulong> _words = [];
    private readonly List<int> _starts = [];
    private readonly List<bool> _isText = [];

    private WordHashes()
    {
    }

    /// <summary>Number of words.</summary>
    public int Count => _words.Count;

    /// <summary>Hashes of the words.</summary>
    public IReadOnlyList<ulong> Words => _words;

    /// <summary>The words of a text.</summary>
    public static WordHashes Of(string text)
    {
        var result = new WordHashes();
        for (var i = 0; i < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[i]))
            {
                i++;
                continue;
            }

            var (start, hash, letters) = (i, Start, 0);
            for (; i < text.Length && char.IsLetterOrDigit(text[i]); i++)
            {
                hash = (hash ^ char.ToLowerInvariant(text[i])) * Prime;
                letters += char.IsLetter(text[i]) ? 1 : 0;
            }

            result.Add(SpanHash.Spread(hash), start, letters > 1);
        }

        return result;
    }

    /// <summary>
    /// Hashes of all grams, in order, with the place of their first word. Those of numbers and single letters alone, such as tables, say
    /// nothing and are left out.
    /// </summary>
    /// <param name="words">Least words of two letters or more.</param>
    public IEnumerable<(ulong Hash, int Start)> Grams(int words)
    {
        var (rolling, named) = (0UL, 0);
        for (var i = 0; i < _words.Count; i++)
        {
            rolling = (rolling * Base) + _words[i];
            named += _isText[i] ? 1 : 0;
            if (i >= GramWords)
            {
                rolling -= _words[i - GramWords] * Leaving;
                named -= _isText[i - GramWords] ? 1 : 0;
            }

            if (i >= GramWords - 1 && named >= words)
            {
                yield return (SpanHash.Spread(rolling) >> (64 - Fingerprint.HashBits), _starts[i - GramWords + 1]);
            }
        }
    }

    private static ulong Power(int exponent)
    {
        var power = 1UL;
        for (var i = 0; i < exponent; i++)
        {
            power *= Base;
        }

        return power;
    }

    private void Add(ulong hash, int start, bool isText)
    {
        _words.Add(hash);
        _starts.Add(start);
        _isText.Add(isText);
    }
}

/// <summary>
/// MinHash signature of a text's 3-word shingles, a byte a row (Li and König, "b-Bit Minwise Hashing", 2010): equal bytes less
/// those expected by chance estimate the Jaccard similarity, with a standard error of 0.06 at one half.
/// </summary>
internal static class WordSignature
{
    /// <summary>Rows.</summary>
    public const int Rows = 64;

    /// <summary>Words of a shingle.</summary>
    public const int Shingle = 3;

    /// <summary>Texts of fewer words have no signature.</summary>
    public const int LeastWords = 6;

    private const double Chance = 1.0 / 256;

    private static readonly ulong[] Factors = [.. Enumerable.Range(1, Rows).Select(row => SpanHash.Spread((ulong)row) | 1)];

    /// <summary>The signature of a text, or null for one too short.</summary>
    public static byte[]? Of(WordHashes words)
    {
        if (words.Count < LeastWords)
        {
            return null;
        }

        Span<uint> least = stackalloc uint[Rows];
        least.Fill(uint.MaxValue);
        for (var i = 0; i + Shingle <= words.Count; i++)
        {
            var shingle = SpanHash.Spread((((words.Words[i] * 31) + words.Words[i + 1]) * 31) + words.Words[i + 2]);
            for (var row = 0; row < Rows; row++)
            {
                least[row] = Math.Min(least[row], (uint)((shingle * Factors[row]) >> 32));
            }
        }

        var signature = new byte[Rows];
        for (var row = 0; row < Rows; row++)
        {
            signature[row] = (byte)(SpanHash.Spread(least[row]) >> 56);
        }

        return signature;
    }

    /// <summary>Estimated Jaccard similarity, in [0, 1].</summary>
    public static double Estimate(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var equal = 0;
        for (var i = 0; i < Rows; i += Vector<byte>.Count)
        {
            equal -= Vector.Sum(Vector.As<byte, sbyte>(Vector.Equals(new Vector<byte>(a[i..]), new Vector<byte>(b[i..]))));
        }

        return Math.Max(0, (((double)equal / Rows) - Chance) / (1 - Chance));
    }
}
