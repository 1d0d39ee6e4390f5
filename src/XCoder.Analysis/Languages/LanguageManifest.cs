using System.Text.Json;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Languages;

/// <summary>Reads <c>languages.json</c>, the table of languages.</summary>
public static class LanguageManifest
{
    /// <summary>Reads the rows in order.</summary>
    /// <exception cref="InvalidDataException">The text is not a manifest; the message names the row.</exception>
    public static IReadOnlyList<Language> Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var languages = document.RootElement.GetProperty("languages").EnumerateArray().Select(Read).ToList();
            var twice = languages.GroupBy(language => language.Id).FirstOrDefault(group => group.Count() > 1);
            if (twice is not null)
            {
                throw new InvalidDataException($"The language manifest has two rows '{twice.Key}'.");
            }

            // One step leads to the family: no chains, no rings.
            var whole = languages.Where(language => language.DialectOf is null).Select(language => language.Id).ToHashSet();
            var astray = languages.Find(language => language.DialectOf is { } other && !whole.Contains(other));
            return astray is null ? languages : throw new InvalidDataException($"The language manifest's row '{astray.Id}' is a dialect of '{astray.DialectOf}', which is no row, or a dialect itself.");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"The language manifest cannot be read: {exception.Message}", exception);
        }
    }

    private static Language Read(JsonElement row)
    {
        var id = row.GetProperty("id").GetString()!;
        return new Language
        {
            Id = id,
            Name = Text(row, "name") ?? id,
            DialectOf = Text(row, "dialectOf"),
            Parser = Text(row, "parser") ?? "tree-sitter",
            Grammar = row.TryGetProperty("grammar", out var grammar)
                ? new Grammar(Text(grammar, "package")!, Text(grammar, "path")!, Text(grammar, "symbol")!, Text(grammar, "licence")!)
                : null,
            Extensions = List(row, "extensions"),
            FileNames = List(row, "fileNames"),
            Interpreters = List(row, "interpreters"),
            Signs = row.TryGetProperty("signs", out var signs)
                ? signs.EnumerateObject().ToDictionary(sign => sign.Name, sign => sign.Value.GetString()!)
                : [],
            Separator = Text(row, "separator") ?? ".",
            DocumentationPrefixes = List(row, "documentationPrefixes"),
            Keywords = List(row, "keywords"),
            Blanks = List(row, "blanks"),
            Tests = row.TryGetProperty("tests", out var tests)
                ? new TestRules { Paths = Text(tests, "paths"), Names = Text(tests, "names"), Decorators = Text(tests, "decorators") }
                : new TestRules(),
        };
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static IReadOnlyList<string> List(JsonElement row, string name) =>
        row.TryGetProperty(name, out var values) ? [.. values.EnumerateArray().Select(value => value.GetString()!)] : [];
}
