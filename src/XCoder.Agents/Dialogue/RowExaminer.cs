using XCoder.Agents.Prompts;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Dialogue;

/// <summary>
/// Adds independent evidence to an accepted row: tests by an agent that has not seen the response, and further answers to the same
/// instruction. Both see only what the response declares, because they must use the same names.
/// </summary>
internal static class RowExaminer
{
    private const int MostDeclarations = 4000;

    /// <summary>
    /// Returns tests written from the instruction, or null when there are none that can be used. Where they do not pass, their author is
    /// asked once whether they or the response are wrong, and tests that cannot be run even then are left out.
    /// </summary>
    public static async Task<string?> TestAsync(Conversation conversation, Draft draft, string declarations, CodeInspector inspector)
    {
        var tests = await TestAsync(conversation, draft, declarations, "", "");
        if (tests is null || await inspector.Trial(draft with { Tests = tests }) is not { Result: not TrialResult.Passed } trial)
        {
            return tests;
        }

        var again = await TestAsync(conversation, draft, declarations, tests, trial.Evidence);
        return again is null || await inspector.Trial(draft with { Tests = again }) is { Result: TrialResult.Unusable }
            ? trial.Result == TrialResult.Unusable ? null : tests : again;
    }

    private static async Task<string?> TestAsync(Conversation conversation, Draft draft, string declarations, string earlier,
        string evidence)
    {
        var (target, tester) = (conversation.Task.Target, conversation.Task.Tester);
        var answers = await conversation.AskSomeAsync("test", [(tester, tester?.Language ?? "tester", new()
        {
            ["language"] = tester?.Name ?? "",
            ["target"] = target.Name,
            ["instruction"] = DataBlock.Of("task", draft.Instruction),
            ["declarations"] = Shown(declarations),
            ["guide"] = target.TestGuide,
            ["earlier"] = earlier.Length > 0 ? DataBlock.Of("earlier tests", earlier) : "",
            ["comments"] = evidence.Length > 0 ? DataBlock.Of("messages", evidence) : "",
        })]);
        return answers[0] is { } answer && RowDialogue.Text(answer, "tests") is { Length: > 0 } tests && !string.IsNullOrWhiteSpace(tests)
            ? CodeFence.Given(tests) : null;
    }

    /// <summary>Returns further answers; unusable ones are left out.</summary>
    public static async Task<IReadOnlyList<Draft>> AnswerAsync(Conversation conversation, Draft draft, string declarations, int count)
    {
        var target = conversation.Task.Target;
        var values = conversation.Persona(target, ("instruction", DataBlock.Of("task", draft.Instruction)), ("target", target.Name),
            ("declarations", Shown(declarations)), ("context", conversation.Task.Context));
        var answers = await conversation.AskSomeAsync("attempt", [.. Enumerable.Repeat(((Agent?)target, target.Language, values), count)]);
        return [.. answers.Where(answer => answer is not null)
            .Select(answer => new Draft(draft.Instruction, CodeFence.Given(RowDialogue.Text(answer!.Value, "code")),
                RowDialogue.Text(answer.Value, "explanation"), null))];
    }

    private static string Shown(string declarations) =>
        declarations.Length == 0 ? ""
            : DataBlock.Of("declarations",
                declarations.Length <= MostDeclarations ? declarations : declarations[..MostDeclarations] + "…");
}
