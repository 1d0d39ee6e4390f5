using System.Buffers.Binary;
using System.IO.Compression;

namespace XCoder.Analysis.Repositories.Git;

/// <summary>
/// A pack with its index (gitformat-pack; indexes of version 1 and 2). Both are read piece by piece, never mapped, so a file that is
/// cut off meanwhile gives an error and no signal. Not thread-safe.
/// </summary>
internal sealed class GitPack : IDisposable
{
    private const int IdBytes = 20;
    private const int Fanouts = 256;
    private const uint Magic = 0xff744f63;
    private const int DeltaByOffset = 6, DeltaById = 7;

    // Size of a read for an entry's header: sizes and offsets take at most 10 bytes each.
    private const int HeadBytes = 32;

    // What it costs to search an index, in bytes of the budget.
    private const int SearchCost = 512;

    private readonly GitFile _index;
    private readonly GitFile _pack;
    private readonly GitBudget _budget;
    private readonly int _version;
    private readonly uint[] _fanout;

    private GitPack(GitFile index, GitFile pack, GitBudget budget, int version, uint[] fanout) =>
        (_index, _pack, _budget, _version, _fanout) = (index, pack, budget, version, fanout);

    /// <summary>Opens the index at a path that ends in <c>.idx</c>; null if it is a link, damaged, or of an unknown version.</summary>
    /// <param name="path">Path of the index.</param>
    /// <param name="files">The files that are open.</param>
    /// <param name="budget">How much may be unpacked.</param>
    public static GitPack? Open(string path, GitFiles files, GitBudget budget)
    {
        var file = new GitFile(path, files);
        var head = new byte[8 + (4 * Fanouts)];
        var isRead = file.ReadAll(0, head);
        var version = isRead && BinaryPrimitives.ReadUInt32BigEndian(head) == Magic
            ? (int)BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(4)) : 1;
        var fanout = new uint[Fanouts];
        for (var i = 0; i < Fanouts; i++)
        {
            fanout[i] = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan((version == 1 ? 0 : 8) + (4 * i)));
            isRead &= i == 0 || fanout[i] >= fanout[i - 1];
        }

        var (first, entry) = version == 1 ? (4 * Fanouts, 24L) : (8 + (4 * Fanouts), 28L);
        if (isRead && version is 1 or 2 && first + (entry * fanout[^1]) <= file.Size)
        {
            return new GitPack(file, new GitFile(Path.ChangeExtension(path, ".pack"), files), budget, version, fanout);
        }

        file.Dispose();
        return null;
    }

    /// <summary>Where the pack holds an object; null if it does not.</summary>
    /// <param name="id">The 20 bytes of its name.</param>
    public long? Find(ReadOnlySpan<byte> id)
    {
        if (_fanout[id[0]] == (id[0] == 0 ? 0 : _fanout[id[0] - 1]))
        {
            return null;
        }

        _budget.Take(SearchCost);
        var at = LowerBound(id, id[0]);
        return at < _fanout[id[0]] && Name(at) is { } name && name.AsSpan().SequenceEqual(id) ? Offset(at) : null;
    }

    /// <summary>Names of objects that begin with these hex digits.</summary>
    /// <param name="prefix">At least two lower-case hex digits.</param>
    public IEnumerable<string> Starting(string prefix)
    {
        var first = Convert.FromHexString(prefix.PadRight(2 * IdBytes, '0'));
        for (var at = LowerBound(first, first[0]); at < _fanout[first[0]]; at++)
        {
            if (Name(at) is not { } name || !Convert.ToHexStringLower(name).StartsWith(prefix, StringComparison.Ordinal))
            {
                yield break;
            }

            yield return Convert.ToHexStringLower(name);
        }
    }

    /// <summary>
    /// Reads an entry without its base, if it is a delta. Its size is that of the object, or of the delta.
    /// </summary>
    /// <param name="offset">Where it begins.</param>
    /// <param name="mostBytes">Larger entries are not unpacked; their bytes are null.</param>
    /// <returns>Null if the pack is damaged there.</returns>
    public GitPackEntry? Read(long offset, long mostBytes)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        if (offset < 12)
        {
            return null;
        }

        head = head[.._pack.Read(offset, head)];
        var at = 1;
        var size = head.IsEmpty ? 0 : head[0] & 15L;
        for (var shift = 4; at <= head.Length && (head[at - 1] & 0x80) != 0; shift += 7, at++)
        {
            if (at == head.Length || shift > 53)
            {
                return null;
            }

            size |= (long)(head[at] & 0x7f) << shift;
        }

        return head.IsEmpty ? null : Read(head[at..], offset, offset + at, (head[0] >> 4) & 7, size, mostBytes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _index.Dispose();
        _pack.Dispose();
    }

    private GitPackEntry? Read(ReadOnlySpan<byte> rest, long offset, long start, int type, long size, long mostBytes)
    {
        var (from, id) = ((long?)null, (byte[]?)null);
        if (type == DeltaByOffset)
        {
            if (Back(rest, out var used) is not { } back || back <= 0 || back >= offset)
            {
                return null;
            }

            (from, start) = (offset - back, start + used);
        }
        else if (type == DeltaById)
        {
            id = new byte[IdBytes];
            if (!_pack.ReadAll(start, id))
            {
                return null;
            }

            start += IdBytes;
        }
        else if (type is < 1 or > 4)
        {
            return null;
        }

        if (size > mostBytes)
        {
            return new GitPackEntry((GitObjectType)type, size, null, from, id);
        }

        _budget.Take(size);
        return Inflate(start, (int)size) is { } bytes ? new GitPackEntry((GitObjectType)type, size, bytes, from, id) : null;
    }

    private byte[]? Inflate(long start, int size)
    {
        using var file = new GitFileStream(_pack, start);
        return GitInflate.All(file, size);
    }

    // How far back the base begins: each byte after the first adds one before shifting, so that no value has two encodings.
    private static long? Back(ReadOnlySpan<byte> bytes, out int used)
    {
        long value = 0;
        for (used = 0; used < Math.Min(bytes.Length, 9);)
        {
            var part = bytes[used++];
            value = ((used == 1 ? 0 : value + 1) << 7) | (uint)(part & 0x7f);
            if ((part & 0x80) == 0)
            {
                return value;
            }
        }

        return null;
    }

    private uint LowerBound(ReadOnlySpan<byte> id, byte first)
    {
        var (low, high) = (first == 0 ? 0 : _fanout[first - 1], _fanout[first]);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = Name(middle) is { } name && name.AsSpan().SequenceCompareTo(id) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private byte[]? Name(uint at)
    {
        var name = new byte[IdBytes];
        var offset = _version == 1 ? (4L * Fanouts) + (24L * at) + 4 : 8 + (4L * Fanouts) + ((long)IdBytes * at);
        return _index.ReadAll(offset, name) ? name : null;
    }

    private long? Offset(uint at)
    {
        Span<byte> bytes = stackalloc byte[8];
        var (count, names) = ((long)_fanout[^1], 8 + (4L * Fanouts));
        if (!_index.ReadAll(_version == 1 ? (4L * Fanouts) + (24L * at) : names + ((IdBytes + 4) * count) + (4L * at), bytes[..4]))
        {
            return null;
        }

        var offset = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        return _version == 1 || offset < 0x80000000 ? offset
            : _index.ReadAll(names + ((IdBytes + 8) * count) + (8L * (offset & 0x7fffffff)), bytes)
                && BinaryPrimitives.ReadInt64BigEndian(bytes) is var far and > 0 ? far : null;
    }
}

