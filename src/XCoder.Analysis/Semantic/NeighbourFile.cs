using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using XCoder.Analysis.Store;
using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Analysis.Semantic;

/// <summary>Nearest neighbours that an earlier run found, for the next to go on from.</summary>
internal sealed class NeighbourFile(string path, string model)
{
    public const string Name = "semantic.neighbours";

    private const string Format = "xcoder neighbours 1";

    /// <summary>What an earlier run with the same model left, or null.</summary>
    public KnownNeighbours? Read()
    {
        try
        {
            using var stream = WorkspaceFile.OpenRead(path);
            if (stream is null)
            {
                return null;
            }

            using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
            if (reader.ReadString() != Format || reader.ReadString() != model)
            {
                return null;
            }

            var (languages, functions, count) = (RawArrays.ReadTexts(reader), reader.ReadInt32(), reader.ReadInt32());
            var (embedding, content, language) = (RawArrays.Read<long>(stream, count), RawArrays.Read<ulong>(stream, count), RawArrays.Read<byte>(stream, count));
            var digest = reader.ReadBytes(SHA256.HashSizeInBytes);
            if (!digest.AsSpan().SequenceEqual(Digest(embedding, content, language)) || functions < 0 || functions > count || language.Any(number => number >= languages.Length))
            {
                return null;
            }

            var (first, second) = (NeighbourGraph.Read(stream), NeighbourGraph.Read(stream));
            return first.Count == functions && second.Count == count - functions ? new KnownNeighbours(languages, embedding, content, language, first, second) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or FormatException or ArgumentException or OverflowException)
        {
            return null; // none, or none that can be used: all is searched afresh
        }
    }

    public void Write(SemanticNodes nodes, NeighbourGraph functions, NeighbourGraph structures) => RawArrays.WriteFile(path, stream =>
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Format);
        writer.Write(model);
        RawArrays.WriteTexts(writer, nodes.Languages);
        writer.Write(nodes.Functions);
        writer.Write(nodes.Count);
        writer.Flush();
        RawArrays.Write<long>(stream, nodes.Embedding);
        RawArrays.Write<ulong>(stream, nodes.Content);
        RawArrays.Write<byte>(stream, nodes.Language);
        stream.Write(Digest(nodes.Embedding, nodes.Content, nodes.Language));
        functions.Write(stream);
        structures.Write(stream);
    });

    private static byte[] Digest(long[] embedding, ulong[] content, byte[] language)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<long>(embedding));
        hash.AppendData(MemoryMarshal.AsBytes<ulong>(content));
        hash.AppendData(language);
        return hash.GetHashAndReset();
    }
}
