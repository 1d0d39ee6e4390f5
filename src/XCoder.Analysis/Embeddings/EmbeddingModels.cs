using XCoder.Analysis.Embeddings.Encoders;
using XCoder.Analysis.Embeddings.Hybrid;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;

namespace XCoder.Analysis.Embeddings;

/// <summary>Opens embedding models by their folder.</summary>
public static class EmbeddingModels
{
    /// <summary>The "kind" in model.json of an encoder that reads text with a Hugging Face tokenizer.</summary>
    public const string EncoderKind = "encoder";

    /// <summary>The "kind" in model.json of a static model combined with a transformer over its terms.</summary>
    public const string HybridKind = "hybrid";

    /// <summary>The "kind" in model.json of a static model over language-independent terms.</summary>
    public const string StaticKind = "static";

    /// <summary>Opens the model in a folder. The "kind" in its model.json decides; without one it is opened as an encoder.</summary>
    /// <param name="folder">Folder with the model.</param>
    /// <param name="device">Device on which the model runs.</param>
    /// <param name="threads">Threads within an operator on the CPU, 1 or more.</param>
    /// <param name="say">Receives one line, at most once, when <see cref="Device.Auto"/> falls back to the CPU.</param>
    /// <exception cref="EmbeddingException">
    /// A file is missing, damaged or not supported; the message names it and says what to do.
    /// </exception>
    public static IEmbeddingModel Open(string folder, Device device = Device.Auto, int threads = 1, Action<string>? say = null) =>
        Open(folder, new SessionFactory(device, threads, say));

    /// <summary>
    /// Returns the folders whose files determine a model: its own and, for a hybrid model, that of the static model
    /// whose terms it uses.
    /// </summary>
    /// <param name="folder">Folder with the model.</param>
    /// <exception cref="EmbeddingException">model.json is damaged.</exception>
    public static IReadOnlyList<string> FoldersOf(string folder)
    {
        var files = new ModelFolder(folder);
        return EncoderConfiguration.Text(files.Json("model.json"), "kind") == HybridKind
            ? [files.FullPath, HybridSettings.Load(files.FullPath).BaseFolder(files.FullPath)] : [files.FullPath];
    }

    /// <summary>Opens the model in a folder with sessions of a factory.</summary>
    /// <param name="folder">Folder with the model.</param>
    /// <param name="sessions">Creates the sessions, on one device.</param>
    /// <exception cref="EmbeddingException">
    /// A file is missing, damaged or not supported; the message names it and says what to do.
    /// </exception>
    public static IEmbeddingModel Open(string folder, SessionFactory sessions)
    {
        var files = new ModelFolder(folder);
        var model = files.Json("model.json");
        return EncoderConfiguration.Text(model, "kind") switch
        {
            StaticKind => StaticModel.Open(files.FullPath, sessions),
            HybridKind => HybridModel.Open(files.FullPath, sessions),
            EncoderKind => EncoderModel.Load(files.FullPath, sessions),
            null => EncoderModel.Load(files.FullPath, sessions),
            var kind => throw new EmbeddingException(
                $"{Path.Combine(files.FullPath, "model.json")}: the kind \"{kind}\" is not known. It is one "
                    + $"of {EncoderKind}, {HybridKind}, {StaticKind}."),
        };
    }
}
