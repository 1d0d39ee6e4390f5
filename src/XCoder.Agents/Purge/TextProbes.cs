using XCoder.Analysis.Text;

namespace XCoder.Agents.Purge;

/// <summary>
/// Hashes of pieces of text that find these texts again wherever they occur unchanged: in sources, JSON, HTML or a database. A piece is 32
/// bytes of one line that does not begin with a space and has no characters that such formats escape. No text can be recovered from the
/// hashes.
/// </summary>
internal sealed class TextProbes
{
    /// <summary>Length of a piece in bytes.</summary>
    public const int Length = 32;

    private const ulong Base = 0x9E3779B97F4A7C15;
    private const int MapBits = 22;

    // Base to the power of Length.
    private static readonly ulong Leaving = Enumerable.Range(0, Length).Aggregate(1UL, (power, _) => power * Base);

    private static readonly bool[] Plain =
        [.. Enumerable.Range(0, 256)
            .Select(value => value is >= ' ' and < 127 && (char)value is not ('"' or '\\' or '<' or '>' or '&' or '\'' or '+' or '`'))];

    private readonly HashSet<ulong> _hashes = [];
    private readonly ulong[] _map = new ulong[(1 << MapBits) / 64];

    /// <summary>Number of pieces.</summary>
    public int Count => _hashes.Count;

    /// <summary>The hashes in ascending order.</summary>
    public IEnumerable<ulong> Hashes => _hashes.Order();

    /// <summary>Adds hashes of pieces.</summary>
    public void Add(IEnumerable<ulong> hashes)
    {
        foreach (var hash in hashes)
        {
            _hashes.Add(hash);
            _map[Slot(hash) / 64] |= 1UL << (int)(Slot(hash) % 64);
        }
    }

    /// <summary>Hashes of consecutive pieces of a UTF-8 text.</summary>
    public static IEnumerable<ulong> Of(byte[] text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!Plain[text[i]] || text[i] == ' ')
            {
                continue;
            }

            var (start, hash) = (i, 0UL);
            for (; i < text.Length && Plain[text[i]]; i++)
            {
                hash = (hash * Base) + text[i] + 1;
                if (i - start == Length - 1)
                {
                    // Padding and ruler lines occur everywhere.
                    if (text.AsSpan(start, Length).ToArray().Distinct().Count() > Length / 4)
                    {
                        yield return SpanHash.Spread(hash);
                    }

                    (start, hash) = (i + 1, 0);
                }
            }
        }
    }

    /// <summary>Removes from this set the pieces that occur in a text.</summary>
    public void RemoveFoundIn(byte[] text)
    {
        foreach (var hash in Found(text))
        {
            _hashes.Remove(hash);
        }
    }

    /// <summary>Whether bytes contain a piece.</summary>
    public bool IsIn(byte[] bytes) => Found(bytes).Any();

    /// <summary>Hashes of those pieces of this set that occur in the bytes, at any position.</summary>
    public IEnumerable<ulong> Found(byte[] bytes)
    {
        var rolling = 0UL;
        for (var i = 0; i < bytes.Length; i++)
        {
            rolling = (rolling * Base) + bytes[i] + 1;
            if (i >= Length)
            {
                rolling -= (bytes[i - Length] + 1UL) * Leaving;
            }

            if (i >= Length - 1 && SpanHash.Spread(rolling) is var hash && (_map[Slot(hash) / 64] & (1UL << (int)(Slot(hash) % 64))) != 0
                && _hashes.Contains(hash))
            {
                yield return hash;
            }
        }
    }

    private static ulong Slot(ulong hash) => hash >> (64 - MapBits);
}
