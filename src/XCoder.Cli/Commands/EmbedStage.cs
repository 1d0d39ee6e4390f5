using System.CommandLine;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Pipeline;
using XCoder.Analysis.Storage;

namespace XCoder.Cli.Commands;

/// <summary>Embedding of stored snippets as <c>index</c> and <c>neighbours</c> share it.</summary>
internal static class EmbedStage
{
    /// <summary>Embeds what the model has not embedded; the workspace is locked by the caller.</summary>
    public static EmbeddingSummary Run(CommandContext context, SnippetStore store, IEmbeddingModel model, StoreSelection selection)
    {
        EmbeddingSummary summary;
        using (var progress = context.Quiet ? null : new CountProgress(context.Messages, "embed", "snippets", !Console.IsErrorRedirected))
        {
            summary = new EmbeddingStage(store, model, context.Threads, context.Cancellation).Run(selection, progress);
        }

        if (context.Verbose && summary.Dropped.Count > 0)
        {
            context.Say($"Vectors of superseded models dropped: {string.Join(", ", summary.Dropped)}. The model in use and the one used before it are kept.");
        }

        return summary;
    }
}
