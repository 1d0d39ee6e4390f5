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
            var critique = await Critic.JudgeAsync(conversation, draft, inspector.Faults, options);
            var revisions = 0;
            while (critique.Verdict == Verdict.Revise && revisions < options.Revisions)
            {
                revisions++;
                draft = await ReviseAsync(conversation, draft, critique);
                critique = await Critic.JudgeAsync(conversation, draft, inspector.Faults, options);
            }

            // A row that still needs a revision after the last one is rejected.
            var last = critique.Verdict == Verdict.Revise ? critique with { Verdict = Verdict.Reject } : critique;
            var (tests, candidates) = last.Verdict == Verdict.Accept
                ? await ExamineAsync(conversation, draft, inspector.Declarations(draft.Code)) : (null, []);
            return new DialogueResult { Draft = draft, IndependentTests = tests, Candidates = candidates, Critique = last, Rounds = rounds,
                Revisions = revisions, Transcript = conversation.Turns, Lessons = conversation.Lessons };
        }
        catch (FailedAnswerException exception)
        {
            return new DialogueResult { Failure = exception.Failure, Transcript = conversation.Turns, Lessons = conversation.Lessons };
        }
    }

    /// <summary>Asks an agent which lessons its latest rows teach.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="rows">Its latest rows with their critiques, as data blocks.</param>
    /// <param name="repositories">Repositories that the rows derive from.</param>
    /// <param name="epoch">The current epoch; the lessons are dated by it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The lessons, or the reason why there are none.</returns>
    public async Task<(IReadOnlyList<Lesson> Lessons, ChatFailure? Failure)> ReflectAsync(Agent agent, string rows,
        IReadOnlyList<string> repositories, int epoch, CancellationToken cancellation = default)
    {
        var task = new DialogueTask { Protocol = Protocol.Forward, Target = agent, Agents = [agent], Seed = "",
            Repositories = repositories };
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
            answer.GetProperty(name).EnumerateArray().Select(item => item.GetString()?.Trim() ?? "").Where(text => text.Length > 0)
                .Select(text => Lesson.Of(agent.Language, kind, text, epoch));
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
            ("recent", target.Memory.Recent)));
        return (await SolveAsync(conversation, Text(asked, "instruction")), 0);
    }

    private static async Task<(Draft Draft, int Rounds)> ReverseAsync(Conversation conversation)
    {
        var (task, target) = (conversation.Task, conversation.Task.Target);
        var written = await conversation.AskAsync("reverse-response", target, 0, target.Language, conversation.Persona(target,
            ("snippet", task.Seed), ("context", task.Context), ("target", target.Name), ("guide", target.TestGuide),
            ("recent", target.Memory.Recent)));
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

    private static async Task<(Draft Draft, int Rounds)> DiscussAsync(Conversation conversation,
        Task<(string Instruction, int Rounds)> discussion)
    {
        var (instruction, rounds) = await discussion;
        return (await SolveAsync(conversation, instruction), rounds);
    }

    private async Task<(string? Tests, IReadOnlyList<Draft> Candidates)> ExamineAsync(Conversation conversation, Draft draft,
        string declarations) => (
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
            ("target", target.Name), ("guide", target.TestGuide), ("instruction", DataBlock.Of("task", draft.Instruction)),
            ("code", DataBlock.Of("response", draft.Code)),
            ("comments", DataBlock.Of("faults", string.Join('\n', critique.Faults.Select(fault => "- " + fault))))));
        return DraftOf(conversation.Task.Instruction is { Length: > 0 } given ? given : Text(answer, "instruction"), answer);
    }

    private static Draft DraftOf(string instruction, JsonElement answer) =>
        new(instruction, CodeFence.Given(Text(answer, "code")), Text(answer, "explanation"),
            Text(answer, "tests") is { Length: > 0 } tests ? CodeFence.Given(tests) : null);

    internal static string Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!.Trim('\n', '\r').TrimEnd() : "";
}

/// <summary>
/// Adds independent evidence to an accepted row: tests by an agent that has not seen the response, and further answers to the same
/// instruction. Both see only what the response declares, because they must use the same names.
/// </summary>
internal static class RowExaminer
{
    private const int MostDeclarations = 4000;

    /// <summary>Returns tests written from the instruction, or null when the answer is unusable or empty.</summary>
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

/// <summary>
/// Lets agents agree on an instruction (Qwen2.5-xCoder, section 3.3). Centralised: the others propose and the main agent decides, in
/// rounds. Parallel: all propose and react, then a vote or a merge decides. The task fixes who takes part.
/// </summary>
internal static class Discussion
{
    private const string Coordinator = "coordinator";

    /// <summary>
    /// Runs a <see cref="XCoder.Agents.Rows.Protocol.Centralised"/> discussion; returns the instruction and the number of rounds.
    /// </summary>
    public static async Task<(string Instruction, int Rounds)> CentralisedAsync(Conversation conversation, DialogueOptions options)
    {
        var others = conversation.Task.Agents.Count > 1 ? [.. conversation.Task.Agents.Skip(1)] : conversation.Task.Agents;
        var proposals = await ProposeAsync(conversation, others);
        for (var round = 1; ; round++)
        {
            var decision = await DecideAsync(conversation, options, round, others, proposals, "");
            var instruction = Instruction(decision);
            if (round == options.Rounds || decision.GetProperty("settled").GetBoolean())
            {
                return (instruction, round);
            }

            // The others revise their proposals in the light of the main agent's decision.
            var next = DataBlock.Of("decision so far", instruction + "\n" + Text(decision, "next"));
            proposals = (await ReactAsync(conversation, options, round + 1, others, proposals, next)).Proposals;
        }
    }

