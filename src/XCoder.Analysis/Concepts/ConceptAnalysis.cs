using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;
using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Analysis.Concepts;

/// <summary>
/// The concepts of a workspace: clusters of its semantic index, functions only (structures are their context), kept in a
/// file beside the store, so that ids stay while the members change a little and an unchanged store costs no clustering.
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

    /// <summary>The index that the concepts are clusters of; their members are its nodes.</summary>
    public SemanticIndex Index { get; }

    /// <summary>The concepts in the order of their first member.</summary>
    public IReadOnlyList<Concept> Concepts { get; }

    /// <summary>What is known of each of <see cref="SemanticNodes.Snippets"/>, in their order.</summary>
    public SnippetMarks[] Marks { get; }

    /// <summary>Number of the concept of each node that is a function, or <see cref="ConceptClusters.Noise"/>.</summary>
    public int[] Of { get; }

    /// <summary>Lowest mean margin of a member to the other members.</summary>
    public static double Margin => Defaults.Threshold;

    /// <summary>Reads the concepts of a workspace, or makes them where there are none for this index.</summary>
    /// <param name="workspace">The workspace; locked by the caller unless <see cref="Read"/> has just given something.</param>
    /// <param name="index">The index of what the store holds now.</param>
    /// <param name="family">Gives the language that a language id is a dialect of, or the id.</param>
    /// <param name="progress">Told what is done.</param>
    /// <param name="cancellation">Ends the work; nothing is kept then.</param>
    /// <exception cref="StoreException">The store failed.</exception>
    public static ConceptAnalysis Open(WorkspaceFolder workspace, SemanticIndex index, Func<string, string> family, IProgress<StageProgress>? progress = null, CancellationToken cancellation = default)
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

    /// <summary>The concepts that the workspace holds, if they are those of this index; else null.</summary>
    public static ConceptAnalysis? Read(WorkspaceFolder workspace, SemanticIndex index) => File(workspace).Read(index);

    private static ConceptFile File(WorkspaceFolder workspace) => new(Path.Combine(workspace.Folder, FileName), Defaults);

    private static WeightedGraph Graph(SemanticIndex index)
    {
        var builder = new WeightedGraphBuilder(index.Nodes.Functions);
        for (var node = 0; node < index.Nodes.Functions; node++)
        {
            foreach (var edge in index.Graph[node])
            {
                // What lies below counts as no edge.
                if (edge.Other > node && edge.Other < index.Nodes.Functions && edge.Margin > Defaults.Missing)
                {
                    builder.Add(node, edge.Other, edge.Margin);
                }
            }
        }

        return builder.Build();
    }
}
