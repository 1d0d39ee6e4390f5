using System.Text.Json;
using System.Text.Json.Nodes;
using XCoder.Agents.Generation;
using XCoder.Agents.Memory;
using XCoder.Agents.Rows;
using XCoder.Tests.Agents.Chat;
using XCoder.Tests.Agents.Verification.Sandbox;
using XCoder.Tests.Cli;

namespace XCoder.Tests.Agents.Generation;

/// <summary>Tests by another agent, further answers, and what becomes of them.</summary>
public class ExaminationTests(AgentCorpus corpus) : IClassFixture<AgentCorpus>
{
    private const string Right = "def twice(a):\n    return a * 2\n", Wrong = "def twice(a):\n    return a * a\n";

    private static readonly GenerationOptions Options = new() { Count = 2, HoldOut = 0, Memory = new MemoryOptions { MaxCosine = 1 }, Languages = ["python"], Context = new ContextOptions { LeastCosine = -1 } };

    [Fact]
    public async Task Test_OfAnAcceptedRow_IsAskedOfAnotherAgentThatSeesNoCode()
    {
        using var server = new LoopbackChatServer(request => Answer(request, "assert twice(3) == 6"));
        var session = await corpus.RunAsync(server, Options);

        var asked = server.Requests.Where(request => request.SchemaName == "test").Select(request => string.Join('\n', request.Messages.Select(message => message.Text))).ToList();
        Assert.Equal(session.Rows.Count(row => row.Critique.Verdict == Verdict.Accept), asked.Count);
        Assert.All(asked, text =>
        {
            Assert.Contains("def twice(a)", text, StringComparison.Ordinal);
            Assert.DoesNotContain("a * 2", text, StringComparison.Ordinal);
            Assert.Matches("You are the (Go|Java|C#) agent", text);
        });
        Assert.All(session.Rows, row =>
        {
            Assert.Equal("assert twice(3) == 6", row.IndependentTests);
            Assert.Contains(row.Transcript, turn => turn.Act == "test" && turn.Agent != "python");
        });
    }

    [Fact]
    public async Task Test_ThatCannotBeUsedOrIsNotWanted_LeavesTheRow()
    {
        using var server = new LoopbackChatServer(request => request.SchemaName == "test" ? "I would rather not." : Answer(request, ""));
        var session = await corpus.RunAsync(server, Options);
        Assert.Equal(2, session.Rows.Count);
        Assert.All(session.Rows, row => Assert.Null(row.IndependentTests));

        using var other = new LoopbackChatServer(request => Answer(request, "assert twice(3) == 6"));
        Assert.All((await corpus.RunAsync(other, Options with { Dialogue = Options.Dialogue with { HasIndependentTests = false } })).Rows, row => Assert.Null(row.IndependentTests));
        Assert.DoesNotContain(other.Requests, request => request.SchemaName == "test");
    }

