using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using XCoder.Analysis.Languages;

namespace XCoder.Agents.Verification.Toolchains;

/// <summary>
/// How functions are called, by language: <c>calls.json</c> and the programs in <c>calls</c>. A further language is a further row.
/// </summary>
internal sealed class CallCatalog
{
    /// <summary>Name of the manifest.</summary>
    public const string FileName = "calls.json";

    private const string DriverFolder = "calls";
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private readonly Dictionary<string, (CallForm Form, string Driver)> _forms;

    private CallCatalog(Dictionary<string, (CallForm, string)> forms) => _forms = forms;

    /// <summary>Ids of the languages.</summary>
    public IEnumerable<string> Languages => _forms.Keys;

    /// <summary>Reads the manifest.</summary>
    /// <param name="folder">Its folder; null for the one beside the program.</param>
    /// <exception cref="InvalidDataException">There is none, or it cannot be read.</exception>
    public static CallCatalog Open(string? folder = null)
    {
        folder ??= LanguageCatalog.DefaultFolder;
        var path = Path.Combine(folder, FileName);
        try
        {
            var forms = JsonSerializer.Deserialize<Manifest>(File.ReadAllBytes(path), Json)!.Languages;
            foreach (var pattern in forms.SelectMany(Patterns))
            {
                _ = new Regex(pattern);
            }

            return new CallCatalog(
                forms.ToDictionary(form => form.Language,
                    form => (form, File.ReadAllText(Path.Combine(folder, DriverFolder, form.Driver)))));
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or IOException)
        {
            throw new InvalidDataException($"{path}: {exception.Message} Build again, or reinstall the tool.", exception);
        }
    }

    /// <summary>How functions of a language are called, and the program that calls them; null where nothing says.</summary>
    public (CallForm Form, string Driver)? Find(string language) => _forms.TryGetValue(language, out var found) ? found : null;

    private static IEnumerable<string> Patterns(CallForm form) =>
        new[] { form.Parameter, form.Receiver, form.Static, form.Void, form.Host?.When, form.Generic?.Names, form.Unbound,
            form.Overflow }.Concat(form.Types.Select(type => type.Pattern)).OfType<string>()
            .Concat(form.Uses.Concat(form.Replace).Select(pair => pair[0]));

    private sealed record Manifest(IReadOnlyList<CallForm> Languages);
}
