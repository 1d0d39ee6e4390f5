using System.Buffers;
using System.Text;
using System.Text.Json;

namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>
/// The likeliest segmentation under independent tokens, found by Viterbi (Kudo, "Subword Regularization", 2018), as
/// SentencePiece does it. Characters that no token covers are unknown; unknown neighbours become one token.
/// </summary>
internal sealed class UnigramVocabulary : IVocabulary
{
    // SentencePiece's penalty below the least score.
    private const double UnknownPenalty = 10;

    private readonly string[] _tokens;
    private readonly double[] _scores;
    private readonly Dictionary<string, int> _ids;
    private readonly PieceTrie _trie;
    private readonly int _unknown;
    private readonly double _unknownScore;
    private readonly int[] _byteIds;
    private readonly bool _byteFallback;

    public UnigramVocabulary(TokenizerPart model)
    {
        var vocabulary = model["vocab"];
        if (vocabulary.Element.ValueKind != JsonValueKind.Array || vocabulary.Element.GetArrayLength() == 0)
        {
            throw vocabulary.Wrong("is not a list of tokens and scores");
        }

        var count = vocabulary.Element.GetArrayLength();
        (_tokens, _scores, _ids) = (new string[count], new double[count], new Dictionary<string, int>(count, StringComparer.Ordinal));
        _trie = new PieceTrie(count * 3);
        var id = 0;
        foreach (var pair in vocabulary.Element.EnumerateArray())
        {
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2 || pair[0].ValueKind != JsonValueKind.String
                || pair[1].ValueKind != JsonValueKind.Number)
            {
                throw vocabulary.Wrong($"has no token and score at {id}");
            }

            (_tokens[id], _scores[id]) = (pair[0].GetString()!, pair[1].GetDouble());
            _ids[_tokens[id]] = id;
            _trie.Add(_tokens[id], id);
            id++;
        }

        _unknown = model.Number("unk_id") ?? -1;
        if (_unknown >= count)
        {
            throw model["unk_id"].Wrong($"is not below the vocabulary's {count} tokens");
        }

        _unknownScore = _scores.Min() - UnknownPenalty;
        _byteIds = Vocabulary.ByteIds(IdOf);
        _byteFallback = model.Flag("byte_fallback", false);
    }

    public int Size => _tokens.Length;

    public int? IdOf(string token) => _ids.TryGetValue(token, out var id) ? id : null;

    public void Encode(ReadOnlySpan<char> piece, List<int> result)
    {
        var length = piece.Length;
        var best = ArrayPool<double>.Shared.Rent(length + 1);
        var from = ArrayPool<int>.Shared.Rent(length + 1);
        var token = ArrayPool<int>.Shared.Rent(length + 1);
        best.AsSpan(0, length + 1).Fill(double.NegativeInfinity);
        from.AsSpan(0, length + 1).Fill(-1);
        best[0] = 0;

        for (var start = 0; start < length;)
        {
            var character = char.IsHighSurrogate(piece[start]) && start + 1 < length && char.IsLowSurrogate(piece[start + 1]) ? 2 : 1;
            var single = false;
            var node = PieceTrie.Root;
            for (var end = start; end < length && _trie.Step(ref node, piece[end]);)
            {
                end++;
                if (_trie.Value(node) is var id && id >= 0)
                {
                    single |= end - start == character;
                    Reach(end, start, id, best[start] + _scores[id]);
                }
            }

            if (!single)
            {
                Reach(start + character, start, _unknown, best[start] + _unknownScore);
            }

            start += character;
        }

        Collect(piece, from, token, result);
        ArrayPool<double>.Shared.Return(best);
        ArrayPool<int>.Shared.Return(from);
        ArrayPool<int>.Shared.Return(token);

        // Among equals the longer last token wins: it starts first and is reached first.
        void Reach(int end, int start, int id, double score)
        {
            if (from[end] < 0 || score > best[end])
            {
                (best[end], from[end], token[end]) = (score, start, id);
            }
        }
    }

    private void Collect(ReadOnlySpan<char> piece, int[] from, int[] token, List<int> result)
    {
        var first = result.Count;
        for (var end = piece.Length; end > 0;)
        {
            if (token[end] != _unknown)
            {
                result.Add(token[end]);
                end = from[end];
                continue;
            }

            var start = end;
            while (start > 0 && token[start] == _unknown)
            {
                start = from[start];
            }

            AddUnknown(piece[start..end], result);
            end = start;
        }

        result.Reverse(first, result.Count - first);
    }

    // In reverse order, as the path is read.
    private void AddUnknown(ReadOnlySpan<char> text, List<int> result)
    {
        if (_ids.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var known))
        {
            result.Add(known);
            return;
        }

        if (_byteFallback)
        {
            var bytes = Encoding.UTF8.GetBytes(text.ToString());
            if (Array.TrueForAll(bytes, value => _byteIds[value] >= 0))
            {
                Array.Reverse(bytes);
                result.AddRange(bytes.Select(value => _byteIds[value]));
                return;
            }
        }

        if (_unknown >= 0)
        {
            result.Add(_unknown);
        }
    }
}

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
