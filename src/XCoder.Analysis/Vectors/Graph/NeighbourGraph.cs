using System.Buffers.Binary;
using System.Security.Cryptography;
using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.Vectors.Graph;

/// <summary>
/// The nearest rows of every row of a table: the best overall, and the best of each label that is more common than the
/// row's own. <see cref="NeighbourGraphs"/> builds it. Immutable; several threads may read it.
/// </summary>
internal sealed class NeighbourGraph
{
    private readonly SearchHit[][] _hits;

    internal NeighbourGraph(SearchHit[][] hits, bool isExact, double recall, LabelOrder order) =>
        (_hits, IsExact, Recall, Order) = (hits, isExact, recall, order);

    /// <summary>Number of rows.</summary>
    public int Count => _hits.Length;

    /// <summary>Whether every pair of rows was compared.</summary>
    public bool IsExact { get; }

    /// <summary>
    /// Share of the true ten nearest rows that the graph contains, in [0, 1], measured on a sample when it was built; 1
    /// if it is exact.
    /// </summary>
    public double Recall { get; }

    /// <summary>The order of labels when the graph was built: rows of a label searched the labels before it.</summary>
    internal LabelOrder Order { get; }

    /// <summary>
    /// The hits of a row by cosine descending, then by row ascending. Never contains the row itself; empty if the row has
    /// no direction (all zeros, or a value that is not finite).
    /// </summary>
    /// <param name="row">0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<SearchHit> this[int row] => _hits[row];

    /// <summary>Writes the graph in about 6 bytes per hit.</summary>
    public void Write(Stream stream) => NeighbourGraphFormat.Write(this, _hits, stream);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The data is damaged, cut off or of another version.</exception>
    public static NeighbourGraph Read(Stream stream) => NeighbourGraphFormat.Read(stream);
}

/// <summary>
/// The binary format of a graph: magic number, version, number of rows, recall, whether it is exact, and the order of labels;
/// then blocks of rows, each with its length in bytes and the SHA-256 of everything before it. A row is its number of
/// hits and, for each hit, the row and the difference between the cosine's bits and those of the previous
/// hit, as variable-length numbers. Cosines descend, so the differences are small.
/// </summary>
internal static class NeighbourGraphFormat
{
    private const uint Magic = 0x474E4358;
    private const int Version = 2;
    private const int BlockRows = 4096;
    private const int RanksAt = 25;
    private const int HeaderBytes = RanksAt + LabelOrder.MaxLabels;
    private const int MaxHitBytes = 10;

