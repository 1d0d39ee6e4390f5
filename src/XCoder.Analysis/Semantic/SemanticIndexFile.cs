using XCoder.Analysis.Store;
using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Analysis.Semantic;

/// <summary>A semantic index in a file: what it was made from, its nodes and its graph.</summary>
internal sealed class SemanticIndexFile(string path)
{
    private readonly SealedFile _file = new(path, "xcoder semantic index 2");

    /// <summary>Whether the file says that it holds the index of this key; it may be damaged all the same.</summary>
    public bool Has(string key) => _file.Has(key);

    /// <summary>
    /// The index if the file holds the one of this key; null where it holds another, is damaged or is not there. A null key stands for any.
    /// </summary>
    public SemanticIndex? Read(string? key) => _file.Read(key, Read);

    public void Write(string key, SemanticIndex index) => _file.Write(key, (writer, _) => Write(writer, index));

    private static SemanticIndex? Read(BinaryReader reader)
    {
        var stream = reader.BaseStream;
        var (model, languages, repositories) = (reader.ReadString(), RawArrays.ReadTexts(reader), RawArrays.ReadTexts(reader));
        var (functions, count, snippets, edges) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt64());
        if (functions < 0 || functions > count)
        {
            return null;
        }

        var nodes = new SemanticNodes
        {
            Languages = languages,
            Families = RawArrays.Read<byte>(stream, languages.Length),
            Repositories = repositories,
            Functions = functions,
            Language = RawArrays.Read<byte>(stream, count),
            Repository = RawArrays.Read<int>(stream, count),
            Embedding = RawArrays.Read<long>(stream, count),
            Content = RawArrays.Read<ulong>(stream, count),
            TextGroup = RawArrays.Read<int>(stream, count),
            Members = ReadMembers(stream, count - functions),
            Snippets = RawArrays.Read<long>(stream, snippets),
            NodeOf = RawArrays.Read<int>(stream, snippets),
            Ports = ReadPorts(stream),
        };
        var graph = new MarginGraph(RawArrays.Read<long>(stream, count + 1L), RawArrays.Read<MarginEdge>(stream, edges));
        return IsSound(nodes, graph) ? new SemanticIndex(nodes, graph, model) : null;
    }

    private static void Write(BinaryWriter writer, SemanticIndex index)
    {
        var (stream, nodes) = (writer.BaseStream, index.Nodes);
        writer.Write(index.Model);
        RawArrays.WriteTexts(writer, nodes.Languages);
        RawArrays.WriteTexts(writer, nodes.Repositories);
        writer.Write(nodes.Functions);
        writer.Write(nodes.Count);
        writer.Write(nodes.Snippets.Length);
        writer.Write(index.Graph.EdgeCount);
        writer.Flush();
        RawArrays.Write<byte>(stream, nodes.Families);
        RawArrays.Write<byte>(stream, nodes.Language);
        RawArrays.Write<int>(stream, nodes.Repository);
        RawArrays.Write<long>(stream, nodes.Embedding);
        RawArrays.Write<ulong>(stream, nodes.Content);
        RawArrays.Write<int>(stream, nodes.TextGroup);
        RawArrays.Write<int>(stream, [.. nodes.Members.Select(members => members.Length)]);
        RawArrays.Write<int>(stream, [.. nodes.Members.SelectMany(members => members)]);
        RawArrays.Write<long>(stream, nodes.Snippets);
        RawArrays.Write<int>(stream, nodes.NodeOf);
        RawArrays.Write<long>(stream, [nodes.Ports.Count]);
        RawArrays.Write<long>(stream, [.. nodes.Ports.SelectMany(pair => (long[])[pair.A, pair.B])]);
        RawArrays.Write(stream, index.Graph.Starts);
        RawArrays.Write(stream, index.Graph.Edges);
    }

    // The hash proves that the file is complete, not who wrote it, so the numbers in it are checked as well.
    private static bool IsSound(SemanticNodes nodes, MarginGraph graph) =>
        graph.IsSound && nodes.Families.Concat(nodes.Language).All(language => language < nodes.Languages.Count)
            && Array.TrueForAll(nodes.Repository, number => (uint)number < nodes.Repositories.Count)
        && Array.TrueForAll(nodes.NodeOf, node => (uint)node < nodes.Count)
        && nodes.Ports.All(pair => IsPlace(nodes, pair.A) && IsPlace(nodes, pair.B))
        && Array.TrueForAll(nodes.Members, members => Array.TrueForAll(members, node => (uint)node < nodes.Count));

    private static bool IsPlace(SemanticNodes nodes, long place) =>
        (ulong)(place >> 8) < (ulong)nodes.Repositories.Count && (place & byte.MaxValue) < nodes.Languages.Count;

    private static (long, long)[] ReadPorts(Stream stream)
    {
        var cells = RawArrays.Read<long>(stream, 2 * RawArrays.Read<long>(stream, 1)[0]);
        return [.. cells.Chunk(2).Select(pair => (pair[0], pair[1]))];
    }

    private static int[][] ReadMembers(Stream stream, int structures)
    {
        var lengths = RawArrays.Read<int>(stream, structures);
        var all = RawArrays.Read<int>(stream, lengths.Sum(length => (long)length));
        var at = 0;
        return Array.ConvertAll(lengths, length => all[at..(at += length)]);
    }
}
