using System.Text.Json;
using XCoder.Agents.Chat;
using XCoder.Agents.Memory;
using XCoder.Agents.Prompts;
using XCoder.Agents.Rows;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Dialogue;

/// <summary>Writes one row: forward, reverse or by discussion; then critique and revisions. Safe for concurrent use.</summary>
/// <param name="gateway">Where questions go.</param>
/// <param name="prompts">The prompts.</param>
/// <param name="options">Rounds, weights, thresholds.</param>
/// <param name="memory">What of the agents' memories is shown.</param>
public sealed class RowDialogue(IChatGateway gateway, PromptLibrary prompts, DialogueOptions options, MemoryOptions memory)
{
    // What agents do in each protocol: another protocol is another entry.
    private static readonly Dictionary<Protocol, Func<Conversation, DialogueOptions, Task<(Draft Draft, int Rounds)>>> Writers = new()
    {
        [Protocol.Forward] = (conversation, _) => ForwardAsync(conversation),
        [Protocol.Reverse] = (conversation, _) => ReverseAsync(conversation),
        [Protocol.Translation] = (conversation, _) => TranslateAsync(conversation),
        [Protocol.Centralised] = (conversation, options) => DiscussAsync(conversation, Discussion.CentralisedAsync(conversation, options)),
        [Protocol.Parallel] = (conversation, options) => DiscussAsync(conversation, Discussion.ParallelAsync(conversation, options)),
    };

    private readonly PromptLibrary _prompts = Checked(prompts);

    /// <summary>The protocols that agents can write a row by.</summary>
    internal static IReadOnlyCollection<Protocol> Protocols => Writers.Keys;

    /// <summary>Names of the prompts that rows are written with.</summary>
    public static IReadOnlyList<string> Prompts { get; } =
        ["forward-instruction", "solve", "reverse-response", "reverse-instruction", "translate", "propose", "react", "vote", "decide", "critique", "revise", "test", "attempt", "reflect"];

    /// <summary>Writes a row.</summary>
    /// <param name="task">What of.</param>
    /// <param name="inspector">What parsers say of code in the response's language.</param>
    /// <param name="cancellation">Ends the wait; what was answered is recorded.</param>
    public async Task<DialogueResult> RunAsync(DialogueTask task, CodeInspector inspector, CancellationToken cancellation = default)
    {
        var conversation = new Conversation(gateway, _prompts, task, memory, cancellation);
        try
        {
            var (draft, rounds) = await Writers[task.Protocol](conversation, options);
            var critique = await Critic.JudgeAsync(conversation, draft, inspector.Faults, options);
            var revisions = 0;
            while (critique.Verdict == Verdict.Revise && revisions < options.Revisions)
            {
                revisions++;
                draft = await ReviseAsync(conversation, draft, critique);
                critique = await Critic.JudgeAsync(conversation, draft, inspector.Faults, options);
            }

            // What still needs a revision after the last one is not good enough.
            var last = critique.Verdict == Verdict.Revise ? critique with { Verdict = Verdict.Reject } : critique;
            var (tests, candidates) = last.Verdict == Verdict.Accept ? await ExamineAsync(conversation, draft, inspector.Declarations(draft.Code)) : (null, []);
            return new DialogueResult { Draft = draft, IndependentTests = tests, Candidates = candidates, Critique = last, Rounds = rounds, Revisions = revisions, Transcript = conversation.Turns, Lessons = conversation.Lessons };
        }
        catch (FailedAnswerException exception)
        {
            return new DialogueResult { Failure = exception.Failure, Transcript = conversation.Turns, Lessons = conversation.Lessons };
        }
    }

    /// <summary>Asks an agent what its last rows teach.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="rows">Its last rows with their critiques, delimited.</param>
    /// <param name="repositories">Repositories whose text the rows rest on.</param>
    /// <param name="epoch">Epoch in which it is asked.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The lessons, or why there are none.</returns>
    public async Task<(IReadOnlyList<Lesson> Lessons, ChatFailure? Failure)> ReflectAsync(Agent agent, string rows, IReadOnlyList<string> repositories, int epoch, CancellationToken cancellation = default)
    {
        var task = new DialogueTask { Protocol = Protocol.Forward, Target = agent, Agents = [agent], Seed = "", Repositories = repositories };
        var conversation = new Conversation(gateway, _prompts, task, memory, cancellation);
        try
        {
            var answer = await conversation.AskAsync("reflect", agent, 0, agent.Language, conversation.Persona(agent, ("rows", rows)));
            return ([.. Found(answer, "merits", LessonKind.Merit), .. Found(answer, "faults", LessonKind.Fault)], null);
        }
        catch (FailedAnswerException exception)
        {
            return ([], exception.Failure);
        }

        IEnumerable<Lesson> Found(JsonElement answer, string name, LessonKind kind) =>
            answer.GetProperty(name).EnumerateArray().Select(item => item.GetString()?.Trim() ?? "").Where(text => text.Length > 0).Select(text => Lesson.Of(agent.Language, kind, text, epoch));
    }

