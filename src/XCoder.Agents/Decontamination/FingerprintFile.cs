using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using XCoder.Agents.Rows;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Decontamination;

/// <summary>
/// Fingerprints as files: a line of JSON (<see cref="FingerprintHeader"/>), then a check sum of 8 bytes, a length of 4 and, in Brotli, the
/// problems' ids, the 10-grams' hashes as differences (LEB128) with the number of their problem, and the signatures.
/// </summary>
public static class FingerprintFile
{
    /// <summary>How names of files end.</summary>
    public const string Ending = ".fingerprint";

    private const string Magic = "xcoder-fingerprint-1 ";
    private const int MostHeader = 1 << 24;
    private const int MostBody = 1 << 28;

    /// <summary>Writes a fingerprint; equal ones give equal bytes.</summary>
    public static void Write(Stream stream, Fingerprint fingerprint)
    {
        var body = Body(fingerprint);
        stream.Write(Encoding.UTF8.GetBytes(Magic + JsonSerializer.Serialize(fingerprint.Header, RowJson.Options) + "\n"));
        Span<byte> sum = stackalloc byte[sizeof(ulong) + sizeof(int)];
        BinaryPrimitives.WriteUInt64LittleEndian(sum, SpanHash.Hash64(body));
        BinaryPrimitives.WriteInt32LittleEndian(sum[sizeof(ulong)..], body.Length);
        stream.Write(sum);
        using var brotli = new BrotliStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        brotli.Write(body);
    }

    /// <summary>Whether a file begins as a fingerprint does.</summary>
    internal static bool IsOne(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Encoding.ASCII.GetBytes(Magic));

    /// <summary>Reads a fingerprint.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is none, or damaged.</exception>
    public static Fingerprint Read(string path)
    {
        byte[] bytes;
        try
        {
            using var file = File.OpenRead(path);
            bytes = BoundedRead.All(file);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException(
                $"{path} is no fingerprint of a benchmark: {exception.Message}. Make it again with 'xcoder "
                    + $"decontaminate --make', or reinstall the tool.", exception);
        }

        var end = bytes.AsSpan(0, Math.Min(bytes.Length, MostHeader)).IndexOf((byte)'\n');
        try
        {
            if (!IsOne(bytes) || end < 0
                || JsonSerializer.Deserialize<FingerprintHeader>(bytes.AsSpan(Magic.Length, end - Magic.Length),
                    RowJson.Options) is not { } header)
            {
                throw new InvalidDataException("it does not begin as one");
            }

            var sum = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(end + 1));
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(end + 1 + sizeof(ulong)));
            if (length is < 0 or > MostBody)
            {
                throw new InvalidDataException("its length is impossible");
            }

            var body = new byte[length];
            using var brotli =
                new BrotliStream(
                    new MemoryStream(bytes, end + 1 + sizeof(ulong) + sizeof(int), bytes.Length - end - 1 - sizeof(ulong) - sizeof(int)),
                    CompressionMode.Decompress);
            brotli.ReadExactly(body);
            return SpanHash.Hash64(body) == sum ? Parse(header, body) : throw new InvalidDataException("its check sum is wrong");
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException or EndOfStreamException or ArgumentException
            or IndexOutOfRangeException or InvalidOperationException or OverflowException)
        {
            throw new InvalidDataException(
                $"{path} is no fingerprint of a benchmark, or a damaged one: {exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}. "
                    + $"Make it again with 'xcoder decontaminate --make', or reinstall the tool.", exception);
        }
    }

    /// <summary>All that decides what is found.</summary>
    internal static byte[] Body(Fingerprint fingerprint)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write7BitEncodedInt(fingerprint.Header.LeastNamed);
        writer.Write7BitEncodedInt(fingerprint.Problems.Count);
        foreach (var problem in fingerprint.Problems)
        {
            writer.Write(problem);
        }

        writer.Write7BitEncodedInt(fingerprint.Grams.Length);
        for (var i = 0; i < fingerprint.Grams.Length; i++)
        {
            writer.Write7BitEncodedInt64((long)(fingerprint.Grams[i] - (i == 0 ? 0 : fingerprint.Grams[i - 1])));
        }

        Array.ForEach(fingerprint.GramProblems, writer.Write);
        writer.Write7BitEncodedInt(fingerprint.Signatures.Length);
        Array.ForEach(fingerprint.SignatureProblems, writer.Write);
        Array.ForEach(fingerprint.Signatures, writer.Write);
        writer.Flush();
        return stream.ToArray();
    }

    private static Fingerprint Parse(FingerprintHeader header, byte[] body)
    {
        using var reader = new BinaryReader(new MemoryStream(body));
        if (reader.Read7BitEncodedInt() != header.LeastNamed)
        {
            throw new InvalidDataException("its head is another's");
        }

        var problems = new string[Count(reader, body)];
        for (var i = 0; i < problems.Length; i++)
        {
            problems[i] = reader.ReadString();
        }

        var grams = new ulong[Count(reader, body)];
        for (var i = 0; i < grams.Length; i++)
        {
            grams[i] = (i == 0 ? 0 : grams[i - 1]) + (ulong)reader.Read7BitEncodedInt64();
        }

        var gramProblems = Problems(reader, grams.Length, problems);
        var signatures = new byte[Count(reader, body)][];
        var signatureProblems = Problems(reader, signatures.Length, problems);
        for (var i = 0; i < signatures.Length; i++)
        {
            signatures[i] = reader.ReadBytes(WordSignature.Rows) is { Length: WordSignature.Rows } signature ? signature
                : throw new EndOfStreamException("it ends too early");
        }

        return new Fingerprint(header, problems, grams, gramProblems, signatures, signatureProblems);
    }

    private static int Count(BinaryReader reader, byte[] body) =>
        reader.Read7BitEncodedInt() is var count and >= 0 && count <= body.Length ? count
            : throw new InvalidDataException("a count is impossible");

    private static ushort[] Problems(BinaryReader reader, int count, string[] names)
    {
        var problems = new ushort[count];
        for (var i = 0; i < count; i++)
        {
            problems[i] = reader.ReadUInt16() is var problem && problem < names.Length ? problem
                : throw new InvalidDataException("a problem is unknown");
        }

        return problems;
    }
}
