using XCoder.Analysis.Embeddings.Encoders;
using XCoder.Analysis.Embeddings.Hybrid;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;

namespace XCoder.Analysis.Embeddings;

/// <summary>Opens models by their folder.</summary>
public static class EmbeddingModels
{
    /// <summary>The "kind" of a model.json of an encoder over text with a Hugging Face tokenizer.</summary>
    public const string EncoderKind = "encoder";

    /// <summary>The "kind" of a model.json of a static model with a transformer over its terms beside it.</summary>
    public const string HybridKind = "hybrid";

    /// <summary>The "kind" of a model.json of the static model over language-independent tokens.</summary>
    public const string StaticKind = "static";

    /// <summary>
    /// Opens the model of a folder: of the kind that its model.json names, or an encoder where there is a tokenizer.json.
    /// </summary>
    /// <param name="folder">Folder with the model.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="threads">Threads within an operator on the CPU, 1 or more.</param>
    /// <param name="say">Receives one line, once, when <see cref="Device.Auto"/> falls back to the CPU.</param>
    /// <exception cref="EmbeddingException">A file is missing, damaged or not supported; the message names it and says what to
    /// do.</exception>
    public static IEmbeddingModel Open(string folder, Device device = Device.Auto, int threads = 1, Action<string>? say = null) =>
        Open(folder, new SessionFactory(device, threads, say));

    /// <summary>
    /// The folders whose files determine a model: its own and, for a hybrid one, the static model's, which has the terms.
    /// </summary>
    /// <param name="folder">Folder with the model.</param>
    /// <exception cref="EmbeddingException">model.json is damaged.</exception>
    public static IReadOnlyList<string> FoldersOf(string folder)
    {
        var files = new ModelFolder(folder);
        return EncoderConfiguration.Text(files.Json("model.json"), "kind") == HybridKind
            ? [files.FullPath, HybridSettings.Load(files.FullPath).BaseFolder(files.FullPath)] : [files.FullPath];
    }

    /// <summary>Opens the model of a folder on sessions of a factory.</summary>
    /// <param name="folder">Folder with the model.</param>
    /// <param name="sessions">Where it runs.</param>
    /// <exception cref="EmbeddingException">A file is missing, damaged or not supported; the message names it and says what to
    /// do.</exception>
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
