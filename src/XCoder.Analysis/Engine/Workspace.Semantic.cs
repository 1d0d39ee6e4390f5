using System.Globalization;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;

namespace XCoder.Analysis;

/// <summary>The semantic index, the rule on it and what the rule rests on.</summary>
internal sealed record SemanticState(SemanticIndex Index, SemanticOptions Rule, SemanticBasis Basis, string ModelHash, IReadOnlyList<MarginBin> Reference);

public sealed partial class Workspace
{
    /// <summary>Embeds what is not embedded and opens the semantic index; takes the lock where something is to be written.</summary>
    /// <param name="folder">The folder, which exists.</param>
    /// <param name="minTokens">Shorter snippets are left out.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal SemanticState OpenSemantic(WorkspaceFolder folder, int minTokens, CancellationToken cancellation)
    {
        using var model = OpenModel();
        var settings = new SemanticIndexOptions { MinTokens = minTokens, Threads = Options.Threads };
        using var store = folder.OpenStore();
        var counts = store.EmbeddedCounts(store.FindModel(model.Hash, model.Dimension) ?? -1, StoreSelection.All);
        var index = counts.Embedded == counts.Snippets ? SemanticIndex.Read(folder, store, model, settings) : null;
        if (index is null)
        {
            using var hold = Hold(cancellation);
            if (counts.Embedded < counts.Snippets)
            {
                Embed(store, model, StoreSelection.All, cancellation);
            }

            index = SemanticIndex.Open(folder, model, TokenizerOf(model), Catalog.FamilyOf, settings, Options.Progress, cancellation);
        }

        var reference = ReferencePairs.Load(ShippedModels.Folder(Options.Model));
        var calibration = Options.Margin is null ? Calibration.Read(folder, model.Hash) : null;
        var rule = new SemanticOptions { Threshold = Options.Margin ?? calibration?.Threshold ?? new SemanticOptions().Threshold };
        var basis = new SemanticBasis
        {
            Model = index.Model,
            Threshold = rule.Threshold,
            Source = Options.Margin is not null ? "given" : calibration is not null ? "calibrated" : "default",
            Precision = calibration is not null ? calibration.Precision : CalibrationRun.Expected(index, reference, rule),
            Recall = calibration?.Recall,
        };
        return new SemanticState(index, rule, basis, model.Hash, reference);
    }

    /// <summary>The store as it is while every snippet has a vector of the model, until the result is disposed.</summary>
    private IDisposable Embedded(SnippetStore store, IEmbeddingModel model, CancellationToken cancellation)
    {
        while (true)
        {
            var snapshot = store.Snapshot();
            try
            {
                var counts = store.EmbeddedCounts(store.FindModel(model.Hash, model.Dimension) ?? -1, StoreSelection.All);
                if (counts.Embedded == counts.Snippets)
                {
                    return snapshot;
                }
            }
            catch
            {
                snapshot.Dispose();
                throw;
            }

            snapshot.Dispose();
            using var hold = Hold(cancellation);
            Embed(store, model, StoreSelection.All, cancellation);
        }
    }

    // Stands for model and rule without opening the model.
    private string SemanticFingerprint(WorkspaceFolder folder)
    {
        var calibration = new FileInfo(Path.Combine(folder.Folder, Calibration.FileName));
        var files = EmbeddingModels.FoldersOf(ShippedModels.Folder(Options.Model)).SelectMany(model => new DirectoryInfo(model).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal)).Append(calibration);
        var stamps = files.Where(file => file.Exists).Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}"));
        return string.Join('\n', stamps.Append(string.Create(CultureInfo.InvariantCulture, $"{Options.Margin}")));
    }
}
