using System.Text;
using System.Text.Json;

namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>
/// Byte-pair encoding (Sennrich et al., "Neural Machine Translation of Rare Words with Subword Units", 2016): merges the
/// pair with the lowest rank first, and the leftmost of equal pairs. Long pieces are merged with a heap in O(n log n)
/// time, because a piece can be a megabyte without a space.
/// </summary>
internal sealed class BytePairVocabulary : IVocabulary
{
    // Up to this length a scan for the lowest rank is faster than a heap.
    private const int ShortPiece = 48;

    private readonly Dictionary<string, int> _tokens;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly MergeTable _merges;
    private readonly int[] _characters = new int[char.MaxValue + 1];
    private readonly int[] _byteIds;
    private readonly string _prefix;
    private readonly string _suffix;
    private readonly int _unknown;
    private readonly bool _fuseUnknown;
    private readonly bool _byteFallback;
    private readonly bool _ignoreMerges;

    public BytePairVocabulary(TokenizerPart model)
    {
        _tokens = Vocabulary.ReadTokens(model["vocab"]);
        _lookup = _tokens.GetAlternateLookup<ReadOnlySpan<char>>();
        Size = _tokens.Values.DefaultIfEmpty(-1).Max() + 1;
        _prefix = model.Text("continuing_subword_prefix") ?? "";
        _suffix = model.Text("end_of_word_suffix") ?? "";
        _fuseUnknown = model.Flag("fuse_unk", false);
        _byteFallback = model.Flag("byte_fallback", false);
        _ignoreMerges = model.Flag("ignore_merges", false);
        _unknown = model.Text("unk_token") is { } token ? IdOf(token)
            ?? throw model["unk_token"].Wrong($"\"{token}\" is not in the vocabulary") : -1;
        _byteIds = Vocabulary.ByteIds(IdOf);
        _merges = ReadMerges(model["merges"]);
        Array.Fill(_characters, -1);
        foreach (var (text, id) in _tokens)
        {
            if (text.Length == 1)
            {
                _characters[text[0]] = id;
            }
        }
    }

    public int Size { get; }

    public int? IdOf(string token) => _tokens.TryGetValue(token, out var id) ? id : null;

    public void Encode(ReadOnlySpan<char> piece, List<int> ids)
    {
        if (_ignoreMerges && _lookup.TryGetValue(piece, out var whole))
        {
            ids.Add(whole);
            return;
        }

        var first = ids.Count;
        AddSymbols(piece, ids);
        var symbols = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(ids)[first..];
        var count = symbols.Length <= ShortPiece ? MergeShort(symbols) : MergeLong(symbols);
        ids.RemoveRange(first + count, symbols.Length - count);
    }

    private void AddSymbols(ReadOnlySpan<char> piece, List<int> ids)
    {
        var pending = false;
        for (var start = 0; start < piece.Length;)
        {
            var length = char.IsHighSurrogate(piece[start]) && start + 1 < piece.Length && char.IsLowSurrogate(piece[start + 1]) ? 2 : 1;
            var isLast = start + length == piece.Length;
            var id = Symbol(piece.Slice(start, length), start == 0 ? "" : _prefix, isLast ? _suffix : "");
            if (id >= 0)
            {
                Flush(ids, ref pending);
                ids.Add(id);
            }
            else if (!_byteFallback || !AddBytes(piece.Slice(start, length), ids))
            {
                if (pending && !_fuseUnknown)
                {
                    Flush(ids, ref pending);
                }

                pending = _unknown >= 0;
            }

            start += length;
        }

        Flush(ids, ref pending);
    }

    private void Flush(List<int> ids, ref bool pending)
    {
        if (pending)
        {
            ids.Add(_unknown);
            pending = false;
        }
    }

    private int Symbol(ReadOnlySpan<char> character, string before, string after) =>
        before.Length + after.Length > 0 ? IdOf(string.Concat(before, character, after)) ?? -1
        : character.Length == 1 ? _characters[character[0]]
        : _lookup.TryGetValue(character, out var id) ? id : -1;

    private bool AddBytes(ReadOnlySpan<char> character, List<int> ids)
    {
        Span<byte> bytes = stackalloc byte[4];
        bytes = bytes[..Encoding.UTF8.GetBytes(character, bytes)];
        foreach (var value in bytes)
        {
            if (_byteIds[value] < 0)
            {
                return false;
            }
        }

        foreach (var value in bytes)
        {
            ids.Add(_byteIds[value]);
        }

        return true;
    }

