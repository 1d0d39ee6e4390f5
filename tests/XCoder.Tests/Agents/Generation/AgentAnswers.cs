using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using XCoder.Tests.Agents.Chat;

namespace XCoder.Tests.Agents.Generation;

/// <summary>A model that knows its part: good answers by role, which depend on the first question alone, not on how often it was asked.</summary>
internal static class AgentAnswers
{
    private static readonly (string Name, string Code)[] Codes =
    [
        ("Python", "def f{0}(a):\n    return a + {0}"), ("Go", "func f{0}(a int) int {{\n\treturn a + {0}\n}}"),
        ("Java", "class F{0} {{ int f(int a) {{ return a + {0}; }} }}"), ("C#", "class F{0} {{ int G(int a) => a + {0}; }}"),
    ];

    public static LoopbackAnswer Of(LoopbackRequest request) => new() { Text = Answer(request).ToJsonString() };

    public static JsonObject Answer(LoopbackRequest request)
    {
        var asked = request.Messages.First(message => message.Role == "user").Text;
        var number = BitConverter.ToUInt16(SHA256.HashData(Encoding.UTF8.GetBytes(request.SchemaName + asked)));
        var task = string.Join(' ', Enumerable.Range(0, 12).Select(i => $"word{(number * (i + 7)) % 9973}"));
        return request.SchemaName switch
        {
            "critique" => new JsonObject
            {
                ["scores"] = new JsonObject(request.Schema!.Value.GetProperty("properties").GetProperty("scores").GetProperty("properties").EnumerateObject().Select(score => KeyValuePair.Create<string, JsonNode?>(score.Name, 7 + (number % 3)))),
                ["verdict"] = (number % 5) switch { 0 => "revise", 1 => "reject", _ => "accept" },
                ["merits"] = new JsonArray($"merit {number % 7}"),
                ["faults"] = new JsonArray($"fault {number % 7}"),
            },
            "vote" => new JsonObject { ["choice"] = 1 + (number % 3), ["reason"] = "best" },
            "decide" => new JsonObject { ["instruction"] = $"Decided: write {task}.", ["settled"] = number % 2 == 0, ["next"] = "edges" },
            "reflect" => new JsonObject { ["merits"] = new JsonArray($"Tasks like {number % 11}."), ["faults"] = new JsonArray($"Tasks without {number % 11}.") },
            "forward-instruction" or "reverse-instruction" => new JsonObject { ["instruction"] = $"Write {task}." },
            "propose" => new JsonObject { ["instruction"] = $"Proposed: write {task}.", ["reason"] = "worth it" },
            "react" => new JsonObject { ["comment"] = $"comment {number}", ["instruction"] = $"Better: write {task}." },
            "test" => new JsonObject { ["tests"] = "" },
            _ => Response(request.SchemaName, asked, task, number),
        };
    }

    private static JsonObject Response(string role, string asked, string task, int number)
    {
        var named = Codes.Select(item => (item.Code, At: asked.LastIndexOf(" " + item.Name, StringComparison.Ordinal))).MaxBy(item => item.At);
        var answer = new JsonObject { ["code"] = string.Format(System.Globalization.CultureInfo.InvariantCulture, named.Code, number), ["explanation"] = $"Adds {number}." };
        if (role != "attempt")
        {
            answer["tests"] = "";
        }

        if (role == "revise")
        {
            answer["instruction"] = $"Revised: write {task}.";
        }

        return answer;
    }
}
