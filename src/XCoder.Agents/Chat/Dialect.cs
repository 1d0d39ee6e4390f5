using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XCoder.Agents.Prompts;

namespace XCoder.Agents.Chat;

/// <summary>
/// The form of request that a server accepts. The connector writes OpenAI's newest form; each other dialect is plainer. The fields of the
/// answer are named in words in every dialect, because many servers take a schema and ignore it.
/// </summary>
internal sealed partial record Dialect
{
    private static readonly string[] Signs = ["response_format", "json_schema", "json_object", "schema", "grammar", "structured", "guided",
        "responseFormat", "response format", "additionalProperties", "minLength", "maxLength", "minItems", "maxItems"];

    private static readonly string[] Limits = ["max_completion_tokens", "max_tokens"];

    private const int LeastTokens = 128, MostFewest = 1 << 16;

    // What a request cannot do without.
    private static readonly string[] Needed = ["model", "messages", "response_format"];

    // What is left out where a server rejects every form without saying why.
    private static readonly string[] Optional = ["temperature", "top_p", "seed", "stop", "presence_penalty", "frequency_penalty",
        "stream_options"];

    /// <summary>How the request states the schema of the answer.</summary>
    public AnswerForm Form { get; init; }

    /// <summary>Parameters that are left out because the server rejects them.</summary>
    public ImmutableHashSet<string> Without { get; init; } = [];

    /// <summary>Whether the token limit is sent only under its old name, <c>max_tokens</c>.</summary>
    public bool HasOldLimit { get; init; }

    /// <summary>Whether the token limit is sent under both of its names, because the server does not heed the new one.</summary>
    public bool HasBothLimits { get; init; }

    /// <summary>Whether the system's message is put before the user's, for models without such a role.</summary>
    public bool HasNoSystem { get; init; }

    /// <summary>Whether the content of messages is sent as a list of parts.</summary>
    public bool HasParts { get; init; }

    /// <summary>Whether replies are streamed because the server does nothing else.</summary>
    public bool IsStreamed { get; init; }

    /// <summary>Most tokens of a reply that the server allows; 0 for no limit of its own.</summary>
    public int MostTokens { get; init; }

    /// <summary>Fewest tokens that the limit of a reply may be; 0 for no such bound.</summary>
    public int FewestTokens { get; init; }

    /// <summary>
    /// By what the limit of tokens is divided for one question, which fits into the model's context only with a shorter reply.
    /// </summary>
    public int Divisor { get; init; } = 1;

    /// <summary>The schema in words, to append to the last message.</summary>
    public static string InWords(string schema) =>
        $"\n\nAnswer with one JSON object that fits this JSON schema, and with nothing else:\n{schema}";

    public bool IsPlainerThan(Dialect other) => Form > other.Form || (HasOldLimit && !other.HasOldLimit)
        || (HasBothLimits && !other.HasBothLimits)
        || (HasNoSystem && !other.HasNoSystem) || (HasParts && !other.HasParts) || (IsStreamed && !other.IsStreamed)
        || (MostTokens > 0 && (other.MostTokens == 0 || MostTokens < other.MostTokens))
        || FewestTokens > other.FewestTokens || !Without.IsSubsetOf(other.Without);

    public Dialect PlainerOf(Dialect other) => new()
    {
        Form = Form > other.Form ? Form : other.Form,
        HasOldLimit = HasOldLimit || other.HasOldLimit,
        HasBothLimits = HasBothLimits || other.HasBothLimits,
        HasNoSystem = HasNoSystem || other.HasNoSystem,
        HasParts = HasParts || other.HasParts,
        IsStreamed = IsStreamed || other.IsStreamed,
        FewestTokens = Math.Max(FewestTokens, other.FewestTokens),
        MostTokens = MostTokens == 0 || other.MostTokens == 0 ? MostTokens + other.MostTokens : Math.Min(MostTokens, other.MostTokens),
        Without = Without.Union(other.Without),
    };

