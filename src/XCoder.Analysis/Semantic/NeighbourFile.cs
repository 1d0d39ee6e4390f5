using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;
using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Analysis.Semantic;

/// <summary>
/// Stores the nearest neighbours that a run found, so that the next run need only search for new nodes, and the terms of the functions, so
/// that a check need not read their files.
/// </summary>
internal sealed class NeighbourFile(string path, string model)
{
    public const string Name = "semantic.neighbours";

    private const string Format = "xcoder neighbours 2";

    private const long MostTerms = 1 << 28;

    // Terms depend on the program, too.
    private static readonly string Program = typeof(NeighbourFile).Module.ModuleVersionId.ToString();

    /// <summary>Reads what an earlier run with the same model stored, or null.</summary>
    /// <param name="withTerms">Whether to read the terms; null then also where those of this program are not there.</param>
    public KnownNeighbours? Read(bool withTerms = false)
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
            var (embedding, content, language) =
                (RawArrays.Read<long>(stream, count), RawArrays.Read<ulong>(stream, count), RawArrays.Read<byte>(stream, count));
            var digest = reader.ReadBytes(SHA256.HashSizeInBytes);
            if (!digest.AsSpan().SequenceEqual(Digest(embedding, content, language)) || functions < 0 || functions > count
                || language.Any(number => number >= languages.Length))
            {
                return null;
            }

            var (first, second) = (NeighbourGraph.Read(stream), NeighbourGraph.Read(stream));
            if (first.Count != functions || second.Count != count - functions)
            {
                return null;
            }

            var terms = withTerms ? ReadTerms(reader, functions) : null;
            return withTerms && terms is null ? null
                : new KnownNeighbours(languages, embedding, content, language, first, second) { Terms = terms ?? [] };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException
            or FormatException or ArgumentException or OverflowException)
        {
            return null; // missing or unusable: everything is searched again
        }
    }

    /// <summary>Writes neighbours and the terms of the functions.</summary>
    public void Write(SemanticNodes nodes, NeighbourGraph functions, NeighbourGraph structures, ReadOnlyMemory<int[]> terms) =>
        AsideFile.Replace(path, stream =>
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
        WriteTerms(writer, terms.Span);
    });

    // A bag of terms, ascending: differences as numbers of variable length.
    private static void WriteTerms(BinaryWriter writer, ReadOnlySpan<int[]> terms)
    {
        // Of very many functions none are kept, since they stand in memory once more: a check then makes the index anew.
        var count = 0L;
        foreach (var document in terms)
        {
            count += document.Length;
        }

        if (count > MostTerms)
        {
            writer.Write("");
            return;
        }

        using var bytes = new MemoryStream();
        using var bag = new BinaryWriter(bytes);
        foreach (var document in terms)
        {
            bag.Write7BitEncodedInt(document.Length);
            var last = 0;
            foreach (var term in document.Order())
            {
                bag.Write7BitEncodedInt(term - last);
                last = term;
            }
        }

        bag.Flush();
        writer.Write(Program);
        writer.Write((int)bytes.Length);
        writer.Write(bytes.GetBuffer(), 0, (int)bytes.Length);
        writer.Write(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }

    private static int[][]? ReadTerms(BinaryReader reader, int functions)
    {
        if (reader.ReadString() != Program)
        {
            return null;
        }

        var bytes = RawArrays.Read<byte>(reader.BaseStream, reader.ReadInt32());
        if (!reader.ReadBytes(SHA256.HashSizeInBytes).AsSpan().SequenceEqual(SHA256.HashData(bytes)))
        {
            return null;
        }

        using var bag = new BinaryReader(new MemoryStream(bytes));
        var terms = new int[functions][];
        for (var document = 0; document < functions; document++)
        {
            var (length, last) = (bag.Read7BitEncodedInt(), 0);
            terms[document] = length >= 0 && length <= bytes.Length ? new int[length]
                : throw new InvalidDataException("That is no length.");
            for (var i = 0; i < length; i++)
            {
                terms[document][i] = last += bag.Read7BitEncodedInt();
            }
        }

        return terms;
    }

    private static byte[] Digest(long[] embedding, ulong[] content, byte[] language)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<long>(embedding));
        hash.AppendData(MemoryMarshal.AsBytes<ulong>(content));
        hash.AppendData(language);
        return hash.GetHashAndReset();
    }
}

/// <summary>Neighbours that an earlier run found, and what identifies its nodes.</summary>
internal sealed class KnownNeighbours(string[] languages, long[] embedding, ulong[] content, byte[] language, NeighbourGraph functions,
    NeighbourGraph structures)
{
    public NeighbourGraph Functions => functions;

    public NeighbourGraph Structures => structures;

    /// <summary>The terms of each function, ascending; empty where they were not asked for.</summary>
    public int[][] Terms { get; init; } = [];

    /// <summary>Whether the nodes are those of an index.</summary>
    public bool AreOf(SemanticNodes nodes) => nodes.Functions == functions.Count && nodes.Embedding.AsSpan().SequenceEqual(embedding)
        && nodes.Content.AsSpan().SequenceEqual(content);

    /// <summary>For each node of a range its row in the earlier table, or -1 if the node is new.</summary>
    public int[] Rows(SemanticNodes nodes, int from, int to)
    {
        var isFunction = from < nodes.Functions;
        var (first, end) = isFunction ? (0, functions.Count) : (functions.Count, embedding.Length);
        var rows = new Dictionary<(long, string, ulong), int>(end - first);
        for (var node = first; node < end; node++)
        {
            rows[(embedding[node], languages[language[node]], isFunction ? 0 : content[node])] = node - first;
        }

        var result = new int[to - from];
        for (var node = from; node < to; node++)
        {
            result[node - from] = rows.GetValueOrDefault(
                (nodes.Embedding[node], nodes.Languages[nodes.Language[node]], isFunction ? 0 : nodes.Content[node]), -1);
        }

        return result;
    }
}
