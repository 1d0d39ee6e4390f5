using System.Text.Json;

namespace XCoder.Agents.Decontamination;

/// <summary>Texts of a record of training data, whatever its form: every string in it that a model would be trained on.</summary>
public static class RecordTexts
{
    private static readonly string[] Ids = ["id", "task_id"];

    // What says where a record comes from is no text of it.
    private static readonly HashSet<string> Left = ["id", "dataset", "task", "sourceLanguage", "targetLanguage", "concept", "verdict", "status", "licence", "notices", "lineage", "model", "promptHash", "createdAt", "role", "from", "repository", "path", "language", "kind"];

    /// <summary>The texts, each under the name of its outermost field.</summary>
    /// <param name="json">The record.</param>
    /// <param name="file">Its file, for messages.</param>
    /// <param name="line">Its line, for messages.</param>
    /// <exception cref="InvalidDataException">It is no JSON object.</exception>
    public static IReadOnlyList<(string Part, string Text)> Of(string json, string file, int line)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? [.. document.RootElement.EnumerateObject().Where(field => !Left.Contains(field.Name)).SelectMany(field => Strings(field.Value).Select(text => (field.Name, text)))]
                : throw new InvalidDataException($"Line {line} of {file} is no JSON object.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"Line {line} of {file} is no JSON: {exception.Message}", exception);
        }
    }

    /// <summary>Id of a record, or null.</summary>
    public static string? IdOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Ids.Select(name => document.RootElement.TryGetProperty(name, out var id) ? id.ToString() : null).FirstOrDefault(id => id is not null);
    }

    private static IEnumerable<string> Strings(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => value.EnumerateObject().Where(field => !Left.Contains(field.Name)).SelectMany(field => Strings(field.Value)),
        _ => [],
    };
}