    // A prompt that cannot be asked is found before any is.
    private static PromptLibrary Checked(PromptLibrary prompts)
    {
        foreach (var name in Prompts)
        {
            _ = prompts.Question(name);
        }

        return prompts;
    }

    private static async Task<(Draft Draft, int Rounds)> ForwardAsync(Conversation conversation)
    {
        var (task, target) = (conversation.Task, conversation.Task.Target);
        var asked = await conversation.AskAsync("forward-instruction", target, 0, target.Language, conversation.Persona(target,
            ("snippet", task.Seed), ("context", task.Context), ("target", target.Name), ("examples", target.Examples), ("recent", target.Memory.Recent)));
        return (await SolveAsync(conversation, Text(asked, "instruction")), 0);
    }

    private static async Task<(Draft Draft, int Rounds)> ReverseAsync(Conversation conversation)
    {
        var (task, target) = (conversation.Task, conversation.Task.Target);
        var written = await conversation.AskAsync("reverse-response", target, 0, target.Language, conversation.Persona(target,
            ("snippet", task.Seed), ("context", task.Context), ("target", target.Name), ("guide", target.TestGuide), ("recent", target.Memory.Recent)));
        var derived = await conversation.AskAsync("reverse-instruction", target, 0, target.Language, conversation.Persona(target,
            ("code", DataBlock.Of("code", Text(written, "code"))), ("target", target.Name)));
        return (DraftOf(Text(derived, "instruction"), written), 0);
    }

    private static async Task<(Draft Draft, int Rounds)> TranslateAsync(Conversation conversation)
    {
        var (task, target) = (conversation.Task, conversation.Task.Target);
        return (DraftOf(task.Instruction, await conversation.AskAsync("translate", target, 0, target.Language, conversation.Persona(target,
            ("snippet", task.Seed), ("context", task.Context), ("target", target.Name), ("guide", target.TestGuide)))), 0);
    }

    private static async Task<(Draft Draft, int Rounds)> DiscussAsync(Conversation conversation, Task<(string Instruction, int Rounds)> discussion)
    {
        var (instruction, rounds) = await discussion;
        return (await SolveAsync(conversation, instruction), rounds);
    }

    private async Task<(string? Tests, IReadOnlyList<Draft> Candidates)> ExamineAsync(Conversation conversation, Draft draft, string declarations) => (
        options.HasIndependentTests ? await RowExaminer.TestAsync(conversation, draft, declarations) : null,
        options.Candidates > 1 ? await RowExaminer.AnswerAsync(conversation, draft, declarations, options.Candidates - 1) : []);

    private static async Task<Draft> SolveAsync(Conversation conversation, string instruction)
    {
        var target = conversation.Task.Target;
        return DraftOf(instruction, await conversation.AskAsync("solve", target, 0, target.Language, conversation.Persona(target,
            ("instruction", instruction), ("target", target.Name), ("guide", target.TestGuide), ("context", conversation.Task.Context))));
    }

    private static async Task<Draft> ReviseAsync(Conversation conversation, Draft draft, RowCritique critique)
    {
        var target = conversation.Task.Target;
        var answer = await conversation.AskAsync("revise", target, 0, target.Language, conversation.Persona(target,
            ("target", target.Name), ("guide", target.TestGuide), ("instruction", DataBlock.Of("task", draft.Instruction)), ("code", DataBlock.Of("response", draft.Code)),
            ("comments", DataBlock.Of("faults", string.Join('\n', critique.Faults.Select(fault => "- " + fault))))));
        return DraftOf(conversation.Task.Instruction is { Length: > 0 } given ? given : Text(answer, "instruction"), answer);
    }

    private static Draft DraftOf(string instruction, JsonElement answer) =>
        new(instruction, FencedCode.Unfence(Text(answer, "code")), Text(answer, "explanation"), Text(answer, "tests") is { Length: > 0 } tests ? FencedCode.Unfence(tests) : null);

    internal static string Text(JsonElement answer, string name) => answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim('\n', '\r').TrimEnd() : "";
}
