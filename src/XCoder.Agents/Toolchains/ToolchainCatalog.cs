using System.Text.Json;
using System.Text.RegularExpressions;
using XCoder.Analysis.Languages;

namespace XCoder.Agents.Toolchains;

/// <summary>The toolchains of the manifest. A further one is a further row; no code knows any.</summary>
public sealed class ToolchainCatalog
{
    /// <summary>Name of the manifest.</summary>
    public const string FileName = "toolchains.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    private ToolchainCatalog(IReadOnlyList<Toolchain> toolchains) => Toolchains = toolchains;

    /// <summary>Rows in the manifest's order.</summary>
    public IReadOnlyList<Toolchain> Toolchains { get; }

    /// <summary>Reads the manifest.</summary>
    /// <param name="folder">Its folder; null for the one beside the program.</param>
    /// <exception cref="InvalidDataException">There is none, or it cannot be read.</exception>
    public static ToolchainCatalog Open(string? folder = null)
    {
        var path = Path.Combine(folder ?? LanguageCatalog.DefaultFolder, FileName);
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"There is no manifest of toolchains at {path}. Build again, or reinstall the tool.");
        }

        try
        {
            var toolchains = JsonSerializer.Deserialize<Manifest>(File.ReadAllBytes(path), Json)!.Toolchains;
            foreach (var pattern in toolchains.SelectMany(Patterns))
            {
                _ = new Regex(pattern);
            }

            return new ToolchainCatalog(toolchains);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>The toolchain for some code in a language, or null.</summary>
    public Toolchain? Find(string language, string code) =>
        Toolchains.FirstOrDefault(toolchain => toolchain.Language == language && (toolchain.When is null || ProgramText.IsMatch(code, toolchain.When)));

    private static IEnumerable<string> Patterns(Toolchain toolchain) =>
        new[] { toolchain.When, toolchain.Hoist, toolchain.Entry, toolchain.Missing }.OfType<string>().Concat(toolchain.Replace.Select(pair => pair[0]));

    private sealed record Manifest(IReadOnlyList<Toolchain> Toolchains);
}
