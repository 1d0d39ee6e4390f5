using System.CommandLine;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Pipeline;
using XCoder.Analysis.Storage;

namespace XCoder.Cli.Commands;

/// <summary>The semantic index and the threshold on it, as all commands that need them share it.</summary>
internal sealed class SemanticStage
{
    public static readonly Option<double?> Margin = new("--margin")
    {
        Description = "Lowest margin of semantic duplicates across languages, -0.1 to 1 (default: what 'calibrate' found, else 0.12)",
        HelpName = "X",
    };

    private SemanticStage(SemanticIndex index, SemanticOptions options, SemanticBasis basis, string modelHash, IReadOnlyList<MarginBin> reference) =>
        (Index, Options, Basis, ModelHash, Reference) = (index, options, basis, modelHash, reference);

    public SemanticIndex Index { get; }

    public SemanticOptions Options { get; }

    public SemanticBasis Basis { get; }

    public string ModelHash { get; }

    public IReadOnlyList<MarginBin> Reference { get; }

    public static void AddTo(Command command)
    {
        command.Add(Margin);
        ModelOptions.AddTo(command);
    }

    /// <summary>The margin of the command line, checked.</summary>
    public static double? Given(CommandContext context) =>
        context.Get(Margin) is var margin and (null or >= -0.1 and <= 1) ? margin : throw new UsageException($"--margin must be -0.1 to 1, not {context.Get(Margin)}.");

    /// <summary>Fails on options that are wrong, before anything else is done.</summary>
    public static void Validate(CommandContext context)
    {
        _ = Given(context);
        _ = ModelOptions.Folder(context.Get(ModelOptions.Model));
    }

    /// <summary>Stands for model and threshold without opening the model; empty with <c>--no-embed</c>.</summary>
    public static string Fingerprint(CommandContext context, WorkspaceFolder workspace)
    {
        if (context.Get(IndexCommand.NoEmbed))
        {
            return "";
        }

        var calibration = new FileInfo(Path.Combine(workspace.Folder, Calibration.FileName));
        var files = EmbeddingModels.FoldersOf(ModelOptions.Folder(context.Get(ModelOptions.Model))).SelectMany(folder => new DirectoryInfo(folder).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal)).Append(calibration);
        return string.Join('\n', files.Where(file => file.Exists).Select(file => FormattableString.Invariant($"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}")).Append(FormattableString.Invariant($"{Given(context)}")));
    }

    /// <summary>Embeds what is not embedded and opens the semantic index; takes the workspace's lock where something is to be written.</summary>
    /// <param name="context">The command line.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="minTokens">Shorter snippets are left out.</param>
    /// <param name="isLocked">Whether the caller holds the lock already.</param>
    public static SemanticStage Open(CommandContext context, WorkspaceFolder workspace, int minTokens, bool isLocked = false)
    {
        var given = Given(context);
        using var model = ModelOptions.Open(context);
        var tokenizer = ModelOptions.TokenizerOf(model);
        var settings = new SemanticIndexOptions { MinTokens = minTokens, Threads = context.Threads };
        using var store = workspace.OpenStore();
        var counts = store.EmbeddedCounts(store.FindModel(model.Hash, model.Dimension) ?? -1, StoreSelection.All);
        var index = counts.Embedded == counts.Snippets ? SemanticIndex.Read(workspace, store, model, settings) : null;
        if (index is null)
        {
            using var hold = isLocked ? null : context.OpenForWriting().Lock;
            if (counts.Embedded < counts.Snippets)
            {
                EmbedStage.Run(context, store, model, StoreSelection.All);
            }

            using var progress = context.Quiet ? null : new StepProgress(context.Messages, !Console.IsErrorRedirected);
            index = SemanticIndex.Open(workspace, model, tokenizer, context.Catalog.FamilyOf, settings, progress, context.Cancellation);
        }

        var reference = ReferencePairs.Load(ModelOptions.Folder(context.Get(ModelOptions.Model)));
        var calibration = given is null ? Calibration.Read(workspace, model.Hash) : null;
        var options = new SemanticOptions { Threshold = given ?? calibration?.Threshold ?? new SemanticOptions().Threshold };
        var basis = new SemanticBasis
        {
            Model = index.Model,
            Threshold = options.Threshold,
            Source = given is not null ? "given" : calibration is not null ? "calibrated" : "default",
            Precision = calibration is not null ? calibration.Precision : CalibrationRun.Expected(index, reference, options),
            Recall = calibration?.Recall,
        };
        return new SemanticStage(index, options, basis, model.Hash, reference);
    }
}
