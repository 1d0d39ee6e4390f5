using System.Text;
using System.Text.Json;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;

namespace XCoder.Cli;

/// <summary>Code as JSON lines: <c>{"id": "…", "language": "…", "code": "…"}</c>.</summary>
internal static class CodeLines
{
    /// <summary>Reads items in order; an id is the JSON text of a string or number. A line that is none is reported and left out.</summary>
    /// <param name="input">A file, or <c>-</c> for standard input.</param>
    /// <param name="catalog">The languages.</param>
    /// <param name="reject">Told what is wrong with a line.</param>
    public static IEnumerable<(string Id, Language Language, string Code)> Read(string input, LanguageCatalog catalog, Action<string> reject)
    {
        if (input != "-" && !File.Exists(input))
        {
            throw new UsageException($"--input: there is no file {SafeText.ForTerminal(input)}.");
        }

        using var stream = input == "-" ? Console.OpenStandardInput() : File.OpenRead(input);
        using var reader = new StreamReader(stream, new UTF8Encoding(false));
        var number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }

            if (Parse(line, catalog, out var problem) is { } item)
            {
                yield return item;
            }
            else
            {
                reject($"line {number}: {problem}");
            }
        }
    }

    private static (string, Language, string)? Parse(string line, LanguageCatalog catalog, out string problem)
    {
        problem = "not a JSON object with the texts id, language and code";
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("id", out var id) || id.ValueKind is not (JsonValueKind.String or JsonValueKind.Number) || Text(root, "language") is not { } name || Text(root, "code") is not { } code)
            {
                return null;
            }

            if (catalog.Find(name) is not { } language)
            {
                problem = $"there is no language '{name}'; 'xcoder languages' lists them";
                return null;
            }

            return (id.GetRawText(), language, code);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
