using XCoder.Analysis.Model;

namespace XCoder.Analysis;

/// <summary>The embedding models that stand beside the library.</summary>
public static class ShippedModels
{
    private static string Root => LibraryFiles.Folder("models");

    /// <summary>The folder that a name or path stands for.</summary>
    /// <param name="model">Name of a model that ships, or a folder.</param>
    /// <exception cref="RequestException">There is neither.</exception>
    public static string Folder(string model)
    {
        var shipped = Path.Combine(Root, model);
        return !model.Contains(Path.DirectorySeparatorChar) && Directory.Exists(shipped)
            ? shipped // a repository's own folder of that name needs ./
            : Directory.Exists(model) ? model : throw new RequestException($"--model: there is no folder {model}. {Names()}");
    }

    private static string Names() => Directory.Exists(Root)
        ? $"Models that ship: {string.Join(", ", Directory.GetDirectories(Root).Where(folder => File.Exists(Path.Combine(folder, "model.json"))).Select(Path.GetFileName).Order())}."
        : "No model ships with this build.";
}
