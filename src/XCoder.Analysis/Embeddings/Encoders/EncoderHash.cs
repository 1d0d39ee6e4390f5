using System.Security.Cryptography;
using System.Text;
using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Analysis.Embeddings.Encoders;

/// <summary>The hash over all that an encoder's vectors depend on.</summary>
internal static class EncoderHash
{
    /// <summary>SHA-256, lower-case hexadecimal, over the files in order, each after its length, and the options.</summary>
    public static string Compute(IEnumerable<string> files, EncoderOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendFile(file);
        }

        // What a batch holds does not change vectors.
        var uses = options with { BatchTokens = 0 };
        hash.AppendData(Encoding.UTF8.GetBytes($"{uses.Pooling}\0{uses.CodePrefix}\0{uses.QueryPrefix}\0{uses.MaxTokens}\0{uses.Dimension}\0{uses.PadId}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
