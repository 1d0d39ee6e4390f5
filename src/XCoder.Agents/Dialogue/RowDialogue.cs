using System.Text.Json;
using XCoder.Agents.Chat;
using XCoder.Agents.Memory;
using XCoder.Agents.Prompts;
using XCoder.Agents.Rows;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Dialogue;

/// <summary>Writes one row by a protocol: forward, reverse, translation or discussion; then critique and revisions. Thread-safe.</summary>
/// <param name="gateway">Answers the questions.</param>
/// <param name="prompts">The prompts.</param>
/// <param name="options">Rounds, weights and thresholds.</param>
/// <param name="memory">How much of the agents' memories the prompts contain.</param>
public sealed class RowDialogue(IChatGateway gateway, PromptLibrary prompts, DialogueOptions options, MemoryOptions memory)
{
    // To add a protocol, add an entry.
    private static readonly Dictionary<Protocol, Func<Conversation, DialogueOptions, Task<(Draft Draft, int Rounds)>>> Writers = new()
    {
        [Protocol.Forward] = (conversation, _) => ForwardAsync(conversation),
        [Protocol.Reverse] = (conversation, _) => ReverseAsync(conversation),
        [Protocol.Translation] = (conversation, _) => TranslateAsync(conversation),
        [Protocol.Centralised] = (conversation, options) => DiscussAsync(conversation, Discussion.CentralisedAsync(conversation, options)),
        [Protocol.Parallel] = (conversation, options) => DiscussAsync(conversation, Discussion.ParallelAsync(conversation, options)),
    };

    private static readonly IReadOnlyDictionary<string, double> NoScores = new Dictionary<string, double>();

    private readonly PromptLibrary _prompts = Checked(prompts);

    /// <summary>The protocols that agents can use.</summary>
    internal static IReadOnlyCollection<Protocol> Protocols => Writers.Keys;

    /// <summary>Names of the prompts that are used to write rows.</summary>
    public static IReadOnlyList<string> Prompts { get; } =
        ["forward-instruction", "solve", "reverse-response", "reverse-instruction", "translate", "propose", "react", "vote", "decide",
            "critique", "revise", "test", "attempt", "reflect"];

    /// <summary>Writes a row.</summary>
    /// <param name="task">The plan of the row.</param>
    /// <param name="inspector">Parses code in the response's language.</param>
    /// <param name="cancellation">Ends the wait; replies so far stay recorded.</param>
    public async Task<DialogueResult> RunAsync(DialogueTask task, CodeInspector inspector, CancellationToken cancellation = default)
    {
        var conversation = new Conversation(gateway, _prompts, task, memory, cancellation);
        try
        {
            var (draft, rounds) = await Writers[task.Protocol](conversation, options);
            RowCritique critique;
            var revisions = 0;
            while (true)
            {
                // Compilers and tests cost nothing, so they speak before the critic does. Tests alone reject nothing: they may be wrong.
                (draft, var trial, var repairs) = await RepairAsync(conversation, draft, inspector, options.Revisions - revisions);
                revisions += repairs;
                critique = trial is { Result: TrialResult.Refused }
                    ? new RowCritique { Verdict = Verdict.Reject, Scores = NoScores, Faults = [trial.Evidence] }
                    : await Critic.JudgeAsync(conversation, draft, trial, inspector.Faults, options);
                if (critique.Verdict != Verdict.Revise || revisions >= options.Revisions)
                {
                    break;
                }

                revisions++;
                draft = await ReviseAsync(conversation, draft, critique.Faults);
            }

            // A row that still needs a revision after the last one is rejected.
            var last = critique.Verdict == Verdict.Revise ? critique with { Verdict = Verdict.Reject } : critique;
            var (tests, candidates) = last.Verdict == Verdict.Accept
                ? await ExamineAsync(conversation, draft, inspector) : (null, []);
            return new DialogueResult { Draft = draft, IndependentTests = tests, Candidates = candidates, Critique = last, Rounds = rounds,
                Revisions = revisions, Transcript = conversation.Turns, Lessons = conversation.Lessons };
        }
        catch (RepeatedTaskException exception)
        {
            return new DialogueResult { Repeats = exception.Message, Transcript = conversation.Turns, Lessons = conversation.Lessons };
        }
        catch (FailedAnswerException exception)
        {
            return new DialogueResult { Failure = exception.Failure, Transcript = conversation.Turns, Lessons = conversation.Lessons };
        }
    }

