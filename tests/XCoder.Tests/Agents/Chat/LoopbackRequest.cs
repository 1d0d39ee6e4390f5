using System.Text.Json;

namespace XCoder.Tests.Agents.Chat;

/// <summary>What the server on loopback was asked.</summary>
internal sealed record LoopbackRequest(long Number, string Path, string Authorization, string Body)
{
    private readonly Lazy<JsonElement> _json = new(() => JsonElement.Parse(Body));

    public JsonElement Json => _json.Value;

    public bool IsStreaming => Json.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True;

    /// <summary>Name of the answer's schema, also where it is only said in words; empty where there is none.</summary>
    public string SchemaName => Format is { } format && format.TryGetProperty("json_schema", out var schema) ? schema.GetProperty("name").GetString()!
        : Schema is { } said && said.TryGetProperty("properties", out var fields) ? Prompts.Value.GetValueOrDefault(Names(fields)) ?? "" : "";

    /// <summary>The answer's schema, also where it is only said in words, or null.</summary>
    public JsonElement? Schema => Format is { } format && format.TryGetProperty("json_schema", out var schema) ? schema.GetProperty("schema") : InWords;

    /// <summary><c>json_schema</c>, <c>json_object</c> or empty.</summary>
    public string FormatType => Format is { } format ? format.GetProperty("type").GetString()! : "";

    /// <summary>Role and text of the messages, in order, without the words for the fields of the answer.</summary>
    public IReadOnlyList<(string Role, string Text)> Messages =>
        [.. Json.GetProperty("messages").EnumerateArray().Select(message => (message.GetProperty("role").GetString()!, TextOf(message.GetProperty("content")).Split("\n\nThe JSON has these fields:\n")[0].Split(Words)[0]))];

    private const string Words = "\n\nAnswer with one JSON object that fits this JSON schema, and with nothing else:\n";

    // The names of prompts by the fields of their answers.
    private static readonly Lazy<Dictionary<string, string>> Prompts = new(() =>
    {
        var library = XCoder.Agents.Prompts.PromptLibrary.Open();
        return library.Names.Where(name => library[name].Schema is not null).Order(StringComparer.Ordinal)
            .DistinctBy(name => Names(library[name].Schema!.Json.GetProperty("properties"))).ToDictionary(name => Names(library[name].Schema!.Json.GetProperty("properties")));
    });

    private JsonElement? Format => Json.TryGetProperty("response_format", out var format) ? format : null;

    private JsonElement? InWords => Json.GetProperty("messages").EnumerateArray().Select(message => TextOf(message.GetProperty("content"))).LastOrDefault(text => text.Contains(Words, StringComparison.Ordinal)) is { } text
        ? JsonElement.Parse(text[(text.LastIndexOf(Words, StringComparison.Ordinal) + Words.Length)..]) : null;

    private static string Names(JsonElement properties) => string.Join(',', properties.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));

    private static string TextOf(JsonElement content) =>
        content.ValueKind == JsonValueKind.Array ? string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString())) : content.GetString() ?? "";
}
