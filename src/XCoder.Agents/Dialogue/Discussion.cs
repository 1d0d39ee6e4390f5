using System.Text.Json;
using XCoder.Agents.Prompts;

namespace XCoder.Agents.Dialogue;

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
        var (proposals, comments, draft) = (await ProposeAsync(conversation, others), "", "");
        for (var round = 1; ; round++)
        {
            var decision = await DecideAsync(conversation, options, round, others, proposals, comments, draft);
            var instruction = Instruction(decision);
            if (round == options.Rounds || decision.GetProperty("settled").GetBoolean())
            {
                return (instruction, round);
            }

            // The others revise their proposals in the light of the main agent's decision.
            var next = DataBlock.Of("decision so far", instruction + "\n" + Text(decision, "next"));
            (proposals, comments) = await ReactAsync(conversation, options, round + 1, others, proposals, next);
            draft = DataBlock.Of("draft", instruction);
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
            return (Instruction(await DecideAsync(conversation, options, options.Rounds, agents, proposals, comments, "")), options.Rounds);
        }

        var votes = await conversation.AskAllAsync("vote", options.Rounds, [.. agents.Select(agent =>
            ((Agent?)agent, agent.Language,
                conversation.Persona(agent, ("target", conversation.Task.Target.Name), ("proposals", Blocks(agents, proposals)))))]);
        return (proposals[Winner([.. votes.Select(vote => vote.GetProperty("choice").GetInt32())], proposals.Count,
            proposals.Sum(proposal => proposal.Length) % proposals.Count)], options.Rounds);
    }

    /// <summary>
    /// Returns the index of the proposal with most votes; of equals the first one from a place on. An invalid vote counts for the voter's
    /// own proposal.
    /// </summary>
    /// <param name="choices">The votes: numbers of proposals, from 1.</param>
    /// <param name="proposals">Number of proposals.</param>
    /// <param name="first">Index from which equals are searched, so that they do not always favour the same agent.</param>
    internal static int Winner(IReadOnlyList<int> choices, int proposals, int first = 0)
    {
        var votes = new int[proposals];
        for (var voter = 0; voter < choices.Count; voter++)
        {
            votes[choices[voter] >= 1 && choices[voter] <= proposals ? choices[voter] - 1 : Math.Min(voter, proposals - 1)]++;
        }

        return Enumerable.Range(first, proposals).Select(i => i % proposals).First(i => votes[i] == votes.Max());
    }

    private static async Task<List<string>> ProposeAsync(Conversation conversation, IReadOnlyList<Agent> agents)
    {
        var task = conversation.Task;
        var answers = await conversation.AskAllAsync("propose", 0,
            [.. agents.Select(agent => ((Agent?)agent, agent.Language, conversation.Persona(agent,
                ("target", task.Target.Name), ("concept", task.Concept), ("snippet", task.Seed), ("context", task.Context),
                ("examples", agent.Examples), ("recent", Recent(task, agent))).With(task.Draw)))]);
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
        List<string> proposals, string comments, string draft) =>
        conversation.AskAsync("decide", null, round, Coordinator, conversation.Remembered(conversation.Task.Target,
            ("target", conversation.Task.Target.Name), ("snippet", conversation.Task.Seed),
            ("recent", conversation.Task.Target.Memory.Recent), ("draft", draft), ("round", round), ("rounds", options.Rounds),
            ("proposals", Blocks(agents, proposals)), ("comments", comments)));

    private static string Blocks(IReadOnlyList<Agent> agents, List<string> proposals) =>
        string.Join('\n', proposals.Select((proposal, i) => DataBlock.Of($"proposal {i + 1} of the {agents[i].Name} agent", proposal)));

    // Recent tasks in the response's language count, too: the new row must differ from them.
    private static List<string> Recent(DialogueTask task, Agent agent) =>
        [.. agent.Memory.Recent.Concat(task.Target.Memory.Recent).Distinct()];

    private static string Instruction(JsonElement answer) => Text(answer, "instruction");

    private static string Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) ? value.GetString()?.Trim() ?? "" : "";
}
