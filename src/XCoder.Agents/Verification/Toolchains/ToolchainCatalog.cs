using System.Text.Json;
using System.Text.RegularExpressions;
using XCoder.Analysis.Languages;

namespace XCoder.Agents.Verification.Toolchains;

/// <summary>The toolchains of the manifest. A new toolchain is a new row; no code depends on a particular one.</summary>
public sealed class ToolchainCatalog
{
    /// <summary>File name of the manifest.</summary>
    public const string FileName = "toolchains.json";

    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    private const string JudgesFile = "judges.json", JudgesFolder = "judges", FormsFile = "forms.json", FormsFolder = "forms";

    private readonly Dictionary<string, (JudgeForm Form, string Driver)> _judges;
    private readonly ILookup<string, (TestForm Form, DriverText Driver)> _forms;

    private ToolchainCatalog(IReadOnlyList<Toolchain> toolchains, Dictionary<string, (JudgeForm, string)> judges,
        ILookup<string, (TestForm, DriverText)> forms) => (Toolchains, _judges, _forms) = (toolchains, judges, forms);

    /// <summary>Rows in the manifest's order.</summary>
    public IReadOnlyList<Toolchain> Toolchains { get; }

    /// <summary>Reads the manifest and the forms of judges.</summary>
    /// <param name="folder">Folder of the manifest; null for the one beside the program.</param>
    /// <exception cref="InvalidDataException">The manifest is missing or malformed.</exception>
    public static ToolchainCatalog Open(string? folder = null)
    {
        folder ??= LanguageCatalog.DefaultFolder;
        var path = Path.Combine(folder, FileName);
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

            return new ToolchainCatalog(toolchains, Judges(folder), Forms(folder));
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or IOException)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>The toolchain for code in a language, or null.</summary>
    public Toolchain? Find(string language, string code) =>
        Toolchains.FirstOrDefault(toolchain => toolchain.Language == language
            && (toolchain.When is null || ProgramText.IsMatch(code, toolchain.When)));

    /// <summary>How tests of a language run apart from the answer, and the driver's text; null if the manifest has no row for it.</summary>
    public (JudgeForm Form, string Driver)? Judge(string language) => _judges.TryGetValue(language, out var found) ? found : null;

    /// <summary>The toolchain for an answer with its tests, or null.</summary>
    internal Toolchain? FindFor(string language, string code, string tests) =>
        Find(language, code + "\n" + Prepare(language, code, tests).Text);

    /// <summary>Puts tests into the form that the language's toolchain runs.</summary>
    /// <param name="language">Language id.</param>
    /// <param name="code">The answer.</param>
    /// <param name="tests">The tests as written.</param>
    internal PreparedTests Prepare(string language, string code, string tests) => PreparedTests.Of(_forms[language], code, tests);

    private static ILookup<string, (TestForm, DriverText)> Forms(string folder)
    {
        var path = Path.Combine(folder, FormsFile);
        var forms = File.Exists(path) ? JsonSerializer.Deserialize<FormManifest>(File.ReadAllBytes(path), Json)!.Forms : [];
        foreach (var pattern in forms.SelectMany(form => new[] { form.When, form.Unless, form.Each, form.Names, form.Module, form.Reserved }
            .Concat(form.Call.Select(call => call.When)).Concat(form.Replace.Select(rule => rule.Match)).OfType<string>()))
        {
            _ = new Regex(pattern);
        }

        var drivers = forms.Select(form => form.File).OfType<string>().Distinct()
            .ToDictionary(file => file, file => DriverText.Of(File.ReadAllText(Path.Combine(folder, FormsFolder, file))));
        return forms.ToLookup(form => form.Language, form => (form, form.File is null ? DriverText.Empty : drivers[form.File]));
    }

    private static Dictionary<string, (JudgeForm, string)> Judges(string folder)
    {
        var path = Path.Combine(folder, JudgesFile);
        var manifest = File.Exists(path) ? JsonSerializer.Deserialize<JudgeManifest>(File.ReadAllBytes(path), Json)!
            : new JudgeManifest([], []);
        var forms = manifest.Judges.Select(
            form => form with { Doubtful = [.. manifest.Doubtful.Where(rule => rule.Languages?.Contains(form.Language) != false)] })
            .ToList();
        foreach (var pattern in forms.SelectMany(
            form => new[] { form.Void, form.Static, form.Receiver, form.Stateful, form.Fields, form.Unfit, form.Reserved, form.Signature,
                form.Parameter, form.Length, form.Shared, form.Unbound,
                form.Redefined }.OfType<string>().Concat(form.Parameters.Select(rule => rule.Type).OfType<string>())
                .Concat(form.Replace.Select(pair => pair[0]))
                .Concat(form.Doubtful.SelectMany(rule => new[] { rule.Gives, rule.Given, rule.When, rule.Unless }.OfType<string>()))))
        {
            _ = new Regex(pattern);
        }

        return forms.ToDictionary(form => form.Language, form => (form, File.ReadAllText(Path.Combine(folder, JudgesFolder, form.Driver))));
    }

    private static IEnumerable<string> Patterns(Toolchain toolchain) =>
        new[] { toolchain.When, toolchain.Hoist, toolchain.Entry, toolchain.Missing, toolchain.Crash, toolchain.Unbound,
            toolchain.Stub?.Declaration,
            toolchain.Stub?.Lines, toolchain.Stub?.Owner?.Replace("{name}", "name", StringComparison.Ordinal) }.OfType<string>()
            .Concat(toolchain.Replace.Select(pair => pair[0]));

    private sealed record Manifest(IReadOnlyList<Toolchain> Toolchains);

    private sealed record FormManifest(IReadOnlyList<TestForm> Forms);

    private sealed record JudgeManifest(IReadOnlyList<JudgeForm> Judges, IReadOnlyList<DoubtfulRule> Doubtful);
}

/// <summary>Looks for toolchains on this machine and remembers the results. Safe for concurrent use.</summary>
/// <param name="repositories">Roots of indexed repositories; programs in them are not used.</param>
internal sealed class ToolchainFinder(IReadOnlyList<string>? repositories = null)
{
    private readonly Dictionary<Toolchain, (InstalledToolchain? Found, string? Missing)> _known = [];

    /// <summary>Finds a toolchain's tools.</summary>
    /// <param name="toolchain">The toolchain.</param>
    /// <param name="missing">A sentence that names the missing tool; null if all are installed.</param>
    /// <returns>The toolchain with the paths of its tools, or null if one is missing.</returns>
    public InstalledToolchain? Find(Toolchain toolchain, out string? missing)
    {
        lock (_known)
        {
            if (!_known.TryGetValue(toolchain, out var known))
            {
                var found = InstalledToolchain.Find(toolchain, out var lacks, repositories);
                _known[toolchain] = known = (found, lacks is null ? null : $"{toolchain.Name} is not here: {lacks} not found.");
            }

            missing = known.Missing;
            return known.Found;
        }
    }
}
