using System.Text.Json;

namespace XCoder.Agents.Licences;

/// <summary>Who holds the rights in a file or package, as it says itself.</summary>
internal static class CopyrightLines
{
    private const int MostLines = 20;
    private const int LongestLine = 200;
    private const string CommentSigns = " \t/*#;-<!>%\"'{}|=";

    /// <summary>Copyright lines of a file's head, without comment signs.</summary>
    public static IReadOnlyList<string> OfCode(string head) =>
        [.. head.Split('\n').Select(static line => line.Trim(CommentSigns.ToCharArray())).Where(static line => line.Length is > 0 and <= LongestLine && IsCopyright(line)).Distinct().Take(MostLines)];

    /// <summary>Authors that a package manifest names.</summary>
    public static IReadOnlyList<string> OfManifest(string name, string text) =>
        [.. (name.EndsWith(".json", StringComparison.Ordinal) ? FromJson(text) : FromToml(text)).Where(static author => author.Length is > 0 and <= LongestLine).Distinct().Take(MostLines)];

    private static bool IsCopyright(string line) =>
        line.Contains('©') || line.StartsWith("(c) ", StringComparison.OrdinalIgnoreCase) || line.Contains("SPDX-FileCopyrightText", StringComparison.Ordinal)
        || (line.Contains("copyright", StringComparison.OrdinalIgnoreCase) && (line.Any(char.IsAsciiDigit) || line.Contains("(c)", StringComparison.OrdinalIgnoreCase) || line.StartsWith("copyright", StringComparison.OrdinalIgnoreCase)));

    private static List<string> FromJson(string text)
    {
        var authors = new List<string>();
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            foreach (var name in (string[])["author", "authors"])
            {
                if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value))
                {
                    authors.AddRange((value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : Enumerable.Repeat(value, 1)).Select(Name).OfType<string>());
                }
            }
        }
        catch (JsonException)
        {
            // No manifest then.
        }

        return authors;
    }

    private static string? Name(JsonElement author) =>
        author.ValueKind == JsonValueKind.String ? author.GetString()
        : author.ValueKind == JsonValueKind.Object && author.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()
        : null;

    // authors = ["A", "B"] or [{ name = "A" }], over several lines perhaps.
    private static List<string> FromToml(string text)
    {
        var authors = new List<string>();
        var lines = text.Split('\n');
        var start = Array.FindIndex(lines, static line => line.TrimStart().StartsWith("authors", StringComparison.Ordinal) && line.Contains('='));
        for (var i = start; start >= 0 && i < Math.Min(lines.Length, start + MostLines); i++)
        {
            var parts = lines[i].Split('"');
            for (var part = 1; part < parts.Length; part += 2)
            {
                if (!parts[part - 1].TrimEnd(' ', '=').EndsWith("email", StringComparison.Ordinal))
                {
                    authors.Add(parts[part]);
                }
            }

            if (lines[i].TrimEnd().EndsWith(']'))
            {
                break;
            }
        }

        return authors;
    }
}
