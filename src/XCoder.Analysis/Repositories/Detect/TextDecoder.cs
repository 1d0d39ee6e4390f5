using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Repositories.Detect;

/// <summary>Decodes the bytes of a file to UTF-8, or detects that they are not text.</summary>
internal static class TextDecoder
{
    private const int SampleBytes = 8192;

    // At most 1 byte in 20 may be a control character other than white space, backspace and escape; random bytes have
    // 1 in 10.
    private const int MaxControlsIn = 20;

    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        Enumerable.Range(1, 31).Append(127).Where(value => value is not (>= 8 and <= 13) and not 27).Select(value => (byte)value)
            .ToArray());

    /// <summary>
    /// The text as UTF-8 without byte-order mark; null if it is binary. Text is binary if it holds a NUL character, or
    /// if more than 1 in 20 of its first 8 KiB are control characters. UTF-16 and UTF-32 are recognised by their
    /// byte-order marks, and UTF-16 also if every second byte of mostly Latin text is NUL. Other text that is not valid UTF-8
    /// (Latin-1, Shift-JIS …) is decoded where <see cref="LegacyText"/> can tell how; else its bytes stay as they are and those
    /// that are not UTF-8 are counted. Lines that end in a carriage return alone get a line feed in its place.
    /// </summary>
    /// <param name="path">Path below the repository's root.</param>
    /// <param name="bytes">The bytes of the file.</param>
    /// <param name="encoding">Name of the encoding by git's attributes, or null.</param>
    public static SourceFile? Decode(string path, byte[] bytes, string? encoding = null)
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

        if (invalid is null && !Utf8.IsValid(text) && LegacyText.ToUtf8(text, encoding) is { } decoded)
        {
            text = decoded;
        }

        var count = invalid ?? CountInvalid(text);
        if (text.AsSpan().Contains((byte)'\r') && !text.AsSpan().Contains((byte)'\n'))
        {
            text = [.. text];
            text.AsSpan().Replace((byte)'\r', (byte)'\n');
        }

        return new SourceFile(path, text, count);
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

    // Accepts only clear cases: at least 7 in 10 units have NUL on one side, and almost none on the other.
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
