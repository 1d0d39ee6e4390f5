namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>
/// Ids of words seen before. A table of fixed size in which a new word replaces the one in its place: bounded, and
/// readable by several threads without locks, since an entry never changes once it is written.
/// </summary>
internal sealed class WordCache
{
    /// <summary>Longer words are rarely seen twice.</summary>
    public const int LongestWord = 64;

    private const int Slots = 1 << 16;

    private readonly Entry?[] _entries = new Entry?[Slots];

    /// <summary>Ids of a word, or null where it is not known.</summary>
    public int[]? Find(ReadOnlySpan<char> word, out uint hash)
    {
        hash = Hash(word);
        var entry = Volatile.Read(ref _entries[hash & (Slots - 1)]);
        return entry is not null && entry.Hash == hash && word.SequenceEqual(entry.Word) ? entry.Ids : null;
    }

    public void Set(ReadOnlySpan<char> word, uint hash, int[] ids) =>
        Volatile.Write(ref _entries[hash & (Slots - 1)], new Entry(word.ToString(), hash, ids));

    private static uint Hash(ReadOnlySpan<char> word)
    {
        var hash = 2166136261UL + (ulong)word.Length;
        foreach (var unit in word)
        {
            hash = (hash ^ unit) * 0x9E3779B97F4A7C15UL;
            hash ^= hash >> 29;
        }

        return (uint)(hash ^ (hash >> 32));
    }

    private sealed record Entry(string Word, uint Hash, int[] Ids);
}
