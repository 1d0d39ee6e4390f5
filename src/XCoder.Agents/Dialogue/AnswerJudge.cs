using System.Globalization;
using XCoder.Agents.Chat;
using XCoder.Agents.Prompts;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Dialogue;

/// <summary>
/// Compares answers that cannot be run by asking a chat model, in both orders: a model prefers what stands first (Zheng et al.
/// 2023, "Judging LLM-as-a-Judge"), so only what it says in either order counts. Safe for concurrent use.
/// </summary>
/// <param name="gateway">Where questions go.</param>
/// <param name="prompts">The prompts.</param>
/// <param name="model">Name of the chat model.</param>
/// <param name="name">Name of a language for people, by id.</param>
internal sealed class AnswerJudge(IChatGateway gateway, PromptLibrary prompts, string model, Func<string, string> name)
{
    /// <summary>Name of the prompt.</summary>
    public const string Prompt = "judge";

    private const double MostPoints = 10;

    private readonly PromptTemplate _prompt = prompts.Question(Prompt);

    /// <summary>
    /// Whether a row has answers of which neither could be run: its response and at least one candidate are unverifiable.
    /// </summary>
    public static bool Wants(InstructionRow row) =>
        row.Preferences.Count == 0 && row.Verification.Status == RowStatus.Unverifiable && row.Candidates.Any(CannotRun);

    /// <summary>Compares the response with each candidate that could not be run either.</summary>
    /// <param name="row">The row.</param>
    /// <param name="cancellation">Ends the wait; what was answered is recorded.</param>
    /// <returns>The preferences on which the model agrees with itself, or why it gave no answer.</returns>
    public async Task<(IReadOnlyList<RowPreference> Preferences, ChatFailure? Failure)> JudgeAsync(InstructionRow row,
        CancellationToken cancellation = default)
    {
        var found = new List<RowPreference>();
        for (var i = 0; i < row.Candidates.Count; i++)
        {
            if (!CannotRun(row.Candidates[i]))
            {
                continue;
            }

            var replies = await Task.WhenAll(AskAsync(row, row.Response, row.Candidates[i].Response, cancellation),
                AskAsync(row, row.Candidates[i].Response, row.Response, cancellation));
            if (Array.Find(replies, reply => reply.Failure is not null) is { } failed)
            {
                return ([], failed.Failure);
            }

            var (here, there) = (Lead(replies[0]), -Lead(replies[1]));
            if (here * there > 0)
            {
                found.Add(Of(row, i + 1, (here + there) / 2, replies));
            }
        }

        return (found, null);
    }

    private RowPreference Of(InstructionRow row, int candidate, double lead, ChatReply[] replies) => new(
        lead > 0 ? 0 : candidate, lead > 0 ? candidate : 0, Math.Round(Math.Abs(lead) / MostPoints, 4), RowPreference.Judge,
        [string.Create(CultureInfo.InvariantCulture,
            $"judged by {model} in both orders, not executed: {Math.Abs(lead):0.##} points of {MostPoints:0}"),
            .. replies.Select(reply => "judge: " + reply.Answer!.Value.GetProperty("reason").GetString()!.ReplaceLineEndings(" ")),
            "not executed: " + (row.Verification.Evidence.LastOrDefault()?.ToString() ?? "no evidence")]);

    private Task<ChatReply> AskAsync(InstructionRow row, string first, string second, CancellationToken cancellation) =>
        gateway.AskAsync(new ChatQuery
    {
        Prompt = _prompt,
        Values = new Dictionary<string, object?>
        {
            ["instruction"] = DataBlock.Of("task", row.Instruction), ["target"] = name(row.TargetLanguage),
            ["first"] = DataBlock.Of("first answer", first), ["second"] = DataBlock.Of("second answer", second),
        },
        Sample = 0,
        Repositories = [.. row.Lineage.Select(place => place.Repository).Distinct().Order(StringComparer.Ordinal)],
    }, cancellation);

    private static double Lead(ChatReply reply) =>
        reply.Answer!.Value.GetProperty("first").GetDouble() - reply.Answer.Value.GetProperty("second").GetDouble();

    private static bool CannotRun(RowCandidate candidate) => candidate.Verification?.Status == RowStatus.Unverifiable;
}
