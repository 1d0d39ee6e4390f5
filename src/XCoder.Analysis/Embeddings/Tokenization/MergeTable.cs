namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>Merges of byte-pair encoding: two ids → rank and id of both together. Open addressing: one probe is most often enough.</summary>
internal sealed class MergeTable
{
    public const int NoRank = int.MaxValue;

    private readonly ulong[] _keys;
    private readonly (int Rank, int Id)[] _merges;

    public MergeTable(int count)
    {
        var capacity = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, count * 2));
        (_keys, _merges) = (new ulong[capacity], new (int, int)[capacity]);
        Array.Fill(_keys, ulong.MaxValue);
    }

    /// <summary>Adds a merge; of two for the same pair the later one counts, as in the reference.</summary>
    public void Set(int left, int right, int rank, int id)
    {
        var key = Key(left, right);
        var slot = Slot(key);
        while (_keys[slot] != ulong.MaxValue && _keys[slot] != key)
        {
            slot = (slot + 1) & (_keys.Length - 1);
        }

        (_keys[slot], _merges[slot]) = (key, (rank, id));
    }

    /// <summary>Rank and id of a pair; <see cref="NoRank"/> where it is not merged.</summary>
    public (int Rank, int Id) Find(int left, int right)
    {
        var key = Key(left, right);
        for (var slot = Slot(key); _keys[slot] != ulong.MaxValue; slot = (slot + 1) & (_keys.Length - 1))
        {
            if (_keys[slot] == key)
            {
                return _merges[slot];
            }
        }

        return (NoRank, -1);
    }

    private static ulong Key(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    private int Slot(ulong key) => (int)((key * 0x9E3779B97F4A7C15UL) >> 32) & (_keys.Length - 1);
}
