using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

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

/// <summary>
/// Something was asked for that is not there or cannot be, such as an unknown repository. The message is for people: it says what to do.
/// </summary>
/// <param name="message">What is wrong and what to do.</param>
public class RequestException(string message) : Exception(message)
{
    /// <summary>There is no repository of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="known">Names of those that there are.</param>
    public static RequestException NoRepository(string name, IReadOnlyCollection<string> known) =>
        new($"The workspace has no repository '{name}'.{Suggestion.For(name, known)} It "
            + $"has: {string.Join(", ", known.DefaultIfEmpty("none"))}.");
}