    /// <summary>
    /// Asks an agent which lessons its latest rows teach, which of its own it no longer needs, and which of others it takes over.
    /// </summary>
    /// <param name="agent">The agent.</param>
    /// <param name="rows">Its latest rows with their critiques, as data blocks.</param>
    /// <param name="others">Lessons of other agents that it does not have.</param>
    /// <param name="repositories">Repositories that the rows derive from.</param>
    /// <param name="epoch">The current epoch; the lessons are dated by it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<Reflection> ReflectAsync(Agent agent, string rows, IReadOnlyList<Lesson> others, IReadOnlyList<string> repositories,
        int epoch, CancellationToken cancellation = default)
    {
        var task = new DialogueTask { Protocol = Protocol.Forward, Target = agent, Agents = [agent], Seed = "",
            Repositories = repositories };
        var conversation = new Conversation(gateway, _prompts, task, memory, cancellation);
        var own = agent.Memory.Lessons;
        try
        {
            var answer = await conversation.AskAsync("reflect", agent, 0, agent.Language, new()
            {
                ["language"] = agent.Name,
                ["style"] = agent.Style,
                ["rows"] = rows,
                ["known"] = own.Select((lesson, i) => Numbered(lesson, i)).ToList(),
                ["others"] = others.Select((lesson, i) => Numbered(lesson, own.Count + i)).ToList(),
            });
            return new Reflection(
                [.. Found(answer, "merits", LessonKind.Merit), .. Found(answer, "faults", LessonKind.Fault),
                    .. Chosen(answer, "adopt", others, own.Count).Select(lesson =>
                        Lesson.Of(agent.Language, lesson.Kind, lesson.Text, epoch) with
                        {
                            From = lesson.From is { } first && first != agent.Language ? first : lesson.Language,
                        })],
                Chosen(answer, "drop", own, 0).Select(lesson => lesson.Id).ToHashSet(), null);
        }
        catch (FailedAnswerException exception)
        {
            return new Reflection([], new HashSet<string>(), exception.Failure);
        }

        IEnumerable<Lesson> Found(JsonElement answer, string name, LessonKind kind) =>
            answer.GetProperty(name).EnumerateArray().Select(item => item.GetString()?.Trim() ?? "").Where(text => text.Length > 0)
                .Select(text => Lesson.Of(agent.Language, kind, text, epoch));

        // Numbers begin at 1; those of no lesson are ignored.
        static IEnumerable<Lesson> Chosen(JsonElement answer, string name, IReadOnlyList<Lesson> lessons, int before) =>
            answer.GetProperty(name).EnumerateArray().Select(item => item.TryGetInt32(out var number) ? number - 1 - before : -1)
                .Where(at => at >= 0 && at < lessons.Count).Distinct().Select(at => lessons[at]);

        static string Numbered(Lesson lesson, int at) =>
            $"{at + 1}. ({(lesson.Kind == LessonKind.Merit ? "merit" : "fault")}) {lesson.Text}";
    }

    // Finds an unusable prompt before any request is paid for.
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
            ("snippet", task.Seed), ("context", task.Context), ("target", target.Name), ("examples", target.Examples),
            ("recent", target.Memory.Recent)).With(task.Draw));
        return (await SolveAsync(conversation, Text(asked, "instruction")), 0);
    }

    private static async Task<(Draft Draft, int Rounds)> ReverseAsync(Conversation conversation)
    {
        var (task, target) = (conversation.Task, conversation.Task.Target);
        var written = await conversation.AskAsync("reverse-response", target, 0, target.Language, conversation.Persona(target,
            ("snippet", task.Seed), ("context", task.Context), ("target", target.Name), ("guide", target.TestGuide),
            ("recent", target.Memory.Recent)).With(task.Draw));
        var derived = await conversation.AskAsync("reverse-instruction", target, 0, target.Language, conversation.Persona(target,
            ("code", DataBlock.Of("code", Text(written, "code"))), ("target", target.Name)).With(task.Draw));
        return (DraftOf(New(conversation, Text(derived, "instruction")), written), 0);
    }

    private static async Task<(Draft Draft, int Rounds)> TranslateAsync(Conversation conversation)
    {
        var (task, target) = (conversation.Task, conversation.Task.Target);
        return (DraftOf(New(conversation, task.Instruction), await conversation.AskAsync("translate", target, 0, target.Language,
            conversation.Persona(target, ("snippet", task.Seed), ("context", task.Context), ("target", target.Name),
                ("guide", target.TestGuide)))), 0);
    }

    private static async Task<(Draft Draft, int Rounds)> DiscussAsync(Conversation conversation,
        Task<(string Instruction, int Rounds)> discussion)
    {
        var (instruction, rounds) = await discussion;
        return (await SolveAsync(conversation, instruction), rounds);
    }

    private async Task<(string? Tests, IReadOnlyList<Draft> Candidates)> ExamineAsync(Conversation conversation, Draft draft,
        CodeInspector inspector)
    {
        var declarations = inspector.Declarations(draft.Code);
        return (options.HasIndependentTests ? await RowExaminer.TestAsync(conversation, draft, declarations, inspector) : null,
            options.Candidates > 1 ? await RowExaminer.AnswerAsync(conversation, draft, declarations, options.Candidates - 1) : []);
    }

    // Has a draft that fails revised with what compiler or tests said. Tests that then still cannot be used are left out.
    private static async Task<(Draft Draft, DraftTrial? Trial, int Revisions)> RepairAsync(Conversation conversation, Draft draft,
        CodeInspector inspector, int most)
    {
        var (trial, revisions) = (await inspector.Trial(draft), 0);
        while (trial is { Result: not TrialResult.Passed } && revisions < most)
        {
            revisions++;
            draft = await ReviseAsync(conversation, draft, [trial.Evidence]);
            trial = await inspector.Trial(draft);
        }

        return trial is { Result: TrialResult.Unusable } ? (draft with { Tests = null }, trial, revisions) : (draft, trial, revisions);
    }

    private static async Task<Draft> SolveAsync(Conversation conversation, string instruction)
    {
        var target = conversation.Task.Target;
        return DraftOf(New(conversation, instruction), await conversation.AskAsync("solve", target, 0, target.Language,
            conversation.Persona(target, ("instruction", instruction), ("target", target.Name), ("guide", target.TestGuide),
                ("context", conversation.Task.Context))));
    }

    private static async Task<Draft> ReviseAsync(Conversation conversation, Draft draft, IReadOnlyList<string> faults)
    {
        var target = conversation.Task.Target;
        var answer = await conversation.AskAsync("revise", target, 0, target.Language, conversation.Persona(target,
            ("target", target.Name), ("guide", target.TestGuide), ("instruction", DataBlock.Of("task", draft.Instruction)),
            ("code", DataBlock.Of("response", draft.Code)), ("tests", draft.Tests is { } tests ? DataBlock.Of("tests", tests) : ""),
            ("comments", DataBlock.Of("faults", string.Join('\n', faults.Select(fault => "- " + fault))))));
        return DraftOf(conversation.Task.Instruction is { Length: > 0 } given ? given : Text(answer, "instruction"), answer);
    }

    // Nothing more is paid for a task that repeats an accepted one.
    private static string New(Conversation conversation, string instruction) =>
        conversation.Task.FindRepeated(instruction) is { } said ? throw new RepeatedTaskException(said) : instruction;

    private static Draft DraftOf(string instruction, JsonElement answer) =>
        new(instruction, CodeFence.Given(Text(answer, "code")), Text(answer, "explanation"),
            Text(answer, "tests") is { Length: > 0 } tests ? CodeFence.Given(tests) : null);

    internal static string Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!.Trim('\n', '\r').TrimEnd() : "";
}