    /// <summary>
    /// Returns the dialect to try after a rejection, or null when the question itself is at fault. Once a dialect has worked, a rejection
    /// counts against the dialect only if the server's message mentions it or if another call has found a plainer dialect meanwhile.
    /// </summary>
    /// <param name="failure">How the server rejected the request.</param>
    /// <param name="request">What was sent.</param>
    /// <param name="known">The dialect that other calls found.</param>
    /// <param name="isProven">Whether a dialect has worked.</param>
    public Dialect? After(ChatCallException failure, SentRequest request, Dialect known, bool isProven) =>
        Next(failure, request, known, isProven) is { } next && next != this ? next : null;

    private Dialect? Next(ChatCallException failure, SentRequest request, Dialect known, bool isProven)
    {
        var isOfRequest = failure.Status is 400 or 413 or 415 or 422 or 501;
        if (failure.IsLoading || (!isOfRequest && failure.Status is not (404 or (>= 500 and < 600))))
        {
            return null;
        }

        if (isOfRequest && known.IsPlainerThan(this))
        {
            return PlainerOf(known);
        }

        // A question that is too long names the limit of tokens, too; with a shorter reply it may fit.
        if (TooLong().IsMatch(failure.Said))
        {
            return OfReply().IsMatch(failure.Said) && request.Limit / 2 >= Math.Max(LeastTokens, FewestTokens)
                ? this with { Divisor = 2 * Divisor } : null;
        }

        if (isOfRequest && Least().Match(failure.Said) is { Success: true } least && request.Limit > 0
            && int.TryParse(least.Groups["number"].Value, CultureInfo.InvariantCulture, out var fewest) && fewest >= request.Limit
            && fewest <= MostFewest)
        {
            // More than that many: as much again. A bound that rises with every question is soon reached.
            return this with { FewestTokens = fewest == FewestTokens || (MostTokens > 0 && fewest > MostTokens) ? FewestTokens
                : Math.Max(least.Groups["more"].Success ? 2 * fewest : fewest, Math.Min(2 * FewestTokens, MostFewest)) };
        }

        if (isOfRequest && Range(failure, request.Limit) is { } most)
        {
            // One that falls with every question, too.
            return this with { MostTokens = MostTokens > 0 ? Math.Min(most, Math.Max(MostTokens / 2, LeastTokens)) : most };
        }

        if (HasNewLimit(request) && PlaceOf(failure.Said, "max_tokens") >= 0
            && PlaceOf(failure.Said, "max_completion_tokens") is var at && (at < 0 || Wanted().IsMatch(failure.Said)))
        {
            return this with { HasOldLimit = true };
        }

        if (Rejected(failure, request) is { } rejected)
        {
            return rejected == "max_completion_tokens" && HasNewLimit(request) ? this with { HasOldLimit = true }
                : this with { Without = Without.Add(rejected) };
        }

        if (!IsStreamed && isOfRequest && !request.Names.Contains("stream") && StreamWanted().IsMatch(failure.Said))
        {
            return this with { IsStreamed = true };
        }

        if (!HasNoSystem && System().IsMatch(failure.Said))
        {
            return this with { HasNoSystem = true };
        }

        if (!HasParts && isOfRequest && Parts().IsMatch(failure.Said))
        {
            return this with { HasParts = true };
        }

        if (Form < AnswerForm.Words && Signs.Any(sign => failure.Said.Contains(sign, StringComparison.OrdinalIgnoreCase)))
        {
            return this with { Form = Form + 1 };
        }

        return isProven || !isOfRequest || failure.Status == 413 ? null
            : Form < AnswerForm.Words ? this with { Form = Form + 1 }
            : HasNewLimit(request) ? this with { HasOldLimit = true }
            : !HasNoSystem || Optional.Any(request.Names.Contains) ? this with { Without = Without.Union(Optional), HasNoSystem = true }
            : !HasParts ? this with { HasParts = true }
            : request.Limit > 0 ? this with { Without = Without.Union(Limits) } : null;
    }

    private bool HasNewLimit(SentRequest request) => !HasOldLimit && request.Names.Contains("max_completion_tokens")
        && !request.Names.Contains("max_tokens") && !Without.Contains("max_tokens");

