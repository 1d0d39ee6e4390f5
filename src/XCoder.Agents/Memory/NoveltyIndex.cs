using XCoder.Analysis.Similarity;

namespace XCoder.Agents.Memory;

/// <summary>All rows written so far, by all agents: tells whether another one is new. Not safe for concurrent use.</summary>
/// <remarks>
/// Instructions are compared over all languages by banded MinHash (32 bands of 4 rows: a pair at Jaccard 0.7 is looked at
/// with probability 0.9998), responses within their language by cosine.
/// </remarks>
public sealed class NoveltyIndex(MemoryOptions options)
{
    private const int Bands = 32;
    private readonly Dictionary<(int Band, ulong Hash), List<RowPrint>> _bands = [];
    private readonly Dictionary<string, List<RowPrint>> _byLanguage = [];

    /// <summary>Rows in it.</summary>
    public int Count { get; private set; }

    /// <summary>The row that makes another one no longer new, and by what; or null.</summary>
    public RowEcho? Find(RowPrint print)
    {
        foreach (var (band, hash) in Keys(print.Signature))
        {
            foreach (var other in _bands.GetValueOrDefault((band, hash)) ?? [])
            {
                if (MinHasher.Estimate(print.Signature, other.Signature) is var jaccard && jaccard >= options.MaxJaccard)
                {
                    return new RowEcho(other.Row, "Jaccard", jaccard);
                }
            }
        }

        if (print.Vector.Length > 0)
        {
            foreach (var other in _byLanguage.GetValueOrDefault(print.Language) ?? [])
            {
                if (other.Vector.Length == print.Vector.Length && Dot(print.Vector, other.Vector) is var cosine && cosine >= options.MaxCosine)
                {
                    return new RowEcho(other.Row, "cosine", cosine);
                }
            }
        }

        return null;
    }

    /// <summary>Highest cosine of a response to those of its language, in [-1, 1]; null where there is none.</summary>
    public double? Nearest(RowPrint print) =>
        print.Vector.Length == 0 || !_byLanguage.TryGetValue(print.Language, out var others) || others.Count == 0 ? null
        : others.Max(other => other.Vector.Length == print.Vector.Length ? Dot(print.Vector, other.Vector) : -1);

    /// <summary>Adds a row.</summary>
    public void Add(RowPrint print)
    {
        Count++;
        foreach (var key in Keys(print.Signature))
        {
            (_bands.TryGetValue(key, out var list) ? list : _bands[key] = []).Add(print);
        }

        (_byLanguage.TryGetValue(print.Language, out var rows) ? rows : _byLanguage[print.Language] = []).Add(print);
    }

    private static IEnumerable<(int Band, ulong Hash)> Keys(uint[] signature)
    {
        var rows = signature.Length / Bands;
        for (var band = 0; band < Bands; band++)
        {
            var hash = 0UL;
            for (var i = band * rows; i < (band + 1) * rows; i++)
            {
                hash = SpanHash.Spread(hash ^ signature[i]);
            }

            yield return (band, hash);
        }
    }

    private static double Dot(float[] a, float[] b)
    {
        var sum = System.Numerics.Vector<float>.Zero;
        var (i, width) = (0, System.Numerics.Vector<float>.Count);
        for (; i + width <= a.Length; i += width)
        {
            sum += new System.Numerics.Vector<float>(a, i) * new System.Numerics.Vector<float>(b, i);
        }

        var total = System.Numerics.Vector.Sum(sum);
        for (; i < a.Length; i++)
        {
            total += a[i] * b[i];
        }

        return total;
    }
}
