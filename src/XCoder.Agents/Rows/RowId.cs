using System.Security.Cryptography;
using System.Text;

namespace XCoder.Agents.Rows;

/// <summary>Ids and hashes of what is generated.</summary>
internal static class RowId
{
    private const int Digits = 20;

    /// <summary>The id of a row; its own <see cref="InstructionRow.Id"/> does not count.</summary>
    public static string Of(InstructionRow row) => Hash([row.Dataset.Key, row.Task.ToString(), row.SourceLanguage, row.TargetLanguage, row.Instruction, row.Response, .. row.Seeds])[..Digits];

    /// <summary>SHA-256 over texts, 64 hex digits; where one ends and the next begins counts.</summary>
    public static string Hash(params IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
