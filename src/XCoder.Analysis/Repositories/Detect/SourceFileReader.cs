using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Repositories.Detect;

/// <summary>
/// Reads files of hostile repositories: opening follows no link and waits for no pipe, so that a file swapped after
/// the walk saw it can neither lead elsewhere nor hang. Safe for concurrent use.
/// </summary>
internal sealed class SourceFileReader
{
    private readonly long _maxBytes;

    /// <summary>Reads files of at most <paramref name="maxFileBytes"/> bytes, default 1 MiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1 or above what an array holds.</exception>
    public SourceFileReader(long maxFileBytes = 1 << 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxFileBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxFileBytes, Array.MaxLength);
        _maxBytes = maxFileBytes;
    }

    /// <summary>The whole file and its hash, or the reason why not.</summary>
    public FileContent Read(string fullPath)
    {
        var bytes = ReadBytes(fullPath, _maxBytes, wholeOnly: true, out var reason, out var detail);
        return bytes == null
            ? new FileContent { Reason = reason, Detail = detail }
            : new FileContent { Bytes = bytes, Hash = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
    }

    /// <summary>The first <paramref name="maxBytes"/> bytes without a hash, enough for a <c>#!</c> line; or the reason why not.</summary>
    public FileContent ReadStart(string fullPath, int maxBytes = 256)
    {
        var bytes = ReadBytes(fullPath, maxBytes, wholeOnly: false, out var reason, out var detail);
        return bytes == null ? new FileContent { Reason = reason, Detail = detail } : new FileContent { Bytes = bytes };
    }

    /// <summary>A small file of settings, or null where it is missing, too large, no regular file or unreadable.</summary>
    internal static byte[]? ReadSmall(string fullPath, int maxBytes) => ReadBytes(fullPath, maxBytes, wholeOnly: true, out _, out _);

    private static byte[]? ReadBytes(string fullPath, long limit, bool wholeOnly, out SkipReason? reason, out string? detail)
    {
        using var handle = NativeFiles.OpenFile(Encoding.UTF8.GetBytes(fullPath + '\0'), out var facts);
        if (handle == null)
        {
            detail = facts.Error;
            reason = facts.Kind switch
            {
                EntryKind.Link => SkipReason.Link,
                EntryKind.Folder or EntryKind.Other => SkipReason.NotAFile,
                _ => SkipReason.Unreadable,
            };
            return null;
        }

        (reason, detail) = (null, null);
        if (wholeOnly && facts.Size > limit)
        {
            (reason, detail) = (SkipReason.TooLarge, $"{facts.Size} bytes, the limit is {limit}");
            return null;
        }

        try
        {
            return Fill(handle, new byte[Math.Min(facts.Size, limit)]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            (reason, detail) = (SkipReason.Unreadable, exception.Message);
            return null;
        }
    }

    // A file cut short meanwhile gives what is left of it; one that grew, its beginning.
    private static byte[] Fill(SafeFileHandle handle, byte[] bytes)
    {
        var length = 0;
        while (length < bytes.Length && RandomAccess.Read(handle, bytes.AsSpan(length), length) is > 0 and var read)
        {
            length += read;
        }

        return length == bytes.Length ? bytes : bytes[..length];
    }
}

/// <summary>A file's raw bytes, or why there are none.</summary>
internal sealed record FileContent
{
    /// <summary>All bytes; empty where <see cref="Reason"/> is set.</summary>
    public byte[] Bytes { get; init; } = [];

    /// <summary>SHA-256 of the bytes, 64 lower-case hex digits; empty where <see cref="Reason"/> is set.</summary>
    public string Hash { get; init; } = "";

    /// <summary>Why the file was not read, or null.</summary>
    public SkipReason? Reason { get; init; }

    /// <summary>More for a person to act on, or null.</summary>
    public string? Detail { get; init; }
}

/// <summary>Turns the bytes of a file into UTF-8 text, or finds that they are no text.</summary>
internal static class TextDecoder
{
    private const int SampleBytes = 8192;

    // Control characters other than white space, backspace and escape. Random bytes hold 1 in 10.
    private const int MaxControlsIn = 20;

    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        Enumerable.Range(1, 31).Append(127).Where(value => value is not (>= 8 and <= 13) and not 27).Select(value => (byte)value)
            .ToArray());

    /// <summary>
    /// The text as UTF-8 without byte-order mark; null if it is binary: it holds a NUL character, or more than one
    /// control character in 20 bytes of its first 8 KiB. UTF-16 and UTF-32 are known by their marks, UTF-16 also where
    /// every second byte of mostly Latin text is NUL. Other bytes that are no UTF-8 (Latin-1, Shift-JIS …) stay as
    /// they are and are counted.
    /// </summary>
    public static SourceFile? Decode(string path, byte[] bytes)
    {
        var (text, invalid) = ToUtf8(bytes);
        if (text.AsSpan().Contains((byte)0))
        {
            return null;
        }

        var sample = text.AsSpan(0, Math.Min(SampleBytes, text.Length));
        if (sample.ContainsAny(Controls) && CountControls(sample) * MaxControlsIn > sample.Length)
        {
            return null;
        }

        return new SourceFile(path, text, invalid ?? CountInvalid(text));
    }

    private static (byte[] Text, int? Invalid) ToUtf8(byte[] bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (bytes[3..], null),
        [0xFF, 0xFE, 0, 0, ..] when bytes.Length % 4 == 0 => FromUtf32(bytes, isLittleEndian: true),
        [0, 0, 0xFE, 0xFF, ..] => FromUtf32(bytes, isLittleEndian: false),
        [0xFF, 0xFE, ..] => FromUtf16(bytes.AsSpan(2), isLittleEndian: true),
        [0xFE, 0xFF, ..] => FromUtf16(bytes.AsSpan(2), isLittleEndian: false),
        _ when LooksLikeUtf16(bytes) is { } isLittleEndian => FromUtf16(bytes, isLittleEndian),
        _ => (bytes, null),
    };

    // Evident only: 7 in 10 units of one byte order are Latin, and hardly a NUL stands on the other side.
    private static bool? LooksLikeUtf16(byte[] bytes)
    {
        var sample = bytes.AsSpan(0, Math.Min(SampleBytes, bytes.Length) & ~1);
        if (bytes.Length % 2 != 0 || sample.Length < 4 || !sample.Contains((byte)0))
        {
            return null;
        }

        var (even, odd) = (0, 0);
        for (var i = 0; i < sample.Length; i += 2)
        {
            even += sample[i] == 0 ? 1 : 0;
            odd += sample[i + 1] == 0 ? 1 : 0;
        }

        var enough = sample.Length / 2 * 7 / 10;
        return odd > enough && even <= odd / 10 ? true : even > enough && odd <= even / 10 ? false : null;
    }

    private static (byte[] Text, int? Invalid) FromUtf16(ReadOnlySpan<byte> bytes, bool isLittleEndian)
    {
        var units = MemoryMarshal.Cast<byte, ushort>(bytes).ToArray();
        if (isLittleEndian != BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(units, units);
        }

        var text = MemoryMarshal.Cast<ushort, char>(units);
        var invalid = bytes.Length % 2;
        for (var rest = text; !rest.IsEmpty;)
        {
            invalid += Rune.DecodeFromUtf16(rest, out _, out var read) == OperationStatus.Done ? 0 : 2;
            rest = rest[read..];
        }

        var utf8 = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, utf8);
        return (utf8, invalid);
    }

    private static (byte[] Text, int? Invalid) FromUtf32(byte[] bytes, bool isLittleEndian)
    {
        var text = new ArrayBufferWriter<byte>(bytes.Length);
        var invalid = bytes.Length % 4;
        for (var at = 4; at + 4 <= bytes.Length; at += 4)
        {
            var unit = bytes.AsSpan(at, 4);
            var value = isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(unit) : BinaryPrimitives.ReadUInt32BigEndian(unit);
            var isValid = Rune.TryCreate(value, out var rune);
            invalid += isValid ? 0 : 4;
            text.Advance((isValid ? rune : Rune.ReplacementChar).EncodeToUtf8(text.GetSpan(4)));
        }

        return (text.WrittenSpan.ToArray(), invalid);
    }

    private static int CountInvalid(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text))
        {
            return 0;
        }

        var invalid = 0;
        while (!text.IsEmpty)
        {
            invalid += Rune.DecodeFromUtf8(text, out _, out var read) == OperationStatus.Done ? 0 : read;
            text = text[read..];
        }

        return invalid;
    }

    private static int CountControls(ReadOnlySpan<byte> sample)
    {
        var count = 0;
        for (var at = sample.IndexOfAny(Controls); at >= 0; at = sample.IndexOfAny(Controls))
        {
            count++;
            sample = sample[(at + 1)..];
        }

        return count;
    }
}
