using System.Text;
using System.Text.Json;

namespace XCoder.Agents.Chat;

/// <summary>Strict JSON from text that may be hostile: bounded in depth, every string valid Unicode.</summary>
internal static class JsonText
{
    public const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Reads text as JSON; false for anything else, lone surrogates in strings too.</summary>
    public static bool TryParse(string text, out JsonElement value)
    {
        value = default;
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            if (!IsText(document.RootElement))
            {
                return false;
            }

            value = document.RootElement.Clone();
            return true;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Puts U+FFFD where a surrogate stands alone.</summary>
    public static string Clean(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                return Replaced(text);
            }
        }

        return text;
    }

    private static string Replaced(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            builder.Append(rune.ToString());
        }

        return builder.ToString();
    }

    // An escape like \ud800 is JSON, but no text: reading it would throw later, where nobody expects it.
    private static bool IsText(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return IsString(value.GetString);
            case JsonValueKind.Array:
                return value.EnumerateArray().All(IsText);
            case JsonValueKind.Object:
                return value.EnumerateObject().All(property => IsString(() => property.Name) && IsText(property.Value));
            default:
                return true;
        }
    }

    private static bool IsString(Func<string?> read)
    {
        try
        {
            _ = read();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
