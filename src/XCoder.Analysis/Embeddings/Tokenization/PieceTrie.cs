namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>
/// A trie over UTF-16 whose edges lie in one open-addressed table: (node, character) → node. Vocabularies of 250,000
/// tokens have some 600,000 nodes; a table of nodes with child arrays would take many times the memory.
/// </summary>
internal sealed class PieceTrie
{
    public const int Root = 0;

    private ulong[] _keys;
    private int[] _targets;
    private readonly List<int> _values = [-1];

    public PieceTrie(int expectedNodes)
    {
        var capacity = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, expectedNodes * 2));
        (_keys, _targets) = (new ulong[capacity], new int[capacity]);
    }

    public void Add(string text, int value)
    {
        var node = Root;
        foreach (var unit in text)
        {
            if (!Step(ref node, unit))
            {
                node = Insert(node, unit);
            }
        }

        if (node != Root)
        {
            _values[node] = value;
        }
    }

    /// <summary>Follows an edge; false where there is none.</summary>
    public bool Step(ref int node, char unit)
    {
        var key = Key(node, unit);
        var mask = _keys.Length - 1;
        for (var slot = Slot(key) & mask; _keys[slot] != 0; slot = (slot + 1) & mask)
        {
            if (_keys[slot] == key)
            {
                node = _targets[slot];
                return true;
            }
        }

        return false;
    }

    /// <summary>Value of a node, -1 where no text ends there.</summary>
    public int Value(int node) => _values[node];

    private int Insert(int node, char unit)
    {
        if (_values.Count * 2 > _keys.Length)
        {
            Grow();
        }

        _values.Add(-1);
        Put(Key(node, unit), _values.Count - 1);
        return _values.Count - 1;
    }

    private void Put(ulong key, int target)
    {
        var mask = _keys.Length - 1;
        var slot = Slot(key) & mask;
        while (_keys[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        (_keys[slot], _targets[slot]) = (key, target);
    }

    private void Grow()
    {
        var (oldKeys, oldTargets) = (_keys, _targets);
        (_keys, _targets) = (new ulong[oldKeys.Length * 2], new int[oldKeys.Length * 2]);
        for (var slot = 0; slot < oldKeys.Length; slot++)
        {
            if (oldKeys[slot] != 0)
            {
                Put(oldKeys[slot], oldTargets[slot]);
            }
        }
    }

    // Never zero, which marks an empty slot.
    private static ulong Key(int node, char unit) => ((ulong)(uint)node << 17) | ((ulong)unit << 1) | 1;

    private static int Slot(ulong key) => (int)((key * 0x9E3779B97F4A7C15UL) >> 33);
}
