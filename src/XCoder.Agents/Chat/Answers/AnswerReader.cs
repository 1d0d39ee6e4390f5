using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using XCoder.Agents.Prompts;

namespace XCoder.Agents.Chat.Answers;

/// <summary>
/// Finds the answer in a model's reply. Skips thoughts, preambles and code fences, repairs JSON that is almost valid, and reads answers in
/// XML, YAML or Markdown.
/// </summary>
internal static partial class AnswerReader
{
    private const int MaxStarts = 32, MaxRepairs = 8, MaxDepth = 3, MaxEnd = 200, MaxLength = 1 << 20;

    /// <summary>Reads the answer from a reply. Text past 2^20 characters is ignored.</summary>
    /// <param name="reply">The whole text that the model wrote.</param>
    /// <param name="schema">The schema that the answer must fit.</param>
    /// <param name="failure">Why there is no answer, or null. Its message is written so that it can be sent back to the model.</param>
    /// <returns>The answer, or null when no JSON in the reply fits the schema.</returns>
    public static JsonElement? Read(string reply, AnswerSchema schema, out ChatFailure? failure)
    {
        failure = null;
        var raw = JsonText.Clean(Thoughts.Cut(reply.Length > MaxLength ? reply[..MaxLength] : reply, schema.Root.Properties.Keys));
        var text = raw.Trim();
        if (text.Length == 0)
        {
            failure = new ChatFailure(ChatFailureKind.Empty, "The reply is empty.");
            return null;
        }

        // A block of YAML that ends with the reply is whole where a line ends there, too, or a mark of the end.
        var isOpen = WithoutEnd(text).Length == text.Length && YamlAnswer.EndsInBlock(raw);
        text = WithoutEnd(text);
        var answer = Read(text, schema, isOpen, out var wrong, out var isCut)
            ?? Decoded(text).Select(decoded => Read(decoded, schema, isOpen, out _, out _)).FirstOrDefault(found => found is not null);
        failure = answer is not null ? null
            : isCut ? new ChatFailure(ChatFailureKind.Truncated, "The reply ends in the middle of the answer.")
            : wrong is null ? new ChatFailure(ChatFailureKind.Malformed, "The reply holds no JSON.")
            : new ChatFailure(ChatFailureKind.WrongSchema, $"The JSON does not fit the schema: {string.Join("; ", wrong)}.");
        return answer;
    }

    /// <summary>Reads an answer that is certainly whole: strict JSON up to the end of the reply, or of a fence that ends there.</summary>
    /// <param name="reply">The whole text that the model wrote.</param>
    /// <param name="schema">The schema that the answer must fit.</param>
    /// <returns>The answer, or null when there is none or it may be cut.</returns>
    public static JsonElement? ReadWhole(string reply, AnswerSchema schema)
    {
        var text = WithoutEnd(Thoughts.Cut(reply, schema.Root.Properties.Keys).TrimEnd()).TrimEnd('`', ' ', '\n', '\r');
        var start = text.IndexOf('{', StringComparison.Ordinal);
        return start >= 0 && JsonText.TryParse(text[start..], out var value)
            ? SchemaReader.Read(value, schema, isWhole: true, out _) : null;
    }

    private static string WithoutEnd(string text)
    {
        var end = Math.Max(0, text.Length - MaxEnd);
        return text[..end] + EndMarks().Replace(text[end..], "");
    }

    // What a text says that was escaped as a whole: for a page, for an address, for a string of JSON; or that is a page itself.
    private static IEnumerable<string> Decoded(string text)
    {
        if (HtmlText.IsPage(text))
        {
            yield return HtmlText.ToMarkdown(text);
        }

        if (Escaped().IsMatch(text))
        {
            yield return WebUtility.HtmlDecode(text);
        }

        if (text.StartsWith("%7B", StringComparison.OrdinalIgnoreCase))
        {
            yield return Uri.UnescapeDataString(text);
        }

        if (EscapedQuote().IsMatch(text) && JsonText.TryParse($"\"{text.ReplaceLineEndings("\\n")}\"", out var inner))
        {
            yield return inner.GetString()!;
        }
    }

    private static JsonElement? Read(string text, AnswerSchema schema, bool isOpen, out IReadOnlyList<string>? wrong, out bool isCut)
    {
        (wrong, isCut) = (null, false);
        JsonElement? last = null;
        var candidates = new List<JsonElement>();
        foreach (var (candidate, isWhole) in Candidates(text, schema.Root.Kind))
        {
            // Of several the last one counts: what a model writes first it may have thought better of.
            if ((SchemaReader.Read(candidate, schema, isWhole, out var errors) ?? Within(candidate, schema, 0)) is { } answer)
            {
                last = answer;
            }

            wrong ??= errors;
            candidates.Add(candidate);
        }

        // Several objects may hold a field each.
        last ??= candidates.Count > 1 && FieldList.Merge(candidates, schema.Root) is { } merged
            ? SchemaReader.Read(merged, schema, isWhole: false, out _) : null;
        if (last is not null || (candidates.Count > 0 && JsonText.TryParse(text, out _)))
        {
            return last;
        }

        // Another notation, unless JSON is what the model tried to write.
        if (IsJson().IsMatch(text))
        {
            return Repaired(text, schema, ref wrong, ref isCut);
        }

        if (HoldsObject(text, schema) && Repaired(text, schema, ref wrong, ref isCut) is { } repaired)
        {
            return repaired;
        }

        // An answer that ends within a field lacks its end, even where all fields are there. Elements may stand in a fence that is open.
        var isOpenElement = XmlAnswer.IsOpen(text, schema.Root);
        if (!isOpenElement && Fitting(XmlAnswer.Read(text, schema.Root), schema, ref wrong) is { } elements)
        {
            return elements;
        }

        isCut |= isOpenElement || isOpen || OpenFence.IsIn(text);
        var other = isCut ? null : Fitting(YamlAnswer.Read(text, schema.Root), schema, ref wrong)
            ?? Fitting(MarkdownAnswer.Read(text, schema.Root), schema, ref wrong);
        return other ?? Repaired(text, schema, ref wrong, ref isCut);
    }

