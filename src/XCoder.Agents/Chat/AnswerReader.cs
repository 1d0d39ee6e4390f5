using System.Text.Json;
using XCoder.Agents.Prompts;

namespace XCoder.Agents.Chat;

/// <summary>Finds the answer in what a model wrote: thoughts, preamble and fences around it, and JSON that is almost right.</summary>
internal static class AnswerReader
{
    private const int MaxStarts = 8, MaxLength = 1 << 20;
    private const string ThoughtEnd = "</think>";

    /// <summary>Reads a reply.</summary>
    /// <param name="reply">The reply's text.</param>
    /// <param name="schema">What it must look like.</param>
    /// <param name="failure">Why there is no answer; its message can be told to the model.</param>
    /// <returns>The answer, or null.</returns>
    public static JsonElement? Read(string reply, AnswerSchema schema, out ChatFailure? failure)
    {
        failure = null;
        var text = JsonText.Clean(WithoutThoughts(reply.Length > MaxLength ? reply[..MaxLength] : reply)).Trim();
        if (text.Length == 0)
        {
            failure = new ChatFailure(ChatFailureKind.Empty, "The reply is empty.");
            return null;
        }

        IReadOnlyList<string>? wrong = null;
        foreach (var candidate in Candidates(text, schema.Root.Kind))
        {
            if (SchemaReader.Read(candidate, schema, out var errors) is { } answer)
            {
                return answer;
            }

            wrong ??= errors;
        }

        failure = wrong is null
            ? new ChatFailure(ChatFailureKind.Malformed, "The reply holds no JSON.")
            : new ChatFailure(ChatFailureKind.WrongSchema, $"The JSON does not fit the schema: {string.Join("; ", wrong)}.");
        return null;
    }

    /// <summary>What follows the last thought; a reply that is all thought is nothing.</summary>
    internal static string WithoutThoughts(string text)
    {
        // Only where a thought opens the reply: an answer may quote the mark.
        var start = text.AsSpan().TrimStart();
        if (!start.StartsWith("<think>", StringComparison.Ordinal) && (start.StartsWith("{") || start.StartsWith("[") || start.StartsWith("`")))
        {
            return text;
        }

        var end = text.IndexOf(ThoughtEnd, StringComparison.Ordinal);
        return end >= 0 ? text[(end + ThoughtEnd.Length)..] : start.StartsWith("<think>", StringComparison.Ordinal) ? "" : text;
    }

    // The whole text; then what begins at the first brackets, strictly; then the same with repairs.
    private static IEnumerable<JsonElement> Candidates(string text, JsonValueKind root)
    {
        if (JsonText.TryParse(text, out var whole) && whole.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.String)
        {
            // JSON written as a JSON string.
            yield return whole.ValueKind == JsonValueKind.String && JsonText.TryParse(whole.GetString()!, out var inner) ? inner : whole;
        }

        for (var (at, n) = (Start(text, 0, root), 0); at >= 0 && n < MaxStarts; n++)
        {
            var end = Balanced(text, at);
            if (end > 0 && JsonText.TryParse(text[at..end], out var value))
            {
                yield return value;
                at = Start(text, end, root);
            }
            else
            {
                at = Start(text, at + 1, root);
            }
        }

        for (var (at, n) = (Start(text, 0, root), 0); at >= 0 && n < MaxStarts; n++)
        {
            if (JsonRepair.Repair(text, at, out var end) is { } repaired && JsonText.TryParse(repaired, out var value) && HasContent(value))
            {
                yield return value;
            }

            at = Start(text, at + 1, root);
        }
    }

    private static bool HasContent(JsonElement value) => value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().Any() : value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0;

    // One object stands for a list of one, too.
    private static int Start(string text, int from, JsonValueKind root) =>
        from >= text.Length ? -1 : root == JsonValueKind.Object ? text.IndexOf('{', from) : text.AsSpan(from).IndexOfAny('{', '[') is var at and >= 0 ? from + at : -1;

    // End of the value whose bracket stands at a place, brackets in strings not counted; 0 where it does not end.
    private static int Balanced(string text, int start)
    {
        var (depth, isString) = (0, false);
        for (var i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when isString:
                    i++;
                    break;
                case '"':
                    isString = !isString;
                    break;
                case '{' or '[' when !isString:
                    depth++;
                    break;
                case '}' or ']' when !isString && --depth == 0:
                    return i + 1;
            }
        }

        return 0;
    }
}
