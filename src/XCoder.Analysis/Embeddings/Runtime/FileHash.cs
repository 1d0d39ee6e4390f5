using System.Security.Cryptography;

namespace XCoder.Analysis.Embeddings.Runtime;

/// <summary>Hashes of the files that determine a model's vectors.</summary>
internal static class FileHash
{
    /// <summary>Appends a file's length and content, so that no two lists of files share a hash.</summary>
    public static void AppendFile(this IncrementalHash hash, string path)
    {
        using var stream = ModelFiles.OpenRead(path);
        hash.AppendData(BitConverter.GetBytes(stream.Length));
        var buffer = new byte[1 << 18];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            hash.AppendData(buffer.AsSpan(0, count));
        }
    }
}
