using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XCoder.Agents.Chat;

/// <summary>The form of request that a server accepts. The connector writes OpenAI's newest form; each other dialect is plainer.</summary>
internal sealed record Dialect
{
    private static readonly string[] Signs = ["response_format", "json_schema", "json_object", "schema", "grammar", "structured", "guided"];

    // Parameters that a request can do without.
    private static readonly string[] Optional = ["temperature", "top_p", "seed", "presence_penalty", "frequency_penalty"];

    /// <summary>How the request states the schema of the answer.</summary>
    public AnswerForm Form { get; init; }

    /// <summary>Parameters that are left out because the server rejects them.</summary>
    public ImmutableHashSet<string> Without { get; init; } = [];

    /// <summary>Whether the token limit is sent only under its old name, <c>max_tokens</c>.</summary>
    public bool HasOldLimit { get; init; }

    /// <summary>The schema in words, to append to the last message.</summary>
    public static string InWords(string schema) =>
        $"\n\nAnswer with one JSON object that fits this JSON schema, and with nothing else:\n{schema}";

    public bool IsPlainerThan(Dialect other) =>
        Form > other.Form || (HasOldLimit && !other.HasOldLimit) || !Without.IsSubsetOf(other.Without);

    public Dialect PlainerOf(Dialect other) => new()
    {
        Form = Form > other.Form ? Form : other.Form,
        HasOldLimit = HasOldLimit || other.HasOldLimit,
        Without = Without.Union(other.Without),
    };

    /// <summary>
    /// Returns the dialect to try after a rejection, or null when the question itself is at fault. Once a dialect has worked, a rejection
    /// counts against the dialect only if the server's message mentions it or if another call has found a plainer dialect meanwhile.
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

        if (Array.Find(Optional, name => !Without.Contains(name) && Names(failure.Message, name)) is { } rejected)
        {
            return this with { Without = Without.Add(rejected) };
        }

        return Form < AnswerForm.Words
            && (!isProven || Signs.Any(sign => failure.Message.Contains(sign, StringComparison.OrdinalIgnoreCase)))
            ? this with { Form = Form + 1 } : null;
    }

    // Whether a message names a parameter, not only uses a longer name or a word like it.
    private static bool Names(string message, string parameter)
    {
        for (var at = message.IndexOf(parameter, StringComparison.OrdinalIgnoreCase); at >= 0;
            at = message.IndexOf(parameter, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + parameter.Length;
            if ((at == 0 || !(char.IsLetterOrDigit(message[at - 1]) || message[at - 1] == '_'))
                && (end == message.Length || !(char.IsLetterOrDigit(message[end]) || message[end] == '_')))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Rewrites a request in this dialect.</summary>
    /// <param name="question">The JSON request that the connector wrote.</param>
    /// <param name="options">Settings that apply to every request.</param>
    public byte[] Write(byte[] question, OpenAIChatOptions options)
    {
        if (Form == AnswerForm.Schema && !HasOldLimit && Without.IsEmpty && !options.IsStreaming && !options.SendsMaxTokens)
        {
            return question;
        }

        var body = JsonNode.Parse(question)!.AsObject();
        foreach (var parameter in Without)
        {
            body.Remove(parameter);
        }

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

/// <summary>How the request states the schema of the answer, from strict to plain.</summary>
internal enum AnswerForm
{
    /// <summary>As a JSON schema in <c>response_format</c>.</summary>
    Schema,

    /// <summary>As any JSON object, with the schema in words.</summary>
    Object,

    /// <summary>In words alone.</summary>
    Words,
}
