using System.Text.Json;
using XCoder.Agents.Prompts;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Dialogue;

/// <summary>Judges rows by the nine-point checklist; what a parser says counts more than what a model says.</summary>
internal static class Critic
{
    private const double LeastCode = 5;

    /// <summary>Asks for a critique.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="draft">The row.</param>
    /// <param name="check">Faults that need no model: (code) → faults.</param>
    /// <param name="options">Weights and thresholds.</param>
    public static async Task<RowCritique> JudgeAsync(Conversation conversation, Draft draft, Func<string, IReadOnlyList<string>> check, DialogueOptions options)
    {
        var answer = await conversation.AskAsync("critique", null, 0, "critic", new()
        {
            ["target"] = conversation.Task.Target.Name,
            ["instruction"] = DataBlock.Of("task", draft.Instruction),
            ["code"] = DataBlock.Of("response", draft.Code),
            ["explanation"] = draft.Explanation.Length > 0 ? DataBlock.Of("explanation", draft.Explanation) : "",
            ["tests"] = draft.Tests is { } tests ? DataBlock.Of("tests", tests) : "",
        });
        return Read(answer, check(draft.Code), options);
    }

    /// <summary>
    /// The verdict: rejected below the lower total or where the critique says so; accepted where it says so, the total reaches
    /// the upper one, there is code and nothing else found a fault; else to be revised.
    /// </summary>
    internal static RowCritique Read(JsonElement answer, IReadOnlyList<string> found, DialogueOptions options)
    {
        var scores = answer.GetProperty("scores").EnumerateObject().ToDictionary(score => score.Name, score => score.Value.GetDouble());
        var total = options.Weights.Total(scores);
        var said = answer.GetProperty("verdict").GetString();
        var verdict = said == "reject" || total < options.Reject ? Verdict.Reject
            : said == "accept" && total >= options.Accept && scores.GetValueOrDefault("codeExists") >= LeastCode && found.Count == 0 ? Verdict.Accept
            : Verdict.Revise;
        return new RowCritique
        {
            Verdict = verdict,
            Scores = scores,
            Total = Math.Round(total, 3),
            Merits = Texts(answer, "merits"),
            Faults = [.. found, .. Texts(answer, "faults")],
        };
    }

    private static IReadOnlyList<string> Texts(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(item => item.GetString() ?? "").Where(text => text.Length > 0)] : [];
}
