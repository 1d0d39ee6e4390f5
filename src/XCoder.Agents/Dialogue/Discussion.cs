using System.Text.Json;
using XCoder.Agents.Prompts;

namespace XCoder.Agents.Dialogue;

/// <summary>
/// Agents agree on an instruction (Qwen2.5-xCoder, section 3.3). Centralised: the others propose, the main agent decides,
/// round by round. Parallel: all propose, all react, a vote or a merge decides. Who takes part and what for was decided before.
/// </summary>
internal static class Discussion
{
    private const string Coordinator = "coordinator";

    /// <summary>The instruction agreed on by <see cref="XCoder.Agents.Rows.Protocol.Centralised"/>, and after how many rounds.</summary>
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

            // The others improve on what the main agent made of their proposals.
            var next = DataBlock.Of("decision so far", instruction + "\n" + Text(decision, "next"));
            proposals = (await ReactAsync(conversation, options, round + 1, others, proposals, next)).Proposals;
        }
    }

    /// <summary>The instruction agreed on by <see cref="XCoder.Agents.Rows.Protocol.Parallel"/>, and after how many rounds.</summary>
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
            ((Agent?)agent, agent.Language, conversation.Persona(agent, ("target", conversation.Task.Target.Name), ("proposals", Blocks(agents, proposals)))))]);
        return (proposals[Winner([.. votes.Select(vote => vote.GetProperty("choice").GetInt32())], proposals.Count)], options.Rounds);
    }

    /// <summary>Index of the proposal with most votes, the first of equals; a vote for none of them counts for its own proposal.</summary>
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
        var answers = await conversation.AskAllAsync("propose", 0, [.. agents.Select(agent => ((Agent?)agent, agent.Language, conversation.Persona(agent,
            ("target", task.Target.Name), ("concept", task.Concept), ("snippet", task.Seed), ("context", task.Context), ("examples", agent.Examples), ("recent", Recent(task, agent)))))]);
        return [.. answers.Select(Instruction)];
    }

    private static async Task<(List<string> Proposals, string Comments)> ReactAsync(Conversation conversation, DialogueOptions options, int round, IReadOnlyList<Agent> agents, List<string> proposals, string comments)
    {
        var blocks = Blocks(agents, proposals);
        var answers = await conversation.AskAllAsync("react", round, [.. agents.Select(agent => ((Agent?)agent, agent.Language, conversation.Persona(agent,
            ("target", conversation.Task.Target.Name), ("round", round), ("rounds", options.Rounds), ("proposals", blocks), ("comments", comments))))]);
        return ([.. answers.Select(Instruction)], string.Join('\n', answers.Select((answer, i) => DataBlock.Of($"comment of the {agents[i].Name} agent", Text(answer, "comment")))));
    }

    private static Task<JsonElement> DecideAsync(Conversation conversation, DialogueOptions options, int round, IReadOnlyList<Agent> agents, List<string> proposals, string comments) =>
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

    // What the agent of the response's language has written counts for it too.
    private static List<string> Recent(DialogueTask task, Agent agent) => [.. agent.Memory.Recent.Concat(task.Target.Memory.Recent).Distinct()];

    private static string Instruction(JsonElement answer) => Text(answer, "instruction");

    private static string Text(JsonElement answer, string name) => answer.TryGetProperty(name, out var value) ? value.GetString()?.Trim() ?? "" : "";
}