    // The server's own limit of tokens, where a message names it beside the one that was sent.
    private static int? Range(ChatCallException failure, int limit)
    {
        var numbers = Numbers().Matches(failure.Said.Replace(",", "", StringComparison.Ordinal))
            .Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture)).ToList();
        var most = numbers.Where(number => number < limit && number > LeastTokens).DefaultIfEmpty().Max();
        var isOfLimit = numbers.Contains(limit) || ((Limits.Contains(failure.Parameter) || OfReply().IsMatch(failure.Said))
            && Most().IsMatch(failure.Said));
        return limit > 0 && isOfLimit && most > 0 ? most - 1 : null;
    }

    // The parameter at fault: the one that the server names apart, else the first that its sentence names.
    private static string? Rejected(ChatCallException failure, SentRequest request)
    {
        var names = request.Names.Except(Needed).ToList();
        return names.Contains(failure.Parameter) ? failure.Parameter
            : names.Select(name => (Name: name, At: PlaceOf(failure.Said, name))).Where(found => found.At >= 0)
                .OrderBy(found => found.At).Select(found => found.Name).FirstOrDefault();
    }

    // Where a message names a parameter, not only a longer name or a word like it; -1 where it does not.
    private static int PlaceOf(string message, string parameter) => PlaceOfWord(message, parameter) is >= 0 and var at ? at
        : parameter.Contains('_', StringComparison.Ordinal)
            ? PlaceOfWord(message, parameter.Replace("_", "", StringComparison.Ordinal)) : -1;

    private static int PlaceOfWord(string message, string parameter)
    {
        for (var at = message.IndexOf(parameter, StringComparison.OrdinalIgnoreCase); at >= 0;
            at = message.IndexOf(parameter, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + parameter.Length;
            if ((at == 0 || !(char.IsAsciiLetterOrDigit(message[at - 1]) || message[at - 1] == '_'))
                && (end == message.Length || !(char.IsAsciiLetterOrDigit(message[end]) || message[end] == '_')))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Rewrites a request in this dialect.</summary>
    /// <param name="question">The JSON request that the connector wrote.</param>
    /// <param name="options">Settings that apply to every request.</param>
    public SentRequest Write(byte[] question, OpenAIChatOptions options)
    {
        var body = JsonNode.Parse(question)!.AsObject();
        if (body["max_completion_tokens"] is JsonValue asked && asked.TryGetValue<int>(out var tokens))
        {
            tokens = Math.Max(FewestTokens, Math.Max(1, tokens / Divisor));
            body["max_completion_tokens"] = MostTokens > 0 ? Math.Min(tokens, MostTokens) : tokens;
        }

        if (body["max_completion_tokens"] is { } limit && (HasOldLimit || HasBothLimits || options.SendsMaxTokens))
        {
            body["max_tokens"] = limit.DeepClone();
            _ = HasOldLimit && body.Remove("max_completion_tokens");
        }

        var messages = Messages(body["messages"]!.AsArray());
        if (body["response_format"]?["json_schema"]?["schema"] is { } schema)
        {
            var last = messages[^1];
            if (Form == AnswerForm.Schema)
            {
                Append(last, SchemaWords.Of(schema));
            }
            else
            {
                Append(last, InWords(schema.ToJsonString()));
                body.Remove("response_format");
                if (Form == AnswerForm.Object)
                {
                    body["response_format"] = new JsonObject { ["type"] = "json_object" };
                }
            }
        }

        foreach (var message in HasParts ? messages : [])
        {
            message["content"] = Text(message) is { } text ? new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text })
                : message["content"]?.DeepClone();
        }

        body["messages"] = new JsonArray([.. messages]);
        if (options.IsStreaming || IsStreamed)
        {
            body["stream"] = true;
            body["stream_options"] = new JsonObject { ["include_usage"] = true };
        }

        foreach (var parameter in Without)
        {
            body.Remove(parameter);
        }

        return new SentRequest(JsonSerializer.SerializeToUtf8Bytes(body), [.. body.Select(property => property.Key)],
            (int?)(body["max_completion_tokens"] ?? body["max_tokens"]) ?? 0);
    }

    // Two messages of one role in a row are one: many models want the roles to alternate.
    private List<JsonObject> Messages(JsonArray messages)
    {
        var result = new List<JsonObject>();
        foreach (var node in messages)
        {
            var message = node!.DeepClone().AsObject();
            if (HasNoSystem && Role(message) is "system" or "developer")
            {
                message["role"] = "user";
            }

            if (result.Count > 0 && Role(result[^1]) == Role(message) && Text(message) is { } text && Text(result[^1]) is { } before)
            {
                result[^1]["content"] = $"{before}\n\n{text}";
            }
            else
            {
                result.Add(message);
            }
        }

        return result;
    }

    private static string? Role(JsonObject message) => (string?)message["role"];

    private static string? Text(JsonObject message) => message["content"] is JsonValue value && value.TryGetValue<string>(out var text)
        ? text : null;

    private static void Append(JsonObject message, string text)
    {
        if (message["content"] is JsonArray parts)
        {
            parts.Add(new JsonObject { ["type"] = "text", ["text"] = text });
        }
        else
        {
            message["content"] = message["content"]?.GetValue<string>() + text;
        }
    }

    [GeneratedRegex(@"\bsystem\b.{0,60}\b(?:role|message|prompt|instruction)|\b(?:role|message|prompt)s?\b.{0,60}\bsystem\b"
        + @"|\bdeveloper instruction|\broles? must alternate|\balternat\w+\b.{0,60}\b(?:user|role)|\bfirst message\b.{0,40}\buser\b"
        + @"|\bonly\b.{0,40}\buser\b.{0,40}\broles?\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex System();

    [GeneratedRegex(@"tokens\b.{0,80}?(?:\bat least|\bminimum(?: of| is)?|>=|(?<more>\b(?:greater|more|larger) than))\D{0,60}?"
        + @"(?<number>[0-9]{3,6})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Least();

    // Of what a request wants to be in place of something else.
    [GeneratedRegex(@"\b(?:required|missing|instead|use)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Wanted();

    [GeneratedRegex(@"\b(?:content|messages)\b.{0,80}\b(?:list|array|sequence)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Parts();

    [GeneratedRegex(@"\bcompletion|\bmax_(?:new_)?tokens|\bmax_completion|\bmax(?:imum)? tokens\b|\boutput\b|\bgenerat",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OfReply();

    [GeneratedRegex(@"\bat most\b|\bless than\b|<=|\blower than\b|\btoo (?:large|high|big)\b|\bmaximum\b|\blimit\b|\brange\b"
        + @"|\bgreater than\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Most();

    [GeneratedRegex(@"\bstream\w*\b.{0,60}\b(?:only|must|required|requires|need)|\b(?:only|must|requires?|need)\b.{0,60}\bstream",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StreamWanted();

    [GeneratedRegex(@"(?<![\w.])[0-9]{1,7}(?![\w.]*\d)")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\binputs?`? tokens \+|\bcontext[ _-]?(?:length|window|size)|\bmax(?:imum)?[ _](?:context|model[ _]len\w*|sequence)"
        + @"|\btoo long\b|\btoo many tokens|\bexceed\w*\b.{0,60}\b(?:context|tokens|length)|\breduce the length|\bprompt is longer",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TooLong();
}

/// <summary>A request in a dialect.</summary>
/// <param name="Body">The JSON.</param>
/// <param name="Names">Names of its parameters.</param>
/// <param name="Limit">Its limit of tokens; 0 for none.</param>
internal sealed record SentRequest(byte[] Body, IReadOnlyCollection<string> Names, int Limit);

/// <summary>How the request states the schema of the answer, from strict to plain.</summary>
internal enum AnswerForm
{
    /// <summary>As a JSON schema in <c>response_format</c>, and its fields in words.</summary>
    Schema,

    /// <summary>As any JSON object, with the schema in words.</summary>
    Object,

    /// <summary>In words alone.</summary>
    Words,
}