    public static void Write(NeighbourGraph graph, SearchHit[][] rows, Stream stream)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], rows.Length);
        BinaryPrimitives.WriteDoubleLittleEndian(header[16..], graph.Recall);
        header[RanksAt - 1] = (byte)(graph.IsExact ? 1 : 0);
        graph.Order.Ranks.CopyTo(header[RanksAt..]);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        stream.Write(header);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> length = stackalloc byte[sizeof(int)];
        for (var first = 0; first < rows.Length || first == 0; first += BlockRows)
        {
            var block = rows.AsSpan(first, Math.Min(BlockRows, rows.Length - first));
            var bytes = new byte[checked(block.Length * 5 + (MaxHitBytes * Hits(block)))];
            var written = Encode(block, bytes);
            BinaryPrimitives.WriteInt32LittleEndian(length, written);
            hash.AppendData(length);
            hash.AppendData(bytes.AsSpan(0, written));
            hash.GetCurrentHash(digest);
            stream.Write(length);
            stream.Write(bytes.AsSpan(0, written));
            stream.Write(digest);
        }
    }

    public static NeighbourGraph Read(Stream stream)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var header = ReadBytes(stream, HeaderBytes);
        hash.AppendData(header);
        var count = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(8));
        var recall = BinaryPrimitives.ReadDoubleLittleEndian(header.AsSpan(16));
        var version = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4));
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != Magic || version != Version || count is < 0 or > int.MaxValue
            || recall is not (>= 0 and <= 1) || header[RanksAt - 1] > 1)
        {
            throw new InvalidDataException($"This is not a neighbour graph of version {Version}: found version {version}, {count} rows.");
        }

        // The list grows block by block, so that a damaged count cannot claim memory before the hash exposes it.
        var rows = new List<SearchHit[]>();
        do
        {
            var length = ReadBytes(stream, sizeof(int));
            var bytes = ReadBytes(stream, BinaryPrimitives.ReadInt32LittleEndian(length));
            hash.AppendData(length);
            hash.AppendData(bytes);
            if (!hash.GetCurrentHash().AsSpan().SequenceEqual(ReadBytes(stream, SHA256.HashSizeInBytes)))
            {
                throw new InvalidDataException($"The neighbour graph is damaged after row {rows.Count}.");
            }

            Decode(bytes, rows, (int)Math.Min(BlockRows, count - rows.Count), (int)count);
        }
        while (rows.Count < count);
        return new NeighbourGraph([.. rows], header[RanksAt - 1] == 1, recall, LabelOrder.Ranked(header.AsSpan(RanksAt)));
    }

    private static int Hits(ReadOnlySpan<SearchHit[]> block)
    {
        var hits = 0;
        foreach (var row in block)
        {
            hits += row.Length;
        }

        return hits;
    }

    private static int Encode(ReadOnlySpan<SearchHit[]> block, Span<byte> target)
    {
        var at = 0;
        foreach (var row in block)
        {
            Put(target, ref at, (uint)row.Length);
            var last = uint.MaxValue;
            foreach (var hit in row)
            {
                Put(target, ref at, (uint)hit.Row);
                var bits = Ordered(hit.Cosine);
                Put(target, ref at, last - bits);
                last = bits;
            }
        }

        return at;
    }

    private static void Decode(ReadOnlySpan<byte> bytes, List<SearchHit[]> rows, int expected, int count)
    {
        var at = 0;
        for (; expected > 0; expected--)
        {
            var hits = new SearchHit[Checked(Take(bytes, ref at), bytes.Length - at + 1)];
            var last = uint.MaxValue;
            foreach (ref var hit in hits.AsSpan())
            {
                var row = Checked(Take(bytes, ref at), count);
                last -= Take(bytes, ref at);
                hit = new SearchHit(row, Cosine(last));
            }

            rows.Add(hits);
        }

        _ = Checked((uint)(bytes.Length - at), 1);
    }

    private static int Checked(uint value, int end) => value < (uint)end ? (int)value : throw Damaged();

    private static void Put(Span<byte> target, ref int at, uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            target[at++] = (byte)(value | 0x80);
        }

        target[at++] = (byte)value;
    }

    private static uint Take(ReadOnlySpan<byte> bytes, ref int at)
    {
        var (value, shift) = (0u, 0);
        while (at < bytes.Length && shift < 35)
        {
            var next = bytes[at++];
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }

            shift += 7;
        }

        throw Damaged();
    }

    // Maps a float to bits that ascend with its value, including negative values.
    private static uint Ordered(float cosine)
    {
        var bits = BitConverter.SingleToUInt32Bits(cosine);
        return (bits & 0x80000000) != 0 ? ~bits : bits | 0x80000000;
    }

    private static float Cosine(uint ordered) =>
        BitConverter.UInt32BitsToSingle((ordered & 0x80000000) != 0 ? ordered & 0x7FFFFFFF : ~ordered);

    private static InvalidDataException Damaged() => new("The neighbour graph is damaged.");

    private static byte[] ReadBytes(Stream stream, int count)
    {
        // Reads in steps, so that a damaged length cannot claim more memory than the stream has bytes.
        const int Step = 1 << 20;
        if (count < 0)
        {
            throw Damaged();
        }

        var bytes = new byte[Math.Min(count, Step)];
        for (var read = 0; ; Array.Resize(ref bytes, (int)Math.Min(count, 2L * bytes.Length)))
        {
            read += stream.ReadAtLeast(bytes.AsSpan(read), bytes.Length - read, throwOnEndOfStream: false);
            if (read < bytes.Length)
            {
                throw new InvalidDataException("The neighbour graph is cut off.");
            }

            if (read == count)
            {
                return bytes;
            }
        }
    }
}
