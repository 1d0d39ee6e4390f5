using System.Text.Json;
using System.Text.RegularExpressions;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Languages;

/// <summary>Reads <c>containers.json</c>, the table of files that hold code of other languages.</summary>
internal static class ContainerManifest
{
    /// <summary>Parses the rows, in order.</summary>
    /// <param name="json">The text of the file; empty for no rows.</param>
    /// <param name="languages">The languages that rows may name.</param>
    /// <exception cref="InvalidDataException">The text is not a table of containers.</exception>
    public static IReadOnlyList<Container> Parse(string json, IReadOnlyList<Language> languages)
    {
        if (json.Length == 0)
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            var rows = document.RootElement.GetProperty("containers").EnumerateArray().Select(Read).ToList();
            var named = rows.SelectMany(static row => row.Languages.Values.Append(row.Language)
                .Concat(row.Magics.SelectMany(static magics => magics.Languages.Concat(magics.Cells.Values)))).Where(id => id.Length > 0);
            return named.Except(languages.Select(static language => language.Id)).FirstOrDefault() is not { } unknown ? rows
                : throw new InvalidDataException($"containers.json names the language '{unknown}', which the manifest does not have.");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException
            or ArgumentException or FormatException or NotSupportedException)
        {
            throw new InvalidDataException($"containers.json cannot be read: {exception.Message}", exception);
        }
    }

    private static Container Read(JsonElement row) => new()
    {
        Name = row.GetProperty("name").GetString()!,
        Extensions = List(row, "extensions"),
        MaxBytes = row.TryGetProperty("maxBytes", out var most) ? most.GetInt64() : 0,
        Parts = Enum.Parse<ContainerParts>(row.GetProperty("parts").GetString()!, ignoreCase: true),
        Language = row.GetProperty("language").GetString()!,
        Languages = Map(row, "languages", StringComparer.OrdinalIgnoreCase),
        Element = row.TryGetProperty("element", out var element) ? element.GetString()! : "",
        Attributes = List(row, "attributes"),
        Opaque = List(row, "opaque"),
        Nesting = List(row, "nesting"),
        Magics = row.TryGetProperty("magics", out var magics) ? [.. magics.EnumerateArray().Select(ReadMagics)] : [],
    };

    private static CellMagics ReadMagics(JsonElement row) => new()
    {
        Languages = List(row, "languages"),
        Cell = row.TryGetProperty("cell", out var cell) ? Expression(cell.GetString()!) : null,
        Cells = Map(row, "cells", StringComparer.Ordinal),
        Files = List(row, "files"),
        Programs = List(row, "programs"),
        Commands = [.. List(row, "commands").Select(Expression)],
        FirstLine = row.TryGetProperty("firstLine", out var first) && first.GetBoolean(),
    };

    // An expression that is none is told now, not in the middle of a run.
    private static string Expression(string pattern) => new Regex(pattern, RegexOptions.CultureInvariant).ToString();

    private static IReadOnlyList<string> List(JsonElement row, string name) =>
        row.TryGetProperty(name, out var values) ? [.. values.EnumerateArray().Select(static value => value.GetString()!)] : [];

    private static Dictionary<string, string> Map(JsonElement row, string name, StringComparer comparer) =>
        row.TryGetProperty(name, out var values)
            ? values.EnumerateObject().ToDictionary(static value => value.Name, static value => value.Value.GetString()!, comparer) : [];
}
