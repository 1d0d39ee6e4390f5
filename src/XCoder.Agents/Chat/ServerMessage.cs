using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace XCoder.Agents.Chat;

/// <summary>What a server says went wrong, in whichever form: an object, a list, text, or a page of HTML.</summary>
/// <param name="Text">The sentence for people; empty where there is none.</param>
/// <param name="Code">The code, such as <c>insufficient_quota</c>; empty where there is none.</param>
/// <param name="Parameter">The parameter at fault; empty where none is named.</param>
/// <param name="Status">A status of HTTP that the body names; 0 for none.</param>
/// <param name="Wait">How long to wait before the next request, or null.</param>
internal readonly partial record struct ServerMessage(string Text, string Code, string Parameter, int Status, TimeSpan? Wait = null)
{
    private const double LongestWait = 3600;

    private const int MaxDepth = 6, MaxItems = 3, MaxPlain = 4000;

    // Names of properties that hold the sentence, the best first.
    private static readonly string[] Sentences =
        ["message", "msg", "error_message", "errorMessage", "error_msg", "detail", "details", "error", "errors", "reason", "description",
            "title", "status_message", "info"];

    /// <summary>Reads a body.</summary>
    public static ServerMessage Read(ReadOnlySpan<byte> body)
    {
        var text = TextOf(body);
        try
        {
            var root = JsonElement.Parse(text);
            var error = Inner(root, 0);
            return new ServerMessage(Sentence(root, 0), CodeOf(error), ParameterOf(error), StatusOf(error) is > 0 and var status ? status
                : StatusOf(root), WaitOf(error) ?? WaitOf(root));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            var plain = text.StartsWith('<') ? OfPage(text[..Math.Min(text.Length, MaxPlain)]) : text;
            return new ServerMessage(plain, "", "", 0);
        }
    }

    /// <summary>The text of a body; of events, the data of the first one.</summary>
    public static string TextOf(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body).TrimStart('\uFEFF').Trim();
        return FirstEvent().Match(text) is { Success: true } first ? first.Groups["data"].Value : text;
    }

    /// <summary>Whether a body that came with a success status is an error nevertheless.</summary>
    public static bool IsError(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Array => root.GetArrayLength() > 0 && IsError(root[0]),
        JsonValueKind.Object => !root.TryGetProperty("choices"u8, out var choices) || choices.ValueKind == JsonValueKind.Null
            ? (Has(root, "error"u8) || Has(root, "errors"u8) || Has(root, "detail"u8) || Has(root, "error_message"u8)
                || (root.TryGetProperty("object"u8, out var kind) && kind.ValueEquals("error"u8)))
            : Has(root, "error"u8) && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() == 0,
        _ => false,
    };

    /// <summary>Whether an error stands beside the choices of a reply, or in the first of them.</summary>
    public static bool HoldsError(JsonElement root) => root.ValueKind == JsonValueKind.Object && (Has(root, "error"u8)
        || (root.TryGetProperty("choices"u8, out var choices) && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0
            && choices[0].ValueKind == JsonValueKind.Object && Has(choices[0], "error"u8)));

    // In seconds, as servers say it that load a model.
    private static TimeSpan? WaitOf(JsonElement value)
    {
        foreach (var name in (string[])["estimated_time", "retry_after", "retryAfter", "retry_after_seconds"])
        {
            if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var wait)
                && double.TryParse(wait.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            {
                return TimeSpan.FromSeconds(Math.Min(seconds, LongestWait));
            }
        }

        return null;
    }

    private static bool Has(JsonElement root, ReadOnlySpan<byte> name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False);

    // The object that holds code and parameter.
    private static JsonElement Inner(JsonElement value, int depth) => depth > MaxDepth ? value : value.ValueKind switch
    {
        JsonValueKind.Array when value.GetArrayLength() > 0 => Inner(value[0], depth + 1),
        JsonValueKind.Object when value.TryGetProperty("error"u8, out var error)
            && error.ValueKind is JsonValueKind.Object or JsonValueKind.Array => Inner(error, depth + 1),
        JsonValueKind.Object when value.TryGetProperty("detail"u8, out var detail)
            && detail.ValueKind is JsonValueKind.Object or JsonValueKind.Array => Inner(detail, depth + 1),
        _ => value,
    };

    private static string Sentence(JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return value.GetString()!.Trim();
            case JsonValueKind.Array when depth < MaxDepth:
                return string.Join("; ", value.EnumerateArray().Take(MaxItems).Select(item => Sentence(item, depth + 1))
                    .Where(text => text.Length > 0));
            case JsonValueKind.Object when depth < MaxDepth:
                var found = Sentences.Select(name => value.TryGetProperty(name, out var inner) ? Sentence(inner, depth + 1) : "")
                    .FirstOrDefault(text => text.Length > 0) ?? Other(value, depth);
                var raw = value.TryGetProperty("metadata"u8, out var more) && more.ValueKind == JsonValueKind.Object
                    && more.TryGetProperty("raw"u8, out var original) && original.ValueKind == JsonValueKind.String
                    ? original.GetString()! : "";
                return raw.Length > 0 ? $"{found} ({raw})" : ParameterOf(value) is { Length: > 0 } parameter && found.Length > 0
                    && !found.Contains(parameter, StringComparison.Ordinal) ? $"{parameter}: {found}" : found;
            default:
                return "";
        }
    }

    // Under another name: what stands inside, or a text of several words.
    private static string Other(JsonElement value, int depth) => value.EnumerateObject().Select(property => property.Value)
        .Select(inner => inner.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? Sentence(inner, depth + 1)
            : inner.ValueKind == JsonValueKind.String && inner.GetString()!.Contains(' ', StringComparison.Ordinal)
                ? inner.GetString()!.Trim() : "")
        .FirstOrDefault(text => text.Length > 0) ?? "";

    private static string CodeOf(JsonElement error) => Of(error, "code"u8) is { Length: > 0 } code ? code : Of(error, "type"u8);

    // {"param": "seed"}, or FastAPI's {"loc": ["body", "seed"]}.
    private static string ParameterOf(JsonElement error) => Of(error, "param"u8) is { Length: > 0 } parameter ? parameter
        : error.ValueKind == JsonValueKind.Object && error.TryGetProperty("loc"u8, out var place) && place.ValueKind == JsonValueKind.Array
            ? place.EnumerateArray().Where(part => part.ValueKind == JsonValueKind.String).Select(part => part.GetString()!)
                .FirstOrDefault(part => part is not ("body" or "query")) ?? ""
        : "";

    private static string Of(JsonElement value, ReadOnlySpan<byte> name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var inner) && inner.ValueKind == JsonValueKind.String
            ? inner.GetString()! : "";

    private static int StatusOf(JsonElement value)
    {
        foreach (var name in (string[])["code", "status", "status_code", "statusCode"])
        {
            if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var inner)
                && int.TryParse(inner.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
                && status is >= 400 and < 600)
            {
                return status;
            }
        }

        return 0;
    }

    private static string OfPage(string page)
    {
        var words = Blank().Replace(WebUtility.HtmlDecode(Tag().Replace(page, " ")), " ").Trim();
        return page.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) ? words
            : words.Length == 0 ? "a page of HTML" : $"a page of HTML, {words}";
    }

    [GeneratedRegex(@"<(?:script|style)\b[\s\S]*?</(?:script|style)>|<[^>]{0,2000}>",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\A(?>(?:event|id|retry)?:[^\r\n]*[\r\n]+)*data:[ ]?(?<data>[^\r\n]*)", RegexOptions.CultureInvariant)]
    private static partial Regex FirstEvent();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