/// <summary>An entry of a pack.</summary>
/// <param name="Type">The type of the object, or 6 or 7 for a delta.</param>
/// <param name="Size">Bytes of the object or the delta.</param>
/// <param name="Bytes">They themselves; null if there are too many.</param>
/// <param name="BaseOffset">Where the base of a delta begins in the same pack, or null.</param>
/// <param name="BaseId">Name of the base of a delta, or null.</param>
internal sealed record GitPackEntry(GitObjectType Type, long Size, byte[]? Bytes, long? BaseOffset, byte[]? BaseId)
{
    /// <summary>Whether it is a delta.</summary>
    public bool IsDelta => BaseOffset is not null || BaseId is not null;
}

/// <summary>Unpacks what git has compressed.</summary>
internal static class GitInflate
{
    /// <summary>All of a compressed stream, if it has exactly so many bytes; else null. Unpacks at most one byte beyond them.</summary>
    public static byte[]? All(Stream compressed, int size)
    {
        try
        {
            using var zlib = new ZLibStream(compressed, CompressionMode.Decompress, leaveOpen: true);
            var bytes = new byte[size];
            return zlib.ReadAtLeast(bytes, size, throwOnEndOfStream: false) == size && zlib.ReadByte() < 0 ? bytes : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            return null;
        }
    }
}
