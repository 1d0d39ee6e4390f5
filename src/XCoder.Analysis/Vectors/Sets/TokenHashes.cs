using System.Buffers;
using System.Numerics;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Vectors.Sets;

/// <summary>
/// Fingerprints of the snippets of one file. Each token's text is hashed once, even if many nested snippets contain it;
/// a snippet's fingerprint is then one pass over the hashes of its tokens. Safe for concurrent use.
/// </summary>
/// <remarks>
/// A 128-bit fingerprint consists of two independent 64-bit chains. The probability that any two of n distinct snippets
/// collide is about n² / 2¹²⁹: 10⁻²⁵ for 10⁷ snippets.
/// </remarks>
internal sealed class TokenHashes
{
    private const ulong HighKey = 0x8EBC6AF09C88C6E3;
    private const ulong LowKey = 0x589965CC75374CC3;
    private const ulong IdentifierKey = 0x1D8E4E27C47D124F;
    private const ulong LiteralKey = 0xEB44ACCAB455D165;
    private const ulong LayoutKey = 0xC2B2AE3D27D4EB4F;
    private const ulong ShingleBase = 0x9E3779B97F4A7C15;

    private readonly TokenStream _tokens;
    private readonly ulong[] _values;
    private readonly ulong[] _layout;
    private int[]? _distances;

    private TokenHashes(TokenStream tokens, ulong[] values, ulong[] layout) => (_tokens, _values, _layout) = (tokens, values, layout);

    /// <summary>Hash of each token's text. It ignores the token's class, so hashes are comparable across files and languages.</summary>
    public ReadOnlySpan<ulong> Values => _values;

    /// <summary>Hashes the tokens of a file.</summary>
    /// <param name="text">The file's UTF-8 text.</param>
    /// <param name="tokens">Tokens of the text.</param>
    /// <param name="layout">The layout before each token that has a meaning (<see cref="LayoutMark"/>); empty for none.</param>
    public static TokenHashes Compute(ReadOnlySpan<byte> text, TokenStream tokens, ulong[]? layout = null)
    {
        var starts = tokens.Starts;
        var lengths = tokens.Lengths;
        var values = new ulong[tokens.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = SpanHash.Hash64(text.Slice(starts[i], lengths[i]));
        }

        return new TokenHashes(tokens, values, layout ?? []);
    }

    /// <summary>
    /// Fingerprint that is equal for ranges whose token texts are equal, and whose layout is where it has a meaning. Other layout
    /// and comments do not count. Layout is in the lower half only: the upper half says whether the texts are equal (<see
    /// cref="TextOf"/>).
    /// </summary>
    /// <param name="first">Index of the first token.</param>
    /// <param name="count">Number of tokens.</param>
    public UInt128 ExactHash(int first, int count)
    {
        var values = _values.AsSpan(first, count);
        var layout = _layout.Length == 0 ? default : _layout.AsSpan(first, count);
        var compared = (ulong)(count - layout.Count(LayoutMark.Skipped));
        var (high, low) = (HighKey ^ compared, LowKey ^ compared);
        var isFirst = true;
        for (var i = 0; i < count; i++)
        {
            var mark = layout.Length == 0 ? 0 : layout[i];
            if (mark == LayoutMark.Skipped)
            {
                continue;
            }

            // What lies before the first token is not part of the range.
            var text = LayoutMark.IsInPlace(mark) ? mark : values[i];
            var placed = mark == 0 || isFirst || LayoutMark.IsInPlace(mark) ? text : SpanHash.Mix(text ^ mark, LayoutKey);
            high = SpanHash.Mix(high ^ text, HighKey);
            low = SpanHash.Mix(low ^ placed, LowKey);
            isFirst = false;
        }

        return new UInt128(high, low);
    }

    /// <summary>The part of an <see cref="ExactHash"/> that depends on token texts alone.</summary>
    public static ulong TextOf(UInt128 exact) => (ulong)(exact >> 64);

    /// <summary>
    /// Fingerprint that is equal for ranges that become equal when identifiers are renamed one to one and numbers,
    /// strings and other literals are reduced to their class. An identifier is encoded as the distance to its previous
    /// occurrence in the range, 0 for none (Baker, "Parameterized Pattern Matching: Algorithms and Applications",
    /// 1996). That gives the same equality as numbering identifiers by first occurrence, without a table per snippet.
    /// </summary>
    /// <param name="first">Index of the first token.</param>
    /// <param name="count">Number of tokens.</param>
    public UInt128 RenamedHash(int first, int count)
    {
        var distances = (_distances ??= Distances()).AsSpan(first, count);
        var classes = _tokens.Classes.Slice(first, count);
        var values = _values.AsSpan(first, count);
        var (high, low) = (HighKey + (ulong)count, LowKey + (ulong)count);
        for (var i = 0; i < count; i++)
        {
            var value = classes[i] switch
            {
                TokenClass.Identifier => IdentifierKey + (ulong)(distances[i] > i ? 0 : distances[i]),
                TokenClass.Number or TokenClass.String or TokenClass.Literal => LiteralKey + (ulong)classes[i],
                _ => values[i],
            };
            high = SpanHash.Mix(high ^ value, HighKey);
            low = SpanHash.Mix(low ^ value, LowKey);
        }

        return new UInt128(high, low);
    }

    /// <summary>
    /// The set of shingles of a range, ascending and distinct: hashes of <paramref name="size"/> consecutive token
    /// texts (rolling hash, Karp and Rabin 1987), or of all tokens if there are fewer.
    /// </summary>
    /// <param name="first">Index of the first token.</param>
    /// <param name="count">Number of tokens; an empty range has an empty set.</param>
    /// <param name="size">Tokens per shingle, 1 or more.</param>
    public ulong[] Shingles(int first, int count, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        size = Math.Min(size, count);
        if (size == 0)
        {
            return [];
        }

        var values = _values.AsSpan(first, count);
        var shingles = new ulong[count - size + 1];
        var (rolling, leaving) = (0UL, 1UL);
        for (var i = 0; i < size; i++)
        {
            rolling = (rolling * ShingleBase) + values[i];
            leaving = i == 0 ? 1 : leaving * ShingleBase;
        }

        shingles[0] = SpanHash.Spread(rolling);
        for (var i = size; i < count; i++)
        {
            rolling = ((rolling - (values[i - size] * leaving)) * ShingleBase) + values[i];
            shingles[i - size + 1] = SpanHash.Spread(rolling);
        }

        Array.Sort(shingles);
        return Distinct(shingles);
    }

    private static ulong[] Distinct(ulong[] sorted)
    {
        var kept = 1;
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] != sorted[kept - 1])
            {
                sorted[kept++] = sorted[i];
            }
        }

        return kept == sorted.Length ? sorted : sorted[..kept];
    }

    // For each identifier, the distance back to its previous occurrence; 0 for the first one. The whole file uses one
    // open-addressing table.
    private int[] Distances()
    {
        var classes = _tokens.Classes;
        var distances = new int[classes.Length];
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, classes.Length + 1));
        var last = ArrayPool<int>.Shared.Rent(size);
        last.AsSpan(0, size).Clear();
        for (var i = 0; i < classes.Length; i++)
        {
            if (classes[i] == TokenClass.Identifier)
            {
                var slot = (int)_values[i] & (size - 1);
                while (last[slot] != 0 && _values[last[slot] - 1] != _values[i])
                {
                    slot = (slot + 1) & (size - 1);
                }

                distances[i] = last[slot] == 0 ? 0 : i - (last[slot] - 1);
                last[slot] = i + 1;
            }
        }

        ArrayPool<int>.Shared.Return(last);
        return distances;
    }
}
