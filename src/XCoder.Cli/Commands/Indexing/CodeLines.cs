using System.Text;
using System.Text.Json;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Commands.Indexing;

/// <summary>Reads code as JSON lines, <c>{"id": "…", "language": "…", "code": "…"}</c>, and counts lost items.</summary>
internal sealed class CodeLines(CommandContext context)
{
    private int _lost;

    /// <summary>The exit code of a command that has read the lines.</summary>
    public int Ends => _lost > 0 ? ExitCode.Lost : ExitCode.Done;

    /// <summary>Reports an item that cannot be parsed.</summary>
    public void RejectCode(string id) => Reject($"{id}: the parser gave up: the code is nested too deeply or took too long");

    /// <summary>Reads items in order; an id is the JSON text of a string or number. Other lines are reported and left out.</summary>
    /// <param name="input">A file, or <c>-</c> for standard input.</param>
    public IEnumerable<(string Id, Language Language, string Code)> Read(string input)
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

            if (Parse(line, context.Catalog, out var problem) is { } item)
            {
                yield return item;
            }
            else
            {
                Reject($"line {number}: {problem}");
            }
        }
    }

    private void Reject(string problem)
    {
        _lost++;
        context.Messages.WriteLine(SafeText.ForTerminal($"lost: {problem}"));
    }

    private static (string, Language, string)? Parse(string line, LanguageCatalog catalog, out string problem)
    {
        problem = "not a JSON object with id, language and code";
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("id", out var id)
                || id.ValueKind is not (JsonValueKind.String or JsonValueKind.Number) || Text(root, "language") is not { } name
                || Text(root, "code") is not { } code)
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

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
