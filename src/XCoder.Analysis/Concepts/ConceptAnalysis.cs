using System.Globalization;
using System.Text;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;
using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Analysis.Concepts;

/// <summary>
/// The concepts of a workspace: clusters of the functions in its semantic index. Structures serve only as context. The
/// concepts are stored in a file beside the store, so that ids stay stable while the members change only a little, and
/// an unchanged store needs no clustering.
/// </summary>
public sealed class ConceptAnalysis
{
    /// <summary>Name of the file within a workspace.</summary>
    public const string FileName = "concepts.index";

    private static readonly ConceptOptions Defaults = new();

    internal ConceptAnalysis(SemanticIndex index, IReadOnlyList<Concept> concepts, SnippetMarks[] marks)
    {
        (Index, Concepts, Marks, Of) = (index, concepts, marks, new int[index.Nodes.Functions]);
        Array.Fill(Of, ConceptClusters.Noise);
        for (var concept = 0; concept < concepts.Count; concept++)
        {
            foreach (var node in concepts[concept].Members)
            {
                Of[node] = concept;
            }
        }
    }

    /// <summary>The index from which the concepts were made; their members are its nodes.</summary>
    public SemanticIndex Index { get; }

    /// <summary>The concepts, ordered by their first member.</summary>
    public IReadOnlyList<Concept> Concepts { get; }

    /// <summary>Marks of each of the <see cref="SemanticNodes.Snippets"/>, in the same order.</summary>
    public SnippetMarks[] Marks { get; }

    /// <summary>Number of the concept of each function node, or <see cref="ConceptClusters.Noise"/>.</summary>
    public int[] Of { get; }

    /// <summary>Lowest mean margin of a member to the other members of its concept.</summary>
    public static double Margin => Defaults.Threshold;

    /// <summary>Reads the concepts of a workspace, or builds them if none match the index.</summary>
    /// <param name="workspace">The workspace. The caller must hold its lock, unless <see cref="Read"/> has just returned a result.</param>
    /// <param name="index">The index of the current content of the store.</param>
    /// <param name="family">Returns the language of which a language id is a dialect, or the id itself.</param>
    /// <param name="progress">Receives the current step.</param>
    /// <param name="cancellation">Cancels the work; nothing is stored then.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static ConceptAnalysis Open(WorkspaceFolder workspace, SemanticIndex index, Func<string, string> family,
        IProgress<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (Read(workspace, index) is { } known)
        {
            return known;
        }

        var file = File(workspace);
        progress?.Report(new StageProgress("reading names and tests", 0, 0));
        using var store = workspace.OpenStore();
        var inputs = ConceptInputs.Read(store, index.Nodes, family, cancellation);
        progress?.Report(new StageProgress("finding concepts", 0, index.Nodes.Functions));
        var concepts = new ConceptBuilder(Defaults).Build(Graph(index), node => inputs.Facts[node], file.ReadKnown(), cancellation);
        var made = new ConceptAnalysis(index, concepts, inputs.Marks);
        file.Write(made, Array.ConvertAll(inputs.Facts, fact => fact.ContentKey));
        return made;
    }

    /// <summary>Reads the concepts of a workspace if they match the index; otherwise returns null.</summary>
    public static ConceptAnalysis? Read(WorkspaceFolder workspace, SemanticIndex index) => File(workspace).Read(index);

    private static ConceptFile File(WorkspaceFolder workspace) => new(Path.Combine(workspace.Folder, FileName), Defaults);

    private static WeightedGraph Graph(SemanticIndex index)
    {
        var builder = new WeightedGraphBuilder(index.Nodes.Functions);
        for (var node = 0; node < index.Nodes.Functions; node++)
        {
            foreach (var edge in index.Graph[node])
            {
                // Edges below the weight of a missing pair count as missing.
                if (edge.Other > node && edge.Other < index.Nodes.Functions && edge.Margin > Defaults.Missing)
                {
                    builder.Add(node, edge.Other, edge.Margin);
                }
            }
        }

        return builder.Build();
    }
}

/// <summary>Concepts in a file: what they were made from, their members and marks of the snippets.</summary>
internal sealed class ConceptFile(string path, ConceptOptions options)
{
    private readonly SealedFile _file = new(path, "xcoder concepts 1");

