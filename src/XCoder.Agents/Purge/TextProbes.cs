using XCoder.Analysis.Text;

namespace XCoder.Agents.Purge;

/// <summary>
/// Pieces of texts as hashes, to find those texts again wherever they stand as they are: in sources, in JSON, in HTML, within a
/// database. A piece is 32 bytes of one line without blanks at its start and without characters that such forms write in
/// another way. Nothing of a text can be read from it.
/// </summary>
internal sealed class TextProbes
{
    /// <summary>Bytes of a piece.</summary>
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

    /// <summary>How many.</summary>
    public int Count => _hashes.Count;

    /// <summary>Their hashes, ascending.</summary>
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

    /// <summary>Pieces of a text in UTF-8, one after the other.</summary>
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
                    // Padding and rulers are everywhere.
                    if (text.AsSpan(start, Length).ToArray().Distinct().Count() > Length / 4)
                    {
                        yield return SpanHash.Spread(hash);
                    }

                    (start, hash) = (i + 1, 0);
                }
            }
        }
    }

    /// <summary>Leaves out those that a text holds as well.</summary>
    public void RemoveFoundIn(byte[] text)
    {
        foreach (var hash in Found(text))
        {
            _hashes.Remove(hash);
        }
    }

    /// <summary>Whether bytes hold one.</summary>
    public bool IsIn(byte[] bytes) => Found(bytes).Any();

    /// <summary>Those that bytes hold at any place.</summary>
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
