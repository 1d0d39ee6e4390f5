using System.CommandLine;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Coverage;
using XCoder.Analysis.Pipeline;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Storage;

namespace XCoder.Cli.Commands;

/// <summary>Concepts on top of the semantic index, as <c>coverage</c>, <c>analyze</c> and <c>seeds</c> share them.</summary>
internal sealed class ConceptStage
{
    /// <summary>Length below which snippets are left out: that of the other duplicates, so that all share one index.</summary>
    public static readonly int MinTokens = new SemanticIndexOptions().MinTokens;

    private const long FewSnippets = 20_000;

    private readonly int _minTokens;

    private ConceptStage(SemanticStage semantic, ConceptAnalysis concepts, int minTokens) => (Semantic, Concepts, _minTokens) = (semantic, concepts, minTokens);

    public SemanticStage Semantic { get; }

    public ConceptAnalysis Concepts { get; }

    public static void AddTo(Command command) => SemanticStage.AddTo(command);

    /// <summary>Whether concepts can be had in a few seconds: all is embedded, and the semantic index is there or soon made.</summary>
    public static bool IsNear(CommandContext context, WorkspaceFolder workspace, SnippetStore store)
    {
        using var model = EmbeddingModels.Open(ModelOptions.Folder(context.Get(ModelOptions.Model)), DeviceOption.Of(context), threads: 1, _ => { });
        var counts = store.EmbeddedCounts(store.FindModel(model.Hash, model.Dimension) ?? -1, StoreSelection.All);
        return counts.Snippets > 0 && counts.Embedded == counts.Snippets
            && (counts.Snippets <= FewSnippets || SemanticIndex.IsCurrent(workspace, store, model, new SemanticIndexOptions { MinTokens = MinTokens }));
    }

    /// <summary>Embeds what is not embedded and opens the concepts; takes the workspace's lock where something is to be written.</summary>
    public static ConceptStage Open(CommandContext context, WorkspaceFolder workspace) =>
        Open(context, workspace, SemanticStage.Open(context, workspace, MinTokens), MinTokens);

    /// <summary>Opens the concepts of an index that is open.</summary>
    public static ConceptStage Open(CommandContext context, WorkspaceFolder workspace, SemanticStage semantic, int minTokens, bool isLocked = false)
    {
        var concepts = ConceptAnalysis.Read(workspace, semantic.Index);
        if (concepts is null)
        {
            using var hold = isLocked ? null : context.OpenForWriting().Lock;
            using var progress = context.Quiet ? null : new StepProgress(context.Messages, !Console.IsErrorRedirected);
            concepts = ConceptAnalysis.Open(workspace, semantic.Index, context.Catalog.FamilyOf, progress, context.Cancellation);
        }

        return new ConceptStage(semantic, concepts, minTokens);
    }

    /// <summary>A report with what its page shows besides: samples of each cell, and a map of the corpus where it is no larger than <paramref name="mostPoints"/>.</summary>
    public AnalysisReport WithPage(CommandContext context, WorkspaceFolder workspace, SnippetStore store, AnalysisReport report, int mostPoints)
    {
        using var progress = context.Quiet ? null : new StepProgress(context.Messages, !Console.IsErrorRedirected);
        var shown = report.Concepts!.Matrix.Rows.Select(row => row.Concept).ToHashSet();
        return report with
        {
            ConceptSamples = ConceptSamples.Of(store, Semantic.Index, Concepts.Concepts.Where(concept => shown.Contains(concept.Id)), context.Catalog.FamilyOf),
            Map = Semantic.Index.Nodes.Count > mostPoints ? null : MapAnalysis.Run(workspace, Semantic.Index, Concepts.Concepts, new MapOptions { Threads = context.Threads }, progress, context.Cancellation),
        };
    }

    /// <summary>Matrix and gaps of a part of the store.</summary>
    /// <param name="context">The command line.</param>
    /// <param name="pairs">Instruction pairs by concept and language.</param>
    /// <param name="store">The store.</param>
    /// <param name="selection">What is counted.</param>
    /// <param name="language">Only gaps of this language.</param>
    /// <param name="mostGaps">How many gaps to give.</param>
    /// <param name="mostFunctions">How many functions without a partner in the language to give; below 0: do not look.</param>
    public ConceptReport Report(CommandContext context, IReadOnlyDictionary<(string Concept, string Language), int> pairs, SnippetStore store, StoreSelection selection, string? language, int mostGaps, int mostFunctions = -1)
    {
        var coverage = new ConceptCoverage(store, Concepts, selection, context.Catalog.FamilyOf, _minTokens);
        var (gaps, allGaps) = coverage.Gaps(new GapOptions { Near = Semantic.Options.Threshold }, language, mostGaps);
        var (functions, all) = language is not null && mostFunctions >= 0 ? coverage.Functions(language, Semantic.Options, mostFunctions) : (null, 0);
        return new ConceptReport { Matrix = coverage.Matrix.WithPairs(pairs), Gaps = gaps, AllGaps = allGaps, Basis = Semantic.Basis, Language = language, Functions = functions, AllFunctions = all };
    }
}