    // Whether one of the schema's fields stands behind a bracket, as in an object of any language.
    private static bool HoldsObject(string text, AnswerSchema schema) => FirstMember().Matches(text).Any(member =>
        SchemaReader.FieldOf(schema.Root, member.Groups["name"].Value) is not null);

    private static JsonElement? Within(JsonElement value, AnswerSchema schema, int depth)
    {
        var inner = depth > MaxDepth ? [] : value.ValueKind switch
        {
            JsonValueKind.Object when value.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
                && Thoughts.IsName(type.GetString()!) => [],
            JsonValueKind.Object => value.EnumerateObject().Where(property => !Thoughts.IsName(property.Name))
                .Select(property => property.Value),
            JsonValueKind.Array => value.EnumerateArray(),
            JsonValueKind.String when JsonText.TryParse(value.GetString()!, out var text) => [text],
            _ => (IEnumerable<JsonElement>)[],
        };
        foreach (var item in inner.Reverse())
        {
            if ((SchemaReader.Read(item, schema, isWhole: true, out _) ?? Within(item, schema, depth + 1)) is { } answer)
            {
                return answer;
            }
        }

        return null;
    }

    private static JsonElement? Fitting(JsonElement? written, AnswerSchema schema, ref IReadOnlyList<string>? wrong)
    {
        if (written is not { } value)
        {
            return null;
        }

        var answer = SchemaReader.Read(value, schema, isWhole: false, out var errors);
        wrong ??= answer is null ? errors : null;
        return answer;
    }

    // The whole text where it is JSON, else strict JSON from each of the first brackets.
    private static IEnumerable<(JsonElement Value, bool IsWhole)> Candidates(string text, JsonValueKind root)
    {
        if (JsonText.TryParse(text, out var whole) && whole.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            or JsonValueKind.String)
        {
            // Some models write JSON encoded as a JSON string.
            yield return whole.ValueKind == JsonValueKind.String && JsonText.TryParse(whole.GetString()!, out var inner)
                ? (inner, true) : (whole, true);
            yield break;
        }

        // What stands behind a bracket that nothing closes may be a part of an answer that is cut.
        var isWhole = true;
        for (var (at, n) = (Start(text, 0, root), 0); at >= 0 && n < MaxStarts; n++)
        {
            var end = Balanced(text, at);
            isWhole &= end > 0;
            if (end > 0 && JsonText.TryParse(text[at..end], out var value))
            {
                yield return (value, isWhole);
                at = Start(text, end, root);
            }
            else
            {
                at = Start(text, at + 1, root);
            }
        }
    }

    // From the first brackets, what is almost JSON. What ends within a string is cut; what lacks brackets alone may be all there is.
    private static JsonElement? Repaired(string text, AnswerSchema schema, ref IReadOnlyList<string>? wrong, ref bool isCut)
    {
        for (var (at, n) = (Start(text, 0, schema.Root.Kind), 0); at >= 0 && n < MaxRepairs; n++)
        {
            if (JsonRepair.Repair(text, at, out var end) is { } repaired && JsonText.TryParse(repaired, out var value) && HasContent(value))
            {
                // A later bracket may begin a part of an answer that is cut.
                var answer = SchemaReader.Read(value, schema, isWhole: n == 0 && end == JsonEnd.Closed, out var errors);
                if (answer is not null && end != JsonEnd.InString)
                {
                    return answer;
                }

                isCut |= n == 0 && end != JsonEnd.Closed && FieldList.Merge([value], schema.Root) is not null;
                wrong ??= errors;
            }

            at = Start(text, at + 1, schema.Root.Kind);
        }

        return null;
    }

    private static bool HasContent(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().Any()
            : value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0;

    // Where the schema wants a list, the answer may also be a single object, which the reader takes as a list of one.
    private static int Start(string text, int from, JsonValueKind root) =>
        from >= text.Length ? -1 : root == JsonValueKind.Object ? text.IndexOf('{', from)
            : text.AsSpan(from).IndexOfAny('{', '[') is var at and >= 0 ? from + at : -1;

    // Index after the bracket that closes the one at start, ignoring brackets in strings; 0 if the text ends first.
    internal static int Balanced(string text, int start)
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

    [GeneratedRegex(@"\A\s*(?:\{|\[\s*[\[{""'\]\d])|^[ \t]*```json|^[ \t]*""[\w-]+""[ \t]*:",
        RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IsJson();

    [GeneratedRegex(@"\{\s*[""'`\u201C]?(?<name>[A-Za-z_][\w-]{0,40})[""'`\u201D]?\s*[:=]", RegexOptions.CultureInvariant)]
    private static partial Regex FirstMember();

    // How models mark the end of their turn.
    [GeneratedRegex(@"(?:\s*(?:<\|[\w./ -]{1,30}\|>|<[\uFF5C][^<>]{1,40}[\uFF5C]>|</?s>|<eos>|<end_of_turn>|\[/INST\]))+\s*\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex EndMarks();

    [GeneratedRegex(@"\A\s*\{(?:\\n|\s)*\\""", RegexOptions.CultureInvariant)]
    private static partial Regex EscapedQuote();

    // Quotes of JSON, escaped for a page.
    [GeneratedRegex(@"&(?:quot|\#34|\#x22|\#39|lt);", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();
}
