using System.CommandLine;
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

    private ConceptStage(SemanticStage semantic, ConceptAnalysis concepts) => (Semantic, Concepts) = (semantic, concepts);

    public SemanticStage Semantic { get; }

    public ConceptAnalysis Concepts { get; }

    public static void AddTo(Command command) => SemanticStage.AddTo(command);

    /// <summary>Whether every snippet of the workspace has a vector of the model: concepts then cost no embedding.</summary>
    public static bool IsEmbedded(CommandContext context, SnippetStore store)
    {
        using var model = ModelOptions.Open(context);
        var counts = store.EmbeddedCounts(store.FindModel(model.Hash) ?? -1, StoreSelection.All);
        return counts.Snippets > 0 && counts.Embedded == counts.Snippets;
    }

    /// <summary>Embeds what is not embedded and opens the concepts; takes the workspace's lock where something is to be written.</summary>
    public static ConceptStage Open(CommandContext context, Workspace workspace, bool isLocked = false)
    {
        var semantic = SemanticStage.Open(context, workspace, MinTokens, isLocked);
        var concepts = ConceptAnalysis.Read(workspace, semantic.Index);
        if (concepts is null)
        {
            using var hold = isLocked ? null : context.OpenForWriting().Lock;
            using var progress = context.Quiet ? null : new StepProgress(context.Messages, !Console.IsErrorRedirected);
            concepts = ConceptAnalysis.Open(workspace, semantic.Index, context.Catalog.FamilyOf, progress, context.Cancellation);
        }

        return new ConceptStage(semantic, concepts);
    }

    /// <summary>Matrix and gaps of a part of the store.</summary>
    /// <param name="context">The command line.</param>
    /// <param name="store">The store.</param>
    /// <param name="selection">What is counted.</param>
    /// <param name="language">Only gaps of this language.</param>
    /// <param name="mostFunctions">How many functions without a partner in it to give; below 0: do not look.</param>
    public ConceptReport Report(CommandContext context, SnippetStore store, StoreSelection selection, string? language = null, int mostFunctions = -1)
    {
        var coverage = new ConceptCoverage(store, Concepts, selection, context.Catalog.FamilyOf, MinTokens);
        var gaps = coverage.Gaps(new GapOptions { Near = Semantic.Options.Threshold }, language);
        var (functions, all) = language is not null && mostFunctions >= 0 ? coverage.Functions(language, Semantic.Options, mostFunctions) : (null, 0);
        return new ConceptReport { Matrix = coverage.Matrix, Gaps = gaps, Basis = Semantic.Basis, Language = language, Functions = functions, AllFunctions = all };
    }
}
