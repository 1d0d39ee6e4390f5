using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using XCoder.Analysis.Languages;

namespace XCoder.Agents.Verification.Toolchains;

/// <summary>
/// Describes for each language how functions are called: <c>calls.json</c> and the programs in <c>calls</c>. A new language is a new row.
/// </summary>
internal sealed class CallCatalog
{
    /// <summary>File name of the manifest.</summary>
    public const string FileName = "calls.json";

    private const string DriverFolder = "calls";
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private readonly Dictionary<string, (CallForm Form, string Driver)> _forms;

    private CallCatalog(Dictionary<string, (CallForm, string)> forms) => _forms = forms;

    /// <summary>Ids of the languages in the manifest.</summary>
    public IEnumerable<string> Languages => _forms.Keys;

    /// <summary>Reads the manifest and the programs.</summary>
    /// <param name="folder">Folder of the manifest; null for the one beside the program.</param>
    /// <exception cref="InvalidDataException">The manifest or a program is missing or malformed.</exception>
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

    /// <summary>The form of a language's calls and the text of its program, or null if the manifest has no row for it.</summary>
    public (CallForm Form, string Driver)? Find(string language) => _forms.TryGetValue(language, out var found) ? found : null;

    private static IEnumerable<string> Patterns(CallForm form) =>
        new[] { form.Parameter, form.Receiver, form.Static, form.Void, form.Host?.When, form.Generic?.Names, form.Unbound,
            form.Overflow, form.Wraps, form.Lists, form.After }.Concat(form.Types.Select(type => type.Pattern)).OfType<string>()
            .Concat(form.Uses.Concat(form.Replace).Select(pair => pair[0]));

    private sealed record Manifest(IReadOnlyList<CallForm> Languages);
}
