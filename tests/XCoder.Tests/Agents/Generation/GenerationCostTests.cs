using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XCoder.Agents.Rows;
using XCoder.Tests.Agents.Chat;
using XCoder.Tests.Agents.Verification.Sandbox;
using XCoder.Tests.Cli;
using Xunit.Abstractions;

namespace XCoder.Tests.Agents.Generation;

/// <summary>What rows cost against a server whose answers are all right, and what the estimate says before.</summary>
public class GenerationCostTests(AgentCorpus corpus, ITestOutputHelper output) : IClassFixture<AgentCorpus>
{
    private const int Rows = 16;
    private const double CharactersAToken = 3.5;

    [SandboxFact]
    [Trait(FullRun.Category, FullRun.Heavy)]
    public void Generate_EveryAnswerRight_CostsWhatTheEstimateSays()
    {
        var rows = int.TryParse(Environment.GetEnvironmentVariable("XCODER_COST_ROWS"), out var wanted) ? wanted : Rows;
        using var server = new LoopbackChatServer(request => IdealModel.Answer(request).ToJsonString() is var text
            ? new LoopbackAnswer { Text = text, PromptTokens = (int)(Sent(request) / CharactersAToken), CompletionTokens = (int)(text.Length / CharactersAToken) } : null!);
        var workspace = corpus.NewWorkspace();
        var estimate = Json(Generate("--estimate", "--format", "json"));

        // A trial tells how long the model's answers are; its rows may repeat, since it is a run of its own, with other draws.
        Generate("--count", "8", "--epoch", "4", "--run", "trial", "--seed", "2");
        var (tried, informed) = ((int)server.Count, Json(Generate("--estimate", "--format", "json")));
        Generate("--format", "json");
        CliProcess.Run(corpus.Root, "verify", "--workspace", workspace).Expect(0);
        var asked = server.Requests.Skip(tried).ToList();
        var report = Json(CliProcess.Run(corpus.Root, "export", "--data-format", "pairs", "--licences", "any", "--all", "--run", "default", "--workspace", workspace).Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries) is var lines
            ? "[" + string.Join(',', lines) + "]" : "");
        var made = report.EnumerateArray().ToList();
        var accepted = made.Count(row => row.GetProperty("critique").GetProperty("verdict").GetString() == "accept");
        var verified = made.Count(row => row.GetProperty("verification").GetProperty("status").GetString() == "verified");
        output.WriteLine($"{rows} rows: {accepted} accepted, {verified} verified, {asked.Count} requests: {asked.Count / (double)accepted:0.00} for each accepted, {asked.Count / (double)verified:0.00} for each verified row");
        foreach (var role in asked.CountBy(request => request.SchemaName).OrderBy(role => role.Key))
        {
            output.WriteLine($"  {role.Key}: {role.Value}");
        }

        var (first, later) = (Ratios(estimate), Ratios(informed));
        output.WriteLine($"estimate: requests {first.Requests:0.000}, sent {first.Sent:0.000}, received {first.Received:0.000} of the truth");
        output.WriteLine($"estimate after a trial: requests {later.Requests:0.000}, sent {later.Sent:0.000}, received {later.Received:0.000} of the truth");
        output.WriteLine(string.Join("\n", made.Where(row => row.GetProperty("verification").GetProperty("status").GetString() != "verified").Take(3).Select(row => row.ToString())));
        Assert.Equal(rows, accepted);
        Assert.Equal(rows, verified);
        Assert.InRange(asked.Count / (double)accepted, 3, 5.2);
        Assert.InRange(first.Requests, 0.9, 1.1);
        Assert.All(new[] { later.Requests, later.Sent, later.Received }, ratio => Assert.InRange(ratio, 0.9, 1.1));

        string Generate(params string[] more) => CliProcess.Run(corpus.Root, ["generate", "--endpoint", server.Endpoint.ToString(), "--chat-model", "ideal", "--workspace", workspace, "--device", "cpu", "--language", "python", "--repeat-cosine", "1", .. more.Contains("--count") ? [] : (string[])["--count", $"{rows}"], .. more]).Expect(0).Output;

