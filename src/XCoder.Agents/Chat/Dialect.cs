using System.Text.Json;
using System.Text.Json.Nodes;

namespace XCoder.Agents.Chat;

/// <summary>How a server wants to be asked. The connector writes OpenAI's newest form; each step away from it is plainer.</summary>
internal sealed record Dialect
{
    private static readonly string[] Signs = ["response_format", "json_schema", "json_object", "schema", "grammar", "structured", "guided"];

    /// <summary>How the answer's form is asked for.</summary>
    public AnswerForm Form { get; init; }

    /// <summary>Whether the limit of tokens is sent by its old name, <c>max_tokens</c>, alone.</summary>
    public bool HasOldLimit { get; init; }

    /// <summary>The schema in words, for the end of the last message.</summary>
    public static string InWords(string schema) =>
        $"\n\nAnswer with one JSON object that fits this JSON schema, and with nothing else:\n{schema}";

    public bool IsPlainerThan(Dialect other) => Form > other.Form || (HasOldLimit && !other.HasOldLimit);

    public Dialect PlainerOf(Dialect other) =>
        new() { Form = Form > other.Form ? Form : other.Form, HasOldLimit = HasOldLimit || other.HasOldLimit };

    /// <summary>
    /// The dialect to try after a rejection, or null where the question itself is at fault: once a dialect is proven, a rejection
    /// speaks of the dialect only where the server's message does, or where others have found a plainer one meanwhile.
    /// </summary>
    public Dialect? After(ChatCallException failure, Dialect known, bool isProven)
    {
        if (failure.Status is not (400 or 415 or 422 or 501))
        {
            return null;
        }

        if (known.IsPlainerThan(this))
        {
            return PlainerOf(known);
        }

        if (!HasOldLimit && !isProven && failure.Message.Contains("max_completion_tokens", StringComparison.OrdinalIgnoreCase))
        {
            return this with { HasOldLimit = true };
        }

        return Form < AnswerForm.Words
            && (!isProven || Signs.Any(sign => failure.Message.Contains(sign, StringComparison.OrdinalIgnoreCase)))
            ? this with { Form = Form + 1 } : null;
    }

    /// <summary>Writes a request in this dialect.</summary>
    /// <param name="question">The request as the connector wrote it, JSON.</param>
    /// <param name="options">What is asked for in every request.</param>
    public byte[] Write(byte[] question, OpenAIChatOptions options)
    {
        if (Form == AnswerForm.Schema && !HasOldLimit && !options.IsStreaming && !options.SendsMaxTokens)
        {
            return question;
        }

        var body = JsonNode.Parse(question)!.AsObject();
        if (body["max_completion_tokens"] is { } limit && (HasOldLimit || options.SendsMaxTokens))
        {
            body["max_tokens"] = limit.DeepClone();
            _ = HasOldLimit && body.Remove("max_completion_tokens");
        }

        if (Form != AnswerForm.Schema && body["response_format"]?["json_schema"]?["schema"] is { } schema)
        {
            Append(body["messages"]!.AsArray()[^1]!.AsObject(), InWords(schema.ToJsonString()));
            body.Remove("response_format");
            if (Form == AnswerForm.Object)
            {
                body["response_format"] = new JsonObject { ["type"] = "json_object" };
            }
        }

        if (options.IsStreaming)
        {
            body["stream"] = true;
            body["stream_options"] = new JsonObject { ["include_usage"] = true };
        }

        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

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
}

/// <summary>How the form of an answer is asked for.</summary>
internal enum AnswerForm
{
    /// <summary>By a JSON schema.</summary>
    Schema,

    /// <summary>As any JSON object, the schema in words.</summary>
    Object,

    /// <summary>In words alone.</summary>
    Words,
}
