using System.Text.Json.Nodes;
using XCoder.Tests.Agents.Chat;
using XCoder.Tests.Analysis.Indexing;
using XCoder.Tests.Cli;

namespace XCoder.Tests.Agents.Generation;

/// <summary>Answers that end the parser that reads them, while a run goes on.</summary>
public sealed class GenerateHostileTests(AgentCorpus corpus, QuarantineTests.Grammars grammars) : IClassFixture<AgentCorpus>, IClassFixture<QuarantineTests.Grammars>
{
    public static TheoryData<string> Poisons => [.. FullRun.Of<string>(["④", "②"])];

    [Theory]
    [MemberData(nameof(Poisons))]
    public void Generate_OfAnswersThatEndTheParser_GoesPastEachAndEnds(string poison)
    {
        grammars.AddOthers();
        var (poisoned, most) = (0, FullRun.IsWanted ? 5 : 3);
        using var server = new LoopbackChatServer(request =>
        {
            var answer = AgentAnswers.Answer(request);
            // Each poisoned answer starts the program again.
            if (answer["code"] is { } code && request.SchemaName != "revise" && Volatile.Read(ref poisoned) < most)
            {
                // No language but Lua reads it without a fault; so Lua's parser, which is poisoned, is asked, too.
                answer["code"] = $"--{poison}{Interlocked.Increment(ref poisoned)}\nfunction f() ((( end\n{code.GetValue<string>()}";
            }

            return new() { Text = answer.ToJsonString() };
        });
        var (workspace, rows) = (corpus.NewWorkspace(), FullRun.IsWanted ? 3 : 2);
        CliProcess.RunAlone(corpus.Root, new Dictionary<string, string> { ["XCODER_GRAMMARS"] = grammars.Folder },
            "generate", "--endpoint", server.Endpoint.ToString(), "--chat-model", "tiny", "--workspace", workspace, "--device", "cpu", "--count", $"{rows}", "--epoch", $"{rows}").Expect(0, $"Rows: {rows} of {rows}:");
        Assert.True(poisoned > 1);
    }
}
