using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XCoder.Tests.Agents.Chat;

/// <summary>Answers that depend on the request alone, whatever the order in which requests arrive.</summary>
internal static class LoopbackAnswers
{
    /// <summary>An answer made up by the request's schema and content.</summary>
    public static LoopbackAnswer BySchema(LoopbackRequest request) =>
        request.Schema is { } schema ? Of(schema, request.SchemaName + request.Messages[^1].Text).ToJsonString() : "{}";

    /// <summary>An answer of a schema; another for each seed.</summary>
    public static JsonNode Of(JsonElement schema, string seed) => Make(schema, new Random(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(seed)))))!;

    /// <summary>Other answers, of which a share is spoilt; the n-th time the same is asked always meets the same fault.</summary>
    public static Func<LoopbackRequest, LoopbackAnswer> WithFaults(this Func<LoopbackRequest, LoopbackAnswer> answer, int seed, double rate, params LoopbackFault[] faults)
    {
        var seen = new ConcurrentDictionary<long, int>();
        return request =>
        {
            var hash = BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(request.Body)));
            var random = new Random(Mix(seed, hash, seen.AddOrUpdate(hash, 1, static (_, count) => count + 1)));
            return random.NextDouble() < rate ? new LoopbackAnswer { Fault = faults[random.Next(faults.Length)], RetryAfter = "0" } : answer(request);
        };
    }

    // Not HashCode, which differs from process to process.
    private static int Mix(int seed, long hash, int count) => unchecked((int)((ulong)((hash * 31) + seed + (count * 7919L)) * 0x9E3779B97F4A7C15UL >> 32));

    private static JsonNode? Make(JsonElement schema, Random random)
    {
        if (schema.TryGetProperty("enum", out var choices))
        {
            return JsonNode.Parse(choices[random.Next(choices.GetArrayLength())].GetRawText());
        }

        var type = schema.TryGetProperty("type", out var named) ? named.ValueKind == JsonValueKind.Array ? named[0].GetString() : named.GetString() : "string";
        switch (type)
        {
            case "object":
                var result = new JsonObject();
                foreach (var property in schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject() : default)
                {
                    result[property.Name] = Make(property.Value, random);
                }

                return result;
            case "array":
                var length = Math.Clamp(random.Next(1, 4), Number(schema, "minItems", 0), Number(schema, "maxItems", int.MaxValue));
                return new JsonArray([.. Enumerable.Range(0, length).Select(_ => schema.TryGetProperty("items", out var items) ? Make(items, random) : JsonValue.Create("x"))]);
            case "integer" or "number":
                var low = Number(schema, "minimum", 0);
                return random.Next(low, Math.Max(low, Number(schema, "maximum", low + 10)) + 1);
            case "boolean":
                return random.Next(2) == 1;
            default:
                var text = string.Join(' ', Enumerable.Range(0, 8).Select(_ => $"w{random.Next(1000)}")).PadRight(Number(schema, "minLength", 0), '.');
                return text[..Math.Min(text.Length, Number(schema, "maxLength", int.MaxValue))];
        }
    }

    private static int Number(JsonElement schema, string name, int otherwise) => schema.TryGetProperty(name, out var value) ? (int)value.GetDouble() : otherwise;
}