        (double Requests, double Sent, double Received) Ratios(JsonElement said)
        {
            return (Of("requests", asked.Count), Of("promptTokens", asked.Sum(Sent) / CharactersAToken), Of("completionTokens", asked.Sum(request => IdealModel.Answer(request).ToJsonString().Length) / CharactersAToken));

            double Of(string name, double truth) => said.GetProperty(name).GetDouble() / truth;
        }
    }

    private static int Sent(LoopbackRequest request) => request.Messages.Sum(message => message.Text.Length) + (request.Schema?.ToString().Length ?? 0);

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    /// <summary>A model that writes right answers with good tests, each to a task of its own.</summary>
    private static class IdealModel
    {
        public static JsonObject Answer(LoopbackRequest request)
        {
            var asked = request.Messages[^1].Text;
            var number = Regex.Match(asked, @"\bweigh_(\d+)") is { Success: true } known && request.SchemaName is not ("forward-instruction" or "propose" or "decide" or "reverse-response" or "reflect")
                ? int.Parse(known.Groups[1].Value) : 10_000 + (int)(BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(asked))) % 900_000_000);
            return request.SchemaName switch
            {
                "forward-instruction" or "reverse-instruction" => new JsonObject { ["instruction"] = Task(number) },
                "propose" => new JsonObject { ["instruction"] = Task(number), ["reason"] = "It shows how to go through a list with an index." },
                "decide" => new JsonObject { ["instruction"] = Task(number), ["settled"] = true, ["next"] = "" },
                "critique" => new JsonObject
                {
                    ["merits"] = new JsonArray("It is exact."), ["faults"] = new JsonArray(), ["verdict"] = "accept",
                    ["scores"] = new JsonObject(request.Schema!.Value.GetProperty("properties").GetProperty("scores").GetProperty("properties").EnumerateObject().Select(score => KeyValuePair.Create<string, JsonNode?>(score.Name, 9))),
                },
                "test" => new JsonObject { ["tests"] = Tests(number, [7], [2, 5, 8, 1]) },
                "reflect" => new JsonObject { ["merits"] = new JsonArray($"Tasks like {number} that name the empty list."), ["faults"] = new JsonArray($"Tasks like {number} without a bound."), ["drop"] = new JsonArray(), ["adopt"] = new JsonArray() },
                _ => new JsonObject { ["code"] = Code(number), ["explanation"] = "It goes through the list once and adds each item times its weight to the sum, which starts at the offset.", ["tests"] = Tests(number, [], [3, 4], [10, 0, 2]) },
            };
        }

        private static (int Offset, int Weight) Of(int number) => (number % 97, 2 + (number % 13));

        private static string Task(int number)
        {
            var (offset, weight) = Of(number);
            var random = new Random(number);
            var story = string.Join(' ', Enumerable.Range(0, 40).Select(_ => $"w{random.Next(100_000)}"));
            return $"A shop of the guild {story} weighs goods. Write a Python function `weigh_{number}(items)` that takes a list of whole numbers and returns their weighted sum: each item counts {weight} times its place, from 1, and the sum starts at {offset}. For an empty list it returns {offset}.";
        }

        private static string Code(int number)
        {
            var (offset, weight) = Of(number);
            return $"def weigh_{number}(items):\n    \"\"\"Returns the weighted sum of the items.\"\"\"\n    total = {offset}\n    for place, item in enumerate(items, start=1):\n        total += {weight} * place * item\n    return total\n";
        }

        private static string Tests(int number, params int[][] lists)
        {
            var (offset, weight) = Of(number);
            return string.Concat(lists.Select(list => $"assert weigh_{number}([{string.Join(", ", list)}]) == {offset + list.Select((item, i) => weight * (i + 1) * item).Sum()}\n"));
        }
    }
}