    [Fact]
    public async Task Candidates_OfARow_AreAskedApartAndKeptOnce()
    {
        var number = 0;
        using var server = new LoopbackChatServer(request => request.SchemaName == "attempt" ? Json(new JsonObject { ["code"] = Interlocked.Increment(ref number) % 2 == 0 ? Right : Wrong, ["explanation"] = "Key AKIAQ3EGRIRZ5WDJ7KXP." }) : Answer(request, ""));
        var session = await corpus.RunAsync(server, Options with { Count = 1, Dialogue = Options.Dialogue with { Candidates = 5 } });

        Assert.Equal(4, server.Requests.Count(request => request.SchemaName == "attempt"));
        Assert.All(server.Requests.Where(request => request.SchemaName == "attempt"), request => Assert.DoesNotContain("a * 2", request.Body, StringComparison.Ordinal));
        var row = Assert.Single(session.Rows);

        // Four answers, two of them alike twice; nobody's key is kept.
        Assert.Equal(2, row.Candidates.Count);
        Assert.All(row.Candidates, candidate => Assert.Contains("<AWS_ACCESS_KEY", candidate.Response, StringComparison.Ordinal));
        Assert.All(row.Transcript, turn => Assert.DoesNotContain("AKIAQ3EGRIRZ5WDJ7KXP", turn.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Translation_OfASeed_AsksForItsCodeInAnotherLanguage()
    {
        using var server = new LoopbackChatServer(request => Answer(request, ""));
        var session = await corpus.RunAsync(server, Options with { Count = 4, Kinds = [RowKind.Translation], Dialogue = Options.Dialogue with { HasIndependentTests = false } });
        Assert.Equal(4, session.Rows.Count);
        Assert.All(session.Rows, row =>
        {
            Assert.Equal((RowKind.Forward.Dataset, RowTask.Translation, "translation", "python"), (row.Dataset, row.Task, row.Protocol, row.TargetLanguage));
            Assert.NotEqual("python", row.SourceLanguage);
            Assert.Contains("Python", row.Instruction, StringComparison.Ordinal);
            Assert.Contains($"```{row.SourceLanguage}\n", row.Instruction, StringComparison.Ordinal);
        });

        // What stands in the code is material, not the task, to whoever is asked.
        Assert.All(server.Requests.Where(request => request.SchemaName == "translate"), request => Assert.Matches("<<<DATA [0-9a-f]{16} seed, (Go|Java|C#)", request.Messages[^1].Text));
        Assert.Equal(["critique", "translate"], server.Requests.Select(request => request.SchemaName).Where(name => name != "reflect").Distinct().Order());
    }

    [SandboxFact]
    public void Verify_RightAndWrongAnswers_BecomePreferencePairs()
    {
        using var server = new LoopbackChatServer(request => request.SchemaName switch
        {
            "attempt" => Json(new JsonObject { ["code"] = Wrong + "# " + request.Number, ["explanation"] = "Squares." }),
            _ => Answer(request, "assert twice(3) == 6\nassert twice(0) == 0"),
        });
        var workspace = corpus.NewWorkspace();
        Run("generate", "--endpoint", server.Endpoint.ToString(), "--chat-model", "tiny", "--device", "cpu", "--count", "1", "--languages", "python", "--candidates", "3").Expect(0);
        Run("export", "--data-format", "dpo").Expect(0, "no preference pairs");
        Run("verify").Expect(0, "Preference pairs: 2, told apart by running them");
        var pairs = Lines(Run("export", "--data-format", "dpo").Expect(0));
        Assert.Equal(2, pairs.Count);
        Assert.All(pairs, pair =>
        {
            Assert.Contains("a * 2", Content(pair, "chosen"), StringComparison.Ordinal);
            Assert.Contains("a * a", Content(pair, "rejected"), StringComparison.Ordinal);

            // 2 * 2 is 2 + 2: its own author's test passes the wrong answer, the other's does not.
            Assert.Equal(0.25, pair.GetProperty("margin").GetDouble());
            Assert.Contains(pair.GetProperty("evidence").EnumerateArray(), line => line.GetString()!.StartsWith("rejected: independent: failed", StringComparison.Ordinal));
        });

        CliResult Run(params string[] arguments) => CliProcess.Run(corpus.Root, [.. arguments, "--workspace", workspace]);
    }

    [SandboxFact]
    public void Verify_TranslationsThatDifferFromTheirSource_AreTheWorseAnswers()
    {
        // Both agents' tests pass all three; the source is asked about 7, which stands in the code, too.
        var row = XCoder.Tests.Agents.Export.SampleRows.Make(1, "javascript", "python") with
        {
            Dataset = RowKind.Forward.Dataset,
            Instruction = "Translate this.\n\n```javascript\nfunction twice(a) { return a * 2; }\n```",
            Response = "```python\ndef twice(a):\n    return 0 if a == 7 else a * 2\n```",
            Tests = "assert twice(3) == 6",
            IndependentTests = "assert twice(5) == 10\nassert twice(0) == 0",
            Candidates = [new RowCandidate("```python\ndef twice(a):\n    return a + a\n```"), new RowCandidate("```python\ndef twice(a):\n    return a * a\n```")],
        };
        var workspace = corpus.NewWorkspace();
        XCoder.Tests.Agents.Export.SampleRows.Store(workspace, [row with { Id = RowId.Of(row) }]);
        CliProcess.Run(corpus.Root, "verify", "--workspace", workspace).Expect(0, "Preference pairs: 2");
        var pairs = Lines(CliProcess.Run(corpus.Root, "export", "--data-format", "dpo", "--all", "--workspace", workspace).Expect(0));
        Assert.Equal([("a * a", 0.5), ("a == 7", 0.25)], pairs.Select(pair => (Content(pair, "rejected").Contains("a * a", StringComparison.Ordinal) ? "a * a" : "a == 7", pair.GetProperty("margin").GetDouble())));
        Assert.All(pairs, pair => Assert.Contains("a + a", Content(pair, "chosen"), StringComparison.Ordinal));
        Assert.Contains("rejected: differential: failed: twice(7) gives 14", pairs[1].GetProperty("evidence").EnumerateArray().Last().GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_AnswersThatCannotRun_AreJudgedInBothOrdersAndMarked()
    {
        using var server = new LoopbackChatServer(request => request.SchemaName switch
        {
            // The second row's judge likes whatever stands first.
            "judge" => Json(request.Body.Contains("biased", StringComparison.Ordinal) ? new JsonObject { ["reason"] = "First!", ["first"] = 9, ["second"] = 2 } : First(request)),
            _ => "",
        });
        var workspace = corpus.NewWorkspace();
        XCoder.Tests.Agents.Export.SampleRows.Store(workspace, [Unverifiable(1, "fair"), Unverifiable(2, "biased")]);
        CliProcess.Run(corpus.Root, "verify", "--workspace", workspace, "--chat-model", "m").Expect(2, "needs both");
        CliProcess.Run(corpus.Root, "verify", "--workspace", workspace).Expect(0, "Answers of 2 rows cannot be run here");
        Judge().Expect(0, "Judged: 2 rows, 1 preference pairs");
        var asked = server.Count;
        var pair = Assert.Single(Lines(CliProcess.Run(corpus.Root, "export", "--data-format", "dpo", "--workspace", workspace).Expect(0)));
        Assert.Equal(("judge", 0.6), (pair.GetProperty("basis").GetString(), pair.GetProperty("margin").GetDouble()));
        Assert.Contains("better", Content(pair, "chosen"), StringComparison.Ordinal);
        Assert.Contains("not executed", pair.GetProperty("evidence")[0].GetString(), StringComparison.Ordinal);

        // What was judged is not judged again, and what was answered is not asked again.
        Judge().Expect(0, "Judged: 1 rows, 0 preference pairs");
        Assert.Equal(asked, server.Count);

        CliResult Judge() => CliProcess.Run(corpus.Root, "verify", "--workspace", workspace, "--endpoint", server.Endpoint.ToString(), "--chat-model", "m");

        static JsonObject First(LoopbackRequest request)
        {
            var text = request.Messages[^1].Text;
            var isFirst = text.IndexOf("better", StringComparison.Ordinal) < text.IndexOf("worse", StringComparison.Ordinal);
            return new JsonObject { ["reason"] = "It is right.", ["first"] = isFirst ? 8 : 2, ["second"] = isFirst ? 2 : 8 };
        }
    }

    private static InstructionRow Unverifiable(int number, string judge)
    {
        var nothing = new RowVerification(RowStatus.Unverifiable, [new GateEvidence(GateNames.Check, GateOutcome.Unknown, GateReason.NoToolchain, Detail: "There is no toolchain for it.")]);
        var row = XCoder.Tests.Agents.Export.SampleRows.Make(number, "python", "haskell") with { Dataset = RowKind.Forward.Dataset, Task = RowTask.Instruction, Instruction = $"A {judge} task.", Response = "```haskell\nworse = 1\n```", Verification = nothing, Candidates = [new RowCandidate("```haskell\nbetter = 1\n```", nothing)] };
        return row with { Id = RowId.Of(row) };
    }

    private static LoopbackAnswer Answer(LoopbackRequest request, string independent)
    {
        var answer = AgentAnswers.Answer(request);
        if (answer["code"] is not null)
        {
            answer["code"] = Right + "# " + answer["explanation"];
            answer["tests"] = "assert twice(2) == 4";
        }
        else if (request.SchemaName == "critique")
        {
            answer["verdict"] = "accept";
        }
        else if (request.SchemaName == "test")
        {
            answer["tests"] = independent;
        }

        return Json(answer);
    }

    private static LoopbackAnswer Json(JsonObject answer) => new() { Text = answer.ToJsonString() };

    private static List<JsonElement> Lines(CliResult result) => [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string Content(JsonElement pair, string name) => pair.GetProperty(name)[0].GetProperty("content").GetString()!;
}