    // Merges in place and returns the number of symbols left.
    private int MergeShort(Span<int> symbols)
    {
        Span<(int Rank, int Id)> pairs = stackalloc (int, int)[ShortPiece];
        var count = symbols.Length;
        for (var index = 0; index + 1 < count; index++)
        {
            pairs[index] = _merges.Find(symbols[index], symbols[index + 1]);
        }

        while (count > 1)
        {
            var best = 0;
            for (var index = 1; index + 1 < count; index++)
            {
                if (pairs[index].Rank < pairs[best].Rank)
                {
                    best = index;
                }
            }

            if (pairs[best].Rank == MergeTable.NoRank)
            {
                break;
            }

            symbols[best] = pairs[best].Id;
            symbols[(best + 2)..count].CopyTo(symbols[(best + 1)..]);
            if (best + 2 < count)
            {
                pairs[(best + 2)..(count - 1)].CopyTo(pairs[(best + 1)..]);
            }

            count--;
            if (best > 0)
            {
                pairs[best - 1] = _merges.Find(symbols[best - 1], symbols[best]);
            }

            if (best + 1 < count)
            {
                pairs[best] = _merges.Find(symbols[best], symbols[best + 1]);
            }
        }

        return count;
    }

    private int MergeLong(Span<int> symbols)
    {
        var count = symbols.Length;
        var (previous, next) = (new int[count], new int[count]);
        var queue = new PriorityQueue<(int Left, int Id), long>(count);
        for (var index = 0; index < count; index++)
        {
            (previous[index], next[index]) = (index - 1, index + 1 < count ? index + 1 : -1);
        }

        for (var index = 0; index + 1 < count; index++)
        {
            Offer(symbols, index, index + 1);
        }

        while (queue.TryDequeue(out var merge, out _))
        {
            var (left, right) = (merge.Left, next[merge.Left]);
            // Skips pairs whose symbols have been merged since the pair was put on the heap.
            if (symbols[left] < 0 || right < 0 || _merges.Find(symbols[left], symbols[right]).Id != merge.Id)
            {
                continue;
            }

            (symbols[left], symbols[right]) = (merge.Id, -1);
            next[left] = next[right];
            if (next[left] >= 0)
            {
                previous[next[left]] = left;
                Offer(symbols, left, next[left]);
            }

            if (previous[left] >= 0)
            {
                Offer(symbols, previous[left], left);
            }
        }

        var kept = 0;
        foreach (var symbol in symbols)
        {
            if (symbol >= 0)
            {
                symbols[kept++] = symbol;
            }
        }

        return kept;

        void Offer(ReadOnlySpan<int> row, int left, int right)
        {
            var (rank, id) = _merges.Find(row[left], row[right]);
            if (rank != MergeTable.NoRank)
            {
                queue.Enqueue((left, id), ((long)rank << 32) | (uint)left);
            }
        }
    }

    // A merge is written as "left right" or ["left", "right"].
    private MergeTable ReadMerges(TokenizerPart part)
    {
        if (part.Element.ValueKind != JsonValueKind.Array)
        {
            throw part.Wrong("is not a list of merges");
        }

        var table = new MergeTable(part.Element.GetArrayLength());
        var rank = 0;
        foreach (var merge in part.Element.EnumerateArray())
        {
            var pair = merge.ValueKind switch
            {
                JsonValueKind.String => merge.GetString()!.Split(' '),
                JsonValueKind.Array =>
                    [.. merge.EnumerateArray().Select(side => side.ValueKind == JsonValueKind.String ? side.GetString()! : "")],
                _ => [],
            };
            if (pair.Length != 2 || IdOf(pair[0]) is not { } left || IdOf(pair[1]) is not { } right
                || IdOf(pair[0]
                    + (_prefix.Length > 0 && pair[1].StartsWith(_prefix, StringComparison.Ordinal) ? pair[1][_prefix.Length..]
                        : pair[1])) is not { } id)
            {
                throw part.Wrong($"holds at {rank} a pair that is not in the vocabulary");
            }

            table.Set(left, right, rank++, id);
        }

        return table;
    }
}

/// <summary>
/// Merges of byte-pair encoding: maps two ids to the rank and id of their merge. Open addressing, in which the first
/// probe usually succeeds.
/// </summary>
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

    /// <summary>Adds a merge. A later merge of the same pair replaces an earlier one, as in the reference implementation.</summary>
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

    /// <summary>Returns the rank and id of a pair's merge; the rank is <see cref="NoRank"/> if it has none.</summary>
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