/// <summary>What an agent learned from its latest rows.</summary>
/// <param name="Lessons">New lessons and those taken over from other agents.</param>
/// <param name="Dropped">Ids of lessons of its own that it no longer needs.</param>
/// <param name="Failure">Why there are none, or null.</param>
public sealed record Reflection(IReadOnlyList<Lesson> Lessons, IReadOnlySet<string> Dropped, ChatFailure? Failure);

/// <summary>Judges rows by the nine-point checklist. Faults that a parser finds outweigh the model's verdict.</summary>
internal static class Critic
{
    private const double LeastCode = 5;

    /// <summary>Asks for a critique of a row.</summary>
    /// <param name="conversation">The conversation to continue.</param>
    /// <param name="draft">The row.</param>
    /// <param name="trial">What running it showed, or null.</param>
    /// <param name="check">Returns the faults in code that need no model to find.</param>
    /// <param name="options">Weights and thresholds.</param>
    public static async Task<RowCritique> JudgeAsync(Conversation conversation, Draft draft, DraftTrial? trial,
        Func<string, IReadOnlyList<string>> check, DialogueOptions options)
    {
        var answer = await conversation.AskAsync("critique", null, 0, "critic", new()
        {
            ["target"] = conversation.Task.Target.Name,
            ["instruction"] = DataBlock.Of("task", draft.Instruction),
            ["code"] = DataBlock.Of("response", draft.Code),
            ["explanation"] = draft.Explanation.Length > 0 ? DataBlock.Of("explanation", draft.Explanation) : "",
            ["tests"] = draft.Tests is { } tests ? DataBlock.Of("tests", tests) : "",
            ["evidence"] = trial is null ? "" : DataBlock.Of("result", trial.Evidence),
        });
        return Read(answer, check(draft.Code), options);
    }

    /// <summary>
    /// Derives the verdict. Reject: the total is below <see cref="DialogueOptions.Reject"/> or the critique rejects. Accept: the critique
    /// accepts, the total reaches <see cref="DialogueOptions.Accept"/>, the score for existing code is at least 5, and nothing else found a
    /// fault. Otherwise revise.
    /// </summary>
    internal static RowCritique Read(JsonElement answer, IReadOnlyList<string> found, DialogueOptions options)
    {
        var scores = answer.GetProperty("scores").EnumerateObject().ToDictionary(score => score.Name, score => score.Value.GetDouble());
        var total = options.Weights.Total(scores);
        var said = answer.GetProperty("verdict").GetString();
        var verdict = said == "reject" || total < options.Reject ? Verdict.Reject
            : said == "accept" && total >= options.Accept && scores.GetValueOrDefault("codeExists") >= LeastCode && found.Count == 0
                ? Verdict.Accept
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
        answer.TryGetProperty(name, out var list)
            ? [.. list.EnumerateArray().Select(item => item.GetString() ?? "").Where(text => text.Length > 0)] : [];
}
