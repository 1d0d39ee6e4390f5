using System.Text.Json;
using XCoder.Agents.Prompts;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Dialogue;

/// <summary>
/// What an accepted row gets so that it can be examined without believing its author: tests by an agent that has not seen the
/// response, and further answers to the same instruction. All that is shown of the response is what it declares, for whoever
/// tests it or stands in for it must call things by the same names.
/// </summary>
internal static class RowExaminer
{
    private const int MostDeclarations = 4000;

    /// <summary>Tests written from the instruction; null where the answer cannot be used or is empty.</summary>
    public static async Task<string?> TestAsync(Conversation conversation, Draft draft, string declarations)
    {
        var (target, tester) = (conversation.Task.Target, conversation.Task.Tester);
        var answers = await conversation.AskSomeAsync("test", [(tester, tester?.Language ?? "tester", new()
        {
            ["language"] = tester?.Name ?? "",
            ["target"] = target.Name,
            ["instruction"] = DataBlock.Of("task", draft.Instruction),
            ["declarations"] = Shown(declarations),
            ["guide"] = target.TestGuide,
        })]);
        return answers[0] is { } answer && RowDialogue.Text(answer, "tests") is { Length: > 0 } tests && !string.IsNullOrWhiteSpace(tests) ? FencedCode.Unfence(tests) : null;
    }

    /// <summary>Further answers; those that cannot be used are left out.</summary>
    public static async Task<IReadOnlyList<Draft>> AnswerAsync(Conversation conversation, Draft draft, string declarations, int count)
    {
        var target = conversation.Task.Target;
        var values = conversation.Persona(target, ("instruction", DataBlock.Of("task", draft.Instruction)), ("target", target.Name), ("declarations", Shown(declarations)), ("context", conversation.Task.Context));
        var answers = await conversation.AskSomeAsync("attempt", [.. Enumerable.Repeat(((Agent?)target, target.Language, values), count)]);
        return [.. answers.Where(answer => answer is not null).Select(answer => new Draft(draft.Instruction, FencedCode.Unfence(RowDialogue.Text(answer!.Value, "code")), RowDialogue.Text(answer.Value, "explanation"), null))];
    }

    private static string Shown(string declarations) =>
        declarations.Length == 0 ? "" : DataBlock.Of("declarations", declarations.Length <= MostDeclarations ? declarations : declarations[..MostDeclarations] + "…");
}
