using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace XCoder.Analysis.Text;

/// <summary>
/// SHA-256 as lower-case hexadecimal digits. Stored ids and keys are made here: another order, encoding or separator would change
/// them all.
/// </summary>
internal static class HexHash
{
    private const int KeyBytes = 8;

    /// <summary>64 digits over bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>64 digits over a text as UTF-8.</summary>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>64 digits over the rest of a stream.</summary>
    public static string Of(Stream stream) => Convert.ToHexStringLower(SHA256.HashData(stream));

    /// <summary>64 digits over texts, each after its length in bytes: where one ends and the next begins counts.</summary>
    public static string OfTexts(IEnumerable<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            hash.AppendText(text);
        }

        return hash.Digits();
    }

    /// <summary>
    /// 16 digits over texts, each before a zero byte: keys of what workspaces keep. Not <see cref="OfTexts"/>, so that workspaces of
    /// earlier versions stay fresh.
    /// </summary>
    public static string Key(params IEnumerable<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData([0]);
        }

        return hash.Digits()[..(2 * KeyBytes)];
    }

    /// <summary>Appends the length of a text in bytes (int32, little-endian), then the text as UTF-8.</summary>
    public static void AppendText(this IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }

    /// <summary>64 digits over what was appended; the hash is empty afterwards.</summary>
    public static string Digits(this IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}
