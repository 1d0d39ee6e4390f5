using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XCoder.Tests.Agents.Chat.Dialects;

/// <summary>How a server speaks: which requests it refuses, and how it writes an answer.</summary>
/// <param name="Name">Name of the dialect.</param>
/// <param name="Refuse">The refusal of a request, or null where the server takes it.</param>
/// <param name="Say">The reply that holds an answer.</param>
internal sealed record ServerDialect(string Name, Func<LoopbackRequest, LoopbackAnswer?> Refuse, Func<LoopbackRequest, JsonObject, LoopbackAnswer> Say)
{
    /// <summary>A server that speaks this dialect.</summary>
    /// <param name="truth">The answer to each question.</param>
    public Func<LoopbackRequest, LoopbackAnswer> Of(Func<LoopbackRequest, JsonObject> truth) => request => Refuse(request) ?? Say(request, truth(request));
}

/// <summary>All dialects, in one table.</summary>
internal static class ServerDialects
{
    /// <summary>Name of the dialect of a server that does all that it is asked.</summary>
    public const string AsAsked = "as asked";

    private const int Default = 60;

    private static readonly string Draft = """{"instruction": "A draft.", "code": "draft", "explanation": "", "tests": "", "verdict": "reject"}""";

    public static IReadOnlyList<ServerDialect> All { get; } =
    [
        Writing(AsAsked, AnswerForms.Json),

        // What is refused, and how.
        Refusing("temperature by name", 400, """{"error": {"message": "Unsupported parameter: 'temperature'", "param": "temperature"}}""", request => Has(request, "temperature")),
        Refusing("temperature by its place", 422, """{"detail": [{"type": "extra_forbidden", "loc": ["body", "temperature"], "msg": "Extra inputs are not permitted"}]}""", request => Has(request, "temperature")),
        Refusing("new name of the limit", 400, "json: unknown field \"max_completion_tokens\"", request => Has(request, "max_completion_tokens")),
        Refusing("any limit", 400, """{"message": "Unknown arguments: max_tokens, max_completion_tokens"}""", request => Has(request, "max_completion_tokens") || Has(request, "max_tokens")),
        Refusing("schemas", 400, """{"error": {"message": "response_format.type json_schema is not supported"}}""", request => request.FormatType == "json_schema"),
        Refusing("any format of the response", 501, "structured output is not implemented", request => request.FormatType.Length > 0),
        Refusing("the system role", 400, """{"error": "System role not supported"}""", request => request.Messages.Any(message => message.Role == "system")),
        Refusing("roles that do not alternate", 400, """{"error": {"message": "Conversation roles must alternate user/assistant/user/assistant/..."}}""", request => request.Messages.Where((message, i) => message.Role != (i % 2 == 0 ? "user" : "assistant")).Any()),
        Refusing("all but the oldest, without a word", 400, "", request => request.Json.EnumerateObject().Any(item => item.Name is not ("model" or "messages" or "max_tokens"))),
        Refusing("content as text", 422, """{"detail": [{"loc": ["body", "messages", 0, "content"], "msg": "Input should be a valid list"}]}""", request => request.Json.GetProperty("messages")[0].GetProperty("content").ValueKind == JsonValueKind.String),
        Refusing("high limits", 400, """{"error": {"message": "max_completion_tokens is too large: the maximum is 900"}}""", request => Limit(request) > 900),
        Refusing("within a 200", 200, """{"error": {"message": "temperature is not allowed", "code": 400}}""", request => Has(request, "temperature")),
        Refusing("other roles than two", 400, """{"object": "error", "message": "Only user and assistant roles are supported!"}""", request => request.Messages.Any(message => message.Role == "system")),
        Refusing("in Chinese", 400, """{"code": 1214, "msg": "\u53c2\u6570temperature\u4e0d\u652f\u6301"}""", request => Has(request, "temperature")),
        Refusing("keywords of schemas", 422, """{"detail": [{"loc": ["body", "x"], "msg": "keyword maxLength is not permitted"}]}""", request => request.Schema?.GetRawText().Contains("maxLength", StringComparison.Ordinal) == true && request.FormatType == "json_schema"),
        new("streams only", request => request.IsStreaming ? null : new LoopbackAnswer { Status = 400, Body = """{"error": "This endpoint only supports streaming: set stream to true."}""" }, (_, answer) => AnswerForms.Json(answer)),

        // The form of the answer.
        .. new (string, Func<JsonObject, string>)[]
        {
            ("JSON in a fence", AnswerForms.Fenced), ("JSON in a string", AnswerForms.TwiceEncoded), ("JSON within another value", AnswerForms.Wrapped), ("JSON in the schema's place", AnswerForms.SchemaEchoed),
            ("names in another case", AnswerForms.OtherNames), ("JSON escaped for HTML", AnswerForms.HtmlEscaped), ("names and values", AnswerForms.NamesAndValues), ("a field a line", AnswerForms.Lines),
            ("a list of fields", AnswerForms.ListOfSingles), ("values with types", AnswerForms.ValuesWithTypes), ("code as a list of lines", AnswerForms.CodeAsLines), ("triple quotes", AnswerForms.TripleQuoted),
            ("a program of Python", AnswerForms.PythonCall), ("a program of JavaScript", AnswerForms.Backticks), ("single quotes", AnswerForms.SingleQuoted), ("comments and trailing commas", AnswerForms.WithComments),
            ("raw lines in strings", AnswerForms.RawLines), ("a tool call in text", AnswerForms.ToolCall), ("parameters in text", AnswerForms.Parameters), ("YAML", AnswerForms.Yaml), ("YAML in a fence", AnswerForms.YamlInFence),
            ("TOML", AnswerForms.Toml), ("Markdown", AnswerForms.Markdown), ("underlined headings", AnswerForms.Setext), ("bold labels", AnswerForms.BoldLabels), ("labels in brackets", AnswerForms.Brackets), ("a table", AnswerForms.Table),
            ("XML", AnswerForms.Xml), ("escaped XML", AnswerForms.EscapedXml), ("XML of named fields", AnswerForms.NamedFields), ("flat scores", AnswerForms.FlatScores), ("scores as a list", AnswerForms.ScoresAsList),
            ("scores of ten", answer => AnswerForms.Scores(answer, score => $"{score}/10")), ("scores in words", answer => AnswerForms.Scores(answer, score => $"{Word(score)} out of ten")),
            ("scores of a hundred", answer => AnswerForms.Scores(answer, score => $"{10 * score}/100")), ("scores with reasons", answer => AnswerForms.Scores(answer, score => new JsonObject { ["score"] = score, ["reason"] = "It is." })),
        }.Select(form => Writing(form.Item1, form.Item2)),

        // Thoughts.
        .. new[] { "think", "reasoning", "ponder", "inner_thoughts", "notes" }.Select(tag => Writing($"thoughts in <{tag}>", answer => $"<{tag}>\nPerhaps {Draft}? No.\n</{tag}>\n\n{AnswerForms.Json(answer)}")),
        Writing("thoughts behind it", answer => $"{AnswerForms.Json(answer)}\n<ponder>Or rather {Draft}?</ponder>"),
        Writing("thoughts in a comment", answer => $"<!-- Perhaps {Draft}? -->\n{AnswerForms.Markdown(answer)}"),
        Writing("thoughts without their beginning", answer => $"Perhaps {Draft}? No.\n</think>\n{AnswerForms.Json(answer)}"),
        Writing("thoughts before Markdown", answer => $"<think>\n## Code\n\n```\ndraft\n```\n</think>\n{AnswerForms.Markdown(answer)}"),
        Writing("channels", answer => $"<|channel|>analysis<|message|>{Draft}<|end|><|start|>assistant<|channel|>final<|message|>{AnswerForms.Json(answer)}<|return|>"),
        Speaking("thoughts apart", answer => Message(new JsonObject { ["content"] = AnswerForms.Json(answer), ["reasoning_content"] = Draft })),
        Speaking("the answer among the thoughts", answer => Message(new JsonObject { ["content"] = null, ["reasoning"] = AnswerForms.Json(answer) })),

        // The reply around it.
        Speaking("parts", answer => Message(new JsonObject { ["content"] = new JsonArray(new JsonObject { ["type"] = "thinking", ["thinking"] = Draft }, new JsonObject { ["type"] = "thought", ["text"] = Draft }, new JsonObject { ["type"] = "text", ["text"] = AnswerForms.Json(answer) }) })),
        Speaking("tool call", answer => Message(new JsonObject { ["content"] = null, ["tool_calls"] = new JsonArray(new JsonObject { ["function"] = new JsonObject { ["name"] = "f", ["arguments"] = AnswerForms.Json(answer) } }) })),
        Speaking("function call", answer => Message(new JsonObject { ["content"] = "", ["function_call"] = new JsonObject { ["arguments"] = answer.DeepClone() } })),
        Speaking("a use of a tool", answer => Message(new JsonObject { ["content"] = new JsonArray(new JsonObject { ["type"] = "tool_use", ["name"] = "f", ["input"] = answer.DeepClone() }) })),
        Speaking("a bare tool call", answer => Message(new JsonObject { ["content"] = "", ["tool_calls"] = new JsonArray(new JsonObject { ["name"] = "f", ["arguments"] = answer.DeepClone() }) })),
        Speaking("a tool call in events", answer => string.Concat(AnswerForms.Json(answer).Chunk(9).Select(part => $"data: {new JsonObject { ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = new JsonObject { ["tool_calls"] = new JsonArray(new JsonObject { ["index"] = 0, ["function"] = new JsonObject { ["arguments"] = new string(part) } }) } }) }.ToJsonString()}\n\n")) + "data: [DONE]\n\n"),
        Speaking("Anthropic's events", answer => "event: message_start\ndata: {\"type\": \"message_start\", \"message\": {\"role\": \"assistant\", \"content\": []}}\n\n" + string.Concat(AnswerForms.Json(answer).Chunk(9).Select(part => $"event: content_block_delta\ndata: {new JsonObject { ["type"] = "content_block_delta", ["delta"] = new JsonObject { ["type"] = "text_delta", ["text"] = new string(part) } }.ToJsonString()}\n\n")) + "data: {\"type\": \"message_delta\", \"delta\": {\"stop_reason\": \"end_turn\"}}\n\ndata: {\"type\": \"message_stop\"}\n\n"),
        Speaking("OpenAI's other events", answer => string.Concat(AnswerForms.Json(answer).Chunk(9).Select(part => $"event: response.output_text.delta\ndata: {new JsonObject { ["type"] = "response.output_text.delta", ["delta"] = new string(part) }.ToJsonString()}\n\n")) + "event: response.completed\ndata: {\"type\": \"response.completed\", \"response\": {\"status\": \"completed\"}}\n\n"),
        Speaking("a prefix against scripts", answer => ")]}',\n" + Message(new JsonObject { ["content"] = AnswerForms.Json(answer) })),
        Speaking("a call of JavaScript", answer => $"callback({Message(new JsonObject { ["content"] = AnswerForms.Json(answer) })});"),
        Speaking("a finish reason that is always the limit", answer => Message(new JsonObject { ["content"] = AnswerForms.Fenced(answer).Split("\n\nLet me")[0] }, "\"length\"")),
        Speaking("lines with odd numbers", answer => string.Concat(AnswerForms.Json(answer).Chunk(9).Select(part => $"{{\"choices\": [{{\"delta\": {{\"content\": {JsonSerializer.Serialize(new string(part))}}}, \"logprob\": NaN}}]}}\n"))),
        Speaking("halves of characters in events", answer => Events("\u0001").Replace("data: [DONE]", "", StringComparison.Ordinal).Replace("\\u0001", "\\ud83d", StringComparison.Ordinal) + Events("\u0001" + AnswerForms.Json(answer)).Replace("\\u0001", "\\ude00", StringComparison.Ordinal)),
        Speaking("parsed content", answer => Message(new JsonObject { ["content"] = null, ["parsed"] = answer.DeepClone() })),
        Speaking("events unasked for", answer => Events(AnswerForms.Json(answer))),
        Speaking("odd fields", answer => "\uFEFF" + Message(new JsonObject { ["content"] = AnswerForms.Json(answer) }, "\"eos\", \"created\": 17.5, \"usage\": [], \"logprobs\": {\"a\": NaN, \"b\": -Infinity}") + "\n\ndata: [DONE]\n\n"),
        Speaking("half a character", answer => Message(new JsonObject { ["content"] = AnswerForms.Json(answer) }).Replace("\"content\":\"", "\"content\":\"\\ud83d ", StringComparison.Ordinal)),
        Speaking("Ollama's form", answer => new JsonObject { ["model"] = "m", ["response"] = AnswerForms.Json(answer), ["done"] = true, ["done_reason"] = "stop" }.ToJsonString()),
        Speaking("OpenAI's other form", answer => new JsonObject { ["object"] = "response", ["output"] = new JsonArray(new JsonObject { ["type"] = "reasoning", ["summary"] = new JsonArray() }, new JsonObject { ["type"] = "message", ["content"] = new JsonArray(new JsonObject { ["type"] = "output_text", ["text"] = AnswerForms.Json(answer) }) }) }.ToJsonString()),
        Speaking("Anthropic's form", answer => new JsonObject { ["type"] = "message", ["role"] = "assistant", ["content"] = new JsonArray(new JsonObject { ["type"] = "thinking", ["thinking"] = Draft }, new JsonObject { ["type"] = "text", ["text"] = AnswerForms.Json(answer) }), ["stop_reason"] = "end_turn" }.ToJsonString()),
        Speaking("Google's form", answer => new JsonObject { ["candidates"] = new JsonArray(new JsonObject { ["content"] = new JsonObject { ["parts"] = new JsonArray(new JsonObject { ["text"] = Draft, ["thought"] = true }, new JsonObject { ["text"] = AnswerForms.Json(answer) }) }, ["finishReason"] = "STOP" }) }.ToJsonString()),
        Speaking("generated text", answer => $"[{new JsonObject { ["generated_text"] = AnswerForms.Json(answer) }.ToJsonString()}]"),
        new("GBK", _ => null, (_, answer) => new LoopbackAnswer { Body = Message(Relaxed(answer)), ContentType = "application/json; charset=gbk", Encoding = CodePagesEncodingProvider.Instance.GetEncoding("gbk")! }),
        new("UTF-16", _ => null, (_, answer) => new LoopbackAnswer { Body = Message(Relaxed(answer)), ContentType = "application/json; charset=utf-16", Encoding = Encoding.Unicode }),
        new("UTF-16 without a mark", _ => null, (_, answer) => new LoopbackAnswer { Body = Message(Relaxed(answer)), Encoding = new UnicodeEncoding(bigEndian: true, byteOrderMark: false) }),
        new("Latin-1", _ => null, (_, answer) => new LoopbackAnswer { Body = Message(Relaxed(answer)), ContentType = "application/json; charset=ISO-8859-1", Encoding = Encoding.Latin1 }),
        new("Latin-1 unsaid", _ => null, (_, answer) => new LoopbackAnswer { Body = Message(Relaxed(answer)), Encoding = Encoding.Latin1 }),
        new("UTF-8 called Latin-1", _ => null, (_, answer) => new LoopbackAnswer { Body = Message(Relaxed(answer)), ContentType = "application/json; charset=latin1" }),

        // Answers that are cut.
        new("cut XML", _ => null, (request, answer) => Limit(request) > 1000 ? AnswerForms.Xml(answer) : AnswerForms.Xml(answer) is var text ? new LoopbackAnswer { Text = text[..(text.LastIndexOf("</", text.LastIndexOf("</", StringComparison.Ordinal) - 1, StringComparison.Ordinal) - 9)] } : ""),
        Cutting("cut by its own limit", "length"), Cutting("cut without saying so", "stop"),
    ];

