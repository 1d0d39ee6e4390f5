using System.Text.Json.Nodes;
using XCoder.Tests.Agents.Chat;
using XCoder.Tests.Agents.Generation;

namespace XCoder.Benchmarks.Generation;

/// <summary>Answers of the size of real ones: code of some 1,500 characters that parses and differs from answer to answer.</summary>
internal static class GenerateAnswers
{
    private const int Functions = 24;
    private static readonly string[] Words = ["apple", "brook", "cloud", "drift", "ember", "frost", "grain", "hollow", "island", "jungle", "kettle", "lumen", "marble", "needle", "orchid", "pebble", "quartz", "ribbon", "saddle", "timber", "umbra", "velvet", "willow", "yonder"];

    public static LoopbackAnswer Of(LoopbackRequest request)
    {
        var answer = AgentAnswers.Answer(request);
        if (answer["code"]?.GetValue<string>() is { } code)
        {
            // "Adds 123.": the number that the code is made of.
            var number = answer["explanation"]!.GetValue<string>()[5..^1];
            var random = new Random(int.Parse(number, System.Globalization.CultureInfo.InvariantCulture));
            answer["code"] = string.Join("\n\n", Enumerable.Range(0, Functions).Select(i => code.Replace($"f{number}", $"{Word(random)}_{Word(random)}{i}", StringComparison.Ordinal).Replace($"F{number}", $"C{Word(random)}{Word(random)}{i}", StringComparison.Ordinal)));
            answer["explanation"] = new JsonArray([.. Enumerable.Range(0, 40).Select(_ => JsonValue.Create(Word(random)))]).ToJsonString();
        }

        return new LoopbackAnswer { Text = answer.ToJsonString() };
    }

    private static string Word(Random random) => Words[random.Next(Words.Length)];
}
