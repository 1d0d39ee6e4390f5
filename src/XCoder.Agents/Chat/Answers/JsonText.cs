using System.Text;
using System.Text.Json;

namespace XCoder.Agents.Chat.Answers;

/// <summary>Parses strict JSON from untrusted text: bounded depth, every string valid Unicode.</summary>
internal static class JsonText
{
    public const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Parses text as JSON. Returns false for anything else, including lone surrogates in strings.</summary>
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

    /// <summary>Replaces each lone surrogate by U+FFFD.</summary>
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

    // An escape such as \ud800 is valid JSON but no valid text: reading it later would throw where nobody expects it.
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