    public static ServerDialect Find(string name) => All.Single(dialect => dialect.Name == name);

    private static ServerDialect Refusing(string name, int status, string body, Func<LoopbackRequest, bool> refuses) =>
        new("refuses " + name, request => refuses(request) ? new LoopbackAnswer { Status = status, Body = body } : null, (_, answer) => AnswerForms.Json(answer));

    private static ServerDialect Writing(string name, Func<JsonObject, string> write) => new(name, _ => null, (_, answer) => write(answer));

    private static ServerDialect Speaking(string name, Func<JsonObject, string> body) => new(name, _ => null, (_, answer) => new LoopbackAnswer { Body = body(answer) });

    // A server that knows the limit by its old name alone.
    private static ServerDialect Cutting(string name, string finish) => new(name, _ => null, (request, answer) => AnswerForms.Json(answer) is var text && !Has(request, "max_tokens") && text.Length > Default
        ? new LoopbackAnswer { Text = text[..Default], Finish = finish, CompletionTokens = Default / 4 } : text);

    private static bool Has(LoopbackRequest request, string name) => request.Json.TryGetProperty(name, out _);

    private static int Limit(LoopbackRequest request) => request.Json.TryGetProperty("max_completion_tokens", out var limit) || request.Json.TryGetProperty("max_tokens", out limit) ? limit.GetInt32() : 0;

    private static JsonObject Relaxed(JsonObject answer) => new() { ["content"] = AnswerForms.Json(answer) };

    private static string Message(JsonObject message, string finish = "\"stop\"") => $$"""{"choices": [{"message": {{message.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })}}, "finish_reason": {{finish}}}]}""";

    private static string Events(string text) => string.Concat(text.Chunk(7).Select(part => $"data: {new JsonObject { ["choices"] = new JsonArray(new JsonObject { ["delta"] = new JsonObject { ["content"] = new string(part) } }) }.ToJsonString()}\r\n\r\n")) + "data: [DONE]\r\n\r\n";

    private static string Word(double score) => ((string[])["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])[int.Parse(score.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)];
}
