using System.CommandLine;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Static;

namespace XCoder.Cli;

/// <summary>The embedding model, wherever one is used.</summary>
internal static class ModelOptions
{
    /// <summary>The model that is used unless another is asked for.</summary>
    public const string Default = "default";

    public static readonly Option<string> Model = new("--model")
    {
        Description = "Embedding model: one that ships (default, quality) or a folder",
        HelpName = "DIR",
        DefaultValueFactory = _ => Default,
    };

    /// <summary>Folder of the models that ship.</summary>
    private static string Shipped => Path.Combine(AppContext.BaseDirectory, "models");

    public static void AddTo(Command command)
    {
        command.Add(Model);
        command.Add(DeviceOption.Option);
    }

    /// <summary>Opens the model that was asked for.</summary>
    public static IEmbeddingModel Open(CommandContext context) => EmbeddingModels.Open(Folder(context.Get(Model)), DeviceOption.Of(context), threads: 1, context.Say);

    /// <summary>What reads terms for BM25: the model's own tokenizer, or the default model's.</summary>
    public static CodeTokenizer TokenizerOf(IEmbeddingModel model) => model is ITermModel known ? known.Tokenizer : CodeTokenizer.Open(Folder(Default));

    /// <summary>The folder that a name or path stands for.</summary>
    public static string Folder(string model)
    {
        var shipped = Path.Combine(Shipped, model);
        return !model.Contains(Path.DirectorySeparatorChar) && Directory.Exists(shipped)
            ? shipped // a repository's own folder of that name needs ./
            : Directory.Exists(model) ? model : throw new UsageException($"--model: there is no folder {model}. {Names()}");
    }

    private static string Names() => Directory.Exists(Shipped) ? $"Models that ship: {string.Join(", ", Directory.GetDirectories(Shipped).Where(folder => File.Exists(Path.Combine(folder, "model.json"))).Select(Path.GetFileName).Order())}." : "No model ships with this build.";
}
