using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis;

/// <summary>Finds the embedding models that ship with the library.</summary>
public static class ShippedModels
{
    private static string Root => LibraryFiles.Folder("models");

    /// <summary>Returns the folder of a model.</summary>
    /// <param name="model">Name of a shipped model, or the path of a folder.</param>
    /// <exception cref="RequestException">Neither exists.</exception>
    public static string Folder(string model)
    {
        var shipped = Path.Combine(Root, model);
        return !model.Contains(Path.DirectorySeparatorChar) && Directory.Exists(shipped)
            ? shipped // a local folder of the same name must be given as ./NAME
            : Directory.Exists(model) ? model : throw new RequestException($"--model: there is no folder {model}. {Names()}");
    }

    private static string Names()
    {
        if (!Directory.Exists(Root))
        {
            return "No model ships with this build.";
        }

        var models = Directory.GetDirectories(Root).Where(folder => File.Exists(Path.Combine(folder, "model.json")));
        return $"Models that ship: {string.Join(", ", models.Select(Path.GetFileName).Order())}.";
    }
}

/// <summary>
/// Thrown when a request cannot be met, for example because it names an unknown repository. The message is meant for
/// users and says what to do.
/// </summary>
/// <param name="message">What is wrong, and what to do about it.</param>
public class RequestException(string message) : Exception(message)
{
    /// <summary>Creates the exception for an unknown repository.</summary>
    /// <param name="name">The requested name.</param>
    /// <param name="known">Names of the existing repositories.</param>
    public static RequestException NoRepository(string name, IReadOnlyCollection<string> known) =>
        new($"The workspace has no repository '{name}'.{Suggestion.For(name, known)} It "
            + $"has: {string.Join(", ", known.DefaultIfEmpty("none"))}.");
}
