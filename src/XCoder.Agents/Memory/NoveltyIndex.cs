using System.Text;
using XCoder.Analysis.Text;
using XCoder.Analysis.Vectors.Sets;

namespace XCoder.Agents.Memory;

/// <summary>
/// Indexes the accepted rows and finds the one that a new row in the same language repeats. The same task in another language is no
/// repetition. Reading is thread-safe while nothing is added.
/// </summary>
/// <remarks>
/// Compares instructions by banded MinHash and responses by cosine. 32 bands of 4 rows find a pair of Jaccard 0.7 with probability 0.9998.
/// </remarks>
internal sealed class NoveltyIndex(MemoryOptions options)
{
    private const int Bands = 32;

    // Each band chains its rows: an entry points to the previous row with the same band, which saves a list per band.
    private readonly List<RowSignature> _rows = [];
    private readonly Dictionary<ulong, int> _last = [];
    private readonly List<int> _before = [];
    private readonly Dictionary<string, List<RowSignature>> _byLanguage = [];

    /// <summary>
    /// Returns the row that another one repeats, with measure and value, or null. The nearest instruction wins over the nearest response;
    /// of equally near rows the oldest wins.
    /// </summary>
    public RepeatedRow? Find(RowSignature print) => Find(print.Language, print.Signature)
        ?? (Near(print) is var (other, cosine) && cosine >= options.MaxCosine ? new RepeatedRow(other.Row, "cosine", cosine) : null);

    /// <summary>
    /// Returns the row in a language whose instruction another one repeats, or null. Of equally near rows the oldest wins.
    /// </summary>
    /// <param name="language">Language id of the response.</param>
    /// <param name="instruction">MinHash signature of the instruction.</param>
    public RepeatedRow? Find(string language, uint[] instruction)
    {
        var (nearest, most) = (-1, options.MaxJaccard);
        for (var band = 0; band < Bands; band++)
        {
            for (var row = _last.GetValueOrDefault(Key(instruction, band), -1); row >= 0; row = _before[(row * Bands) + band])
            {
                if (_rows[row].Language == language && MinHasher.Estimate(instruction, _rows[row].Signature) is var jaccard
                    && (jaccard > most || (jaccard == most && (nearest < 0 || row < nearest))))
                {
                    (nearest, most) = (row, jaccard);
                }
            }
        }

        return nearest < 0 ? null : new RepeatedRow(_rows[nearest].Row, "Jaccard", most);
    }

    /// <summary>
    /// Returns the highest cosine between the response and earlier responses in the same language, in [-1, 1]; null if there are none.
    /// </summary>
    public double? Nearest(RowSignature print) => Near(print)?.Cosine;

    public void Add(RowSignature print)
    {
        for (var band = 0; band < Bands; band++)
        {
            var key = Key(print.Signature, band);
            _before.Add(_last.GetValueOrDefault(key, -1));
            _last[key] = _rows.Count;
        }

        _rows.Add(print);
        (_byLanguage.TryGetValue(print.Language, out var rows) ? rows : _byLanguage[print.Language] = []).Add(print);
    }

    private (RowSignature Print, double Cosine)? Near(RowSignature print)
    {
        (RowSignature Print, double Cosine)? nearest = null;
        foreach (var other in print.Vector.Length > 0 ? _byLanguage.GetValueOrDefault(print.Language) ?? [] : [])
        {
            if (other.Vector.Length == print.Vector.Length && Dot(print.Vector, other.Vector) is var cosine && !(nearest?.Cosine >= cosine))
            {
                nearest = (other, cosine);
            }
        }

        return nearest;
    }

    private static ulong Key(uint[] signature, int band)
    {
        var rows = signature.Length / Bands;
        var hash = (ulong)band + 1;
        for (var i = band * rows; i < (band + 1) * rows; i++)
        {
            hash = SpanHash.Spread(hash ^ signature[i]);
        }

        return hash;
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

/// <summary>Computes MinHash signatures of instructions over their 3-word shingles.</summary>
internal static class InstructionShingles
{
    private const int Words = 3;
    private static readonly MinHasher Hasher = new(128);

    /// <summary>
    /// Returns the signature of an instruction. Words are runs of letters and digits, compared in lower case. An instruction of fewer than
    /// three words is one shingle.
    /// </summary>
    public static uint[] Sign(string instruction)
    {
        var words = new List<ulong>();
        var word = new StringBuilder();
        foreach (var character in instruction.Append(' '))
        {
            if (char.IsLetterOrDigit(character))
            {
                word.Append(char.ToLowerInvariant(character));
            }
            else if (word.Length > 0)
            {
                words.Add(SpanHash.Hash64(Encoding.UTF8.GetBytes(word.ToString())));
                word.Clear();
            }
        }

        var size = Math.Clamp(words.Count, 1, Words);
        var shingles = new HashSet<ulong>();
        for (var i = 0; i + size <= words.Count; i++)
        {
            shingles.Add(words.Skip(i).Take(size).Aggregate(0UL, (hash, next) => SpanHash.Spread(hash ^ next)));
        }

        var signature = new uint[Hasher.Length];
        Hasher.Sign([.. shingles], signature);
        return signature;
    }
}

/// <summary>Why a row is not new.</summary>
/// <param name="Row">Id of the row that it repeats.</param>
/// <param name="Measure"><c>Jaccard</c> (of the instructions) or <c>cosine</c> (of the responses).</param>
/// <param name="Value">Value of the measure.</param>
internal sealed record RepeatedRow(string Row, string Measure, double Value)
{
    /// <summary>A sentence that names the row.</summary>
    public string Sentence => FormattableString.Invariant($"It repeats row {Row} ({Measure} {Value:0.00}).");
}

/// <summary>The features by which rows are compared.</summary>
/// <param name="Row">Id of the row.</param>
/// <param name="Language">Language id of the response.</param>
/// <param name="Signature">MinHash signature of the instruction's 3-word shingles.</param>
/// <param name="Vector">Embedding of the response's code, L2-normalised; empty when the code could not be embedded.</param>
public sealed record RowSignature(string Row, string Language, uint[] Signature, float[] Vector);
