using System.Diagnostics;
using XCoder.Agents.Chat;
using XCoder.Agents.Prompts;
using XCoder.Agents.Store;

namespace XCoder.Tests.Agents.Chat;

public sealed class ChatReplayTests
{
    [Fact]
    public async Task AskAsync_EqualQuestionsAtTheSameTime_SendOneRequest()
    {
        await using var setup = new ChatSetup(request => LoopbackAnswers.BySchema(request) with { Delay = TimeSpan.FromMilliseconds(100) });
        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => setup.AskAsync()));
        Assert.Equal(1, setup.Server.Count);
        Assert.Single(replies.Select(reply => reply.Answer!.Value.GetRawText()).Distinct());
        Assert.Single(replies, reply => !reply.Answer!.Recorded);
    }

    [Fact]
    public async Task AskAsync_FirstOfTwoGivesUp_TheOtherIsAnswered()
    {
        await using var setup = new ChatSetup(request => LoopbackAnswers.BySchema(request) with { Delay = TimeSpan.FromMilliseconds(200) });
        using var first = new CancellationTokenSource(50);
        var (cancelled, answered) = (setup.Gateway.AskAsync(ChatSetup.Query(), first.Token), setup.AskAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.NotNull((await answered).Answer);
    }

    [Fact]
    public void KeyOf_WhatMayChangeTheAnswer_ChangesTheKey()
    {
        var query = ChatSetup.Query();
        ChatQuery Other(string old, string with) => query with { Prompt = PromptTemplate.Parse(ChatSetup.Yaml.Replace(old, with, StringComparison.Ordinal), "other.yaml") };
        ChatQuery[] others =
        [
            query, query with { Sample = 1 }, ChatSetup.Query("hello "), Other("0.7", "0.1"), Other("max_tokens: 100", "max_tokens: 7"), Other("name: propose", "name: critique"),
            Other("{{text}}</message>", "{{text}}</message><message role=\"user\">!</message>"), Other("role=\"system\"", "role=\"user\""), Other("minLength\": 1", "minLength\": 2"),
        ];
        Assert.Equal(others.Length + 1, others.Select(other => ChatGateway.KeyOf(other, "tiny")).Append(ChatGateway.KeyOf(query, "large")).Distinct().Count());
        Assert.Equal(ChatGateway.KeyOf(query, "tiny"), ChatGateway.KeyOf(query with { Repositories = ["a"] }, "tiny"));
    }

    [Fact]
    public async Task AskAsync_RepairsOfAnEarlierRun_AreReplayedToo()
    {
        await using var setup = new ChatSetup();
        setup.Server.Script.Enqueue(LoopbackFault.WrongSchema);
        setup.Server.Script.Enqueue("""{"answer": "fine", "score": "11"}""");
        setup.Server.Script.Enqueue("""{"answer": "fine", "score": "9"}""");
        var first = (await setup.AskAsync()).Answer!;
        Assert.Equal(9, first.Value.GetProperty("score").GetInt32());
        Assert.Equal(300, first.PromptTokens);
        Assert.Contains("'score' must be 0 to 10, not 11", setup.Server.Requests.Last().Messages[^1].Text);

        await using var again = new ChatSetup(_ => LoopbackFault.ServerError, folder: setup.Workspace);
        var second = (await again.AskAsync()).Answer!;
        Assert.True(second.Recorded);
        Assert.Equal((first.Key, first.Value.GetRawText()), (second.Key, second.Value.GetRawText()));
        Assert.Equal(0, again.Server.Count);
        Assert.Equal(3, again.Gateway.Statistics.Replayed);
    }

    [Trait(FullRun.Category, FullRun.Heavy)]
    [Fact]
    public async Task AskAsync_ProcessKilled_NoReplyThatWasUsedIsRequestedAgain()
    {
        const int Questions = 200, Kills = 3;
        await using var setup = new ChatSetup(request => LoopbackAnswers.BySchema(request) with { Delay = TimeSpan.FromMilliseconds(20) });
        var folder = Directory.CreateDirectory(Path.Combine(setup.Workspace, "child")).FullName;
        var used = new HashSet<string>();
        for (var kill = 0; kill <= Kills; kill++)
        {
            using var child = Process.Start(new ProcessStartInfo("dotnet", [typeof(ChatChild).Assembly.Location, setup.Server.Endpoint.ToString(), folder, $"{Questions}"]) { RedirectStandardOutput = true })!;
            for (var lines = 0; await child.StandardOutput.ReadLineAsync() is { } line; lines++)
            {
                used.Add(line);
                if (kill < Kills && lines == 20 * (kill + 1))
                {
                    child.Kill();
                }
            }

            await child.WaitForExitAsync();
            Assert.Equal(kill < Kills, child.ExitCode != 0);
        }

        // Each line is a question and its answer: the same in every process.
        Assert.Equal(Questions, used.Count);
        var asked = setup.Server.Requests.GroupBy(request => request.Messages[^1].Text).ToList();
        Assert.Equal(Questions, asked.Count);

        // What was in flight when a process died, eight at most, was asked again; nothing else.
        Assert.InRange(setup.Server.Count, Questions, Questions + (Kills * 8));
    }
}