    /// <summary>The concepts if the file holds those of this index; null where it holds others, is damaged or is not there.</summary>
    public ConceptAnalysis? Read(SemanticIndex index) => _file.Read(Key(index), reader =>
    {
        var marks = RawArrays.Read<SnippetMarks>(reader.BaseStream, index.Nodes.Snippets.Length);
        var concepts = new Concept[Count(reader)];
        for (var i = 0; i < concepts.Length; i++)
        {
            concepts[i] = ReadConcept(reader, index.Nodes);
        }

        return new ConceptAnalysis(index, concepts, marks);
    });

    /// <summary>
    /// Reads ids and contents of the concepts in the file, whatever index they were made from; none if it is missing or
    /// damaged.
    /// </summary>
    public IReadOnlyCollection<KnownConcept> ReadKnown() => _file.Read(null, reader =>
    {
        // The last number says where they begin.
        reader.BaseStream.Position = SealedFile.EndOf(reader.BaseStream) - sizeof(long);
        reader.BaseStream.Position = reader.ReadInt64();
        var known = new KnownConcept[Count(reader)];
        for (var i = 0; i < known.Length; i++)
        {
            var id = reader.ReadString();
            known[i] = new KnownConcept(id, RawArrays.Read<ulong>(reader.BaseStream, reader.ReadInt32()));
        }

        return known;
    }) ?? [];

    /// <summary>Writes the concepts with the content keys of the nodes.</summary>
    public void Write(ConceptAnalysis analysis, ulong[] keys) => _file.Write(Key(analysis.Index), (content, at) =>
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true);
        RawArrays.Write<SnippetMarks>(memory, analysis.Marks);
        writer.Write(analysis.Concepts.Count);
        foreach (var concept in analysis.Concepts)
        {
            Write(writer, concept);
        }

        var start = at + memory.Position;
        writer.Write(analysis.Concepts.Count);
        foreach (var concept in analysis.Concepts)
        {
            writer.Write(concept.Id);
            writer.Write(concept.Members.Count);
            writer.Flush();
            RawArrays.Write<ulong>(memory, [.. concept.Members.Select(node => keys[node])]);
        }

        writer.Write(start);
        writer.Flush();
        content.Write(memory.GetBuffer().AsSpan(0, (int)memory.Length));
    });

    private string Key(SemanticIndex index) =>
        HexHash.Key(index.Key, options.ToString(), index.Nodes.Snippets.Length.ToString(CultureInfo.InvariantCulture));

    // A count cannot exceed the number of bytes, so that a forged one claims no memory.
    private static int Count(BinaryReader reader) =>
        reader.ReadInt32() is var count && count >= 0 && count <= reader.BaseStream.Length ? count
            : throw new InvalidDataException($"{count} concepts do not fit the file.");

    private static void Write(BinaryWriter writer, Concept concept)
    {
        writer.Write(concept.Id);
        writer.Write(concept.Label);
        RawArrays.WriteTexts(writer, concept.Words);
        writer.Write(concept.Representative);
        writer.Write(concept.Cohesion);
        writer.Write(concept.Members.Count);
        writer.Flush();
        RawArrays.Write<int>(writer.BaseStream, [.. concept.Members]);
        RawArrays.Write<float>(writer.BaseStream, [.. concept.Strengths]);
    }

    private static Concept ReadConcept(BinaryReader reader, SemanticNodes nodes)
    {
        var (id, label, words) = (reader.ReadString(), reader.ReadString(), RawArrays.ReadTexts(reader));
        var (representative, cohesion, count) = (reader.ReadInt32(), reader.ReadSingle(), reader.ReadInt32());
        var members = RawArrays.Read<int>(reader.BaseStream, count);
        var strengths = RawArrays.Read<float>(reader.BaseStream, count);
        if (Array.Exists(members, node => (uint)node >= nodes.Functions) || !members.Contains(representative))
        {
            throw new InvalidDataException("A concept has members that are not functions of the index.");
        }

        return new Concept
        {
            Id = id,
            Label = label,
            Words = words,
            Members = members,
            Strengths = strengths,
            Representative = representative,
            Languages = [.. members.Select(node => nodes.Languages[nodes.Language[node]]).Distinct().Order(StringComparer.Ordinal)],
            Cohesion = cohesion,
        };
    }
}
