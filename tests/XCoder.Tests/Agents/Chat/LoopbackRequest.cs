using System.Text.Json;

namespace XCoder.Tests.Agents.Chat;

/// <summary>What the server on loopback was asked.</summary>
internal sealed record LoopbackRequest(long Number, string Path, string Authorization, string Body)
{
    private readonly Lazy<JsonElement> _json = new(() => JsonElement.Parse(Body));

    public JsonElement Json => _json.Value;

    public bool IsStreaming => Json.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True;

    /// <summary>Name of the answer's schema; empty where none is sent.</summary>
    public string SchemaName => Format is { } format && format.TryGetProperty("json_schema", out var schema) ? schema.GetProperty("name").GetString()! : "";

    /// <summary>The answer's schema, or null.</summary>
    public JsonElement? Schema => Format is { } format && format.TryGetProperty("json_schema", out var schema) ? schema.GetProperty("schema") : null;

    /// <summary><c>json_schema</c>, <c>json_object</c> or empty.</summary>
    public string FormatType => Format is { } format ? format.GetProperty("type").GetString()! : "";

    /// <summary>Role and text of the messages, in order, without the words for the fields of the answer.</summary>
    public IReadOnlyList<(string Role, string Text)> Messages =>
        [.. Json.GetProperty("messages").EnumerateArray().Select(message => (message.GetProperty("role").GetString()!, TextOf(message.GetProperty("content")).Split("\n\nThe JSON has these fields:\n")[0]))];

    private JsonElement? Format => Json.TryGetProperty("response_format", out var format) ? format : null;

    private static string TextOf(JsonElement content) =>
        content.ValueKind == JsonValueKind.Array ? string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString())) : content.GetString() ?? "";
}