    /// <summary>
    /// Runs a <see cref="XCoder.Agents.Rows.Protocol.Parallel"/> discussion; returns the instruction and the number of rounds.
    /// </summary>
    public static async Task<(string Instruction, int Rounds)> ParallelAsync(Conversation conversation, DialogueOptions options)
    {
        var agents = conversation.Task.Agents;
        var proposals = await ProposeAsync(conversation, agents);
        var comments = "";
        for (var round = 1; round <= options.Rounds; round++)
        {
            (proposals, comments) = await ReactAsync(conversation, options, round, agents, proposals, comments);
        }

        if (options.Decision == Decision.Merge)
        {
            return (Instruction(await DecideAsync(conversation, options, options.Rounds, agents, proposals, comments)), options.Rounds);
        }

        var votes = await conversation.AskAllAsync("vote", options.Rounds, [.. agents.Select(agent =>
            ((Agent?)agent, agent.Language,
                conversation.Persona(agent, ("target", conversation.Task.Target.Name), ("proposals", Blocks(agents, proposals)))))]);
        return (proposals[Winner([.. votes.Select(vote => vote.GetProperty("choice").GetInt32())], proposals.Count)], options.Rounds);
    }

    /// <summary>
    /// Returns the index of the proposal with most votes, the first of equals. An invalid vote counts for the voter's own proposal.
    /// </summary>
    internal static int Winner(IReadOnlyList<int> choices, int proposals)
    {
        var votes = new int[proposals];
        for (var voter = 0; voter < choices.Count; voter++)
        {
            votes[choices[voter] >= 1 && choices[voter] <= proposals ? choices[voter] - 1 : Math.Min(voter, proposals - 1)]++;
        }

        return Array.IndexOf(votes, votes.Max());
    }

    private static async Task<List<string>> ProposeAsync(Conversation conversation, IReadOnlyList<Agent> agents)
    {
        var task = conversation.Task;
        var answers = await conversation.AskAllAsync("propose", 0,
            [.. agents.Select(agent => ((Agent?)agent, agent.Language, conversation.Persona(agent,
                ("target", task.Target.Name), ("concept", task.Concept), ("snippet", task.Seed), ("context", task.Context),
                ("examples", agent.Examples), ("recent", Recent(task, agent)))))]);
        return [.. answers.Select(Instruction)];
    }

    private static async Task<(List<string> Proposals, string Comments)> ReactAsync(Conversation conversation, DialogueOptions options,
        int round, IReadOnlyList<Agent> agents, List<string> proposals, string comments)
    {
        var blocks = Blocks(agents, proposals);
        var answers = await conversation.AskAllAsync("react", round,
            [.. agents.Select(agent => ((Agent?)agent, agent.Language, conversation.Persona(agent,
                ("target", conversation.Task.Target.Name), ("round", round), ("rounds", options.Rounds), ("proposals", blocks),
                ("comments", comments))))]);
        return ([.. answers.Select(Instruction)], string.Join('\n', answers.Select((answer, i) =>
            DataBlock.Of($"comment of the {agents[i].Name} agent", Text(answer, "comment")))));
    }

    private static Task<JsonElement> DecideAsync(Conversation conversation, DialogueOptions options, int round, IReadOnlyList<Agent> agents,
        List<string> proposals, string comments) =>
        conversation.AskAsync("decide", null, round, Coordinator, new()
        {
            ["target"] = conversation.Task.Target.Name,
            ["round"] = round,
            ["rounds"] = options.Rounds,
            ["proposals"] = Blocks(agents, proposals),
            ["comments"] = comments,
        });

    private static string Blocks(IReadOnlyList<Agent> agents, List<string> proposals) =>
        string.Join('\n', proposals.Select((proposal, i) => DataBlock.Of($"proposal {i + 1} of the {agents[i].Name} agent", proposal)));

    // Recent tasks in the response's language count, too: the new row must differ from them.
    private static List<string> Recent(DialogueTask task, Agent agent) =>
        [.. agent.Memory.Recent.Concat(task.Target.Memory.Recent).Distinct()];

    private static string Instruction(JsonElement answer) => Text(answer, "instruction");

    private static string Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) ? value.GetString()?.Trim() ?? "" : "";
}

/// <summary>Judges rows by the nine-point checklist. Faults that a parser finds outweigh the model's verdict.</summary>
internal static class Critic
{
    private const double LeastCode = 5;

    /// <summary>Asks for a critique of a row.</summary>
    /// <param name="conversation">The conversation to continue.</param>
    /// <param name="draft">The row.</param>
    /// <param name="check">Returns the faults in code that need no model to find.</param>
    /// <param name="options">Weights and thresholds.</param>
    public static async Task<RowCritique> JudgeAsync(Conversation conversation, Draft draft, Func<string, IReadOnlyList<string>> check,
        DialogueOptions options)
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
