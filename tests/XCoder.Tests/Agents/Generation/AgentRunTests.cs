using System.Text.Json.Nodes;
using XCoder.Agents.Dialogue;
using XCoder.Agents.Generation;
using XCoder.Agents.Memory;
using XCoder.Agents.Rows;
using XCoder.Analysis.Languages;
using XCoder.Tests.Agents.Chat;

namespace XCoder.Tests.Agents.Generation;

public class AgentRunTests(AgentCorpus corpus) : IClassFixture<AgentCorpus>
{
    private static readonly GenerationOptions Options = new()
    {
        Count = 16,
        Epoch = 5,
        HoldOut = 0,
        Memory = new MemoryOptions { ReflectEvery = 2, MaxCosine = 1 },
        Context = new ContextOptions { LeastCosine = -1 },
    };

    private static Task<(AgentSession Session, IReadOnlyList<LoopbackRequest> Requests)>? _calm;

    private static readonly HashSet<string> KnownLanguages = [.. LanguageCatalog.Open().Languages.Select(language => language.Id)];

    [Fact]
    public async Task Run_AllDataSets_WritesRowsWithLineage()
    {
        var (session, _) = await CalmAsync();

        Assert.Equal(16, session.Rows.Count);
        Assert.Equal(16, session.Rows.Select(row => row.Id).Distinct().Count());
        Assert.Equal(4, session.Epochs.Count);
        Assert.Equal(["Ds1", "Ds2", "Ds3"], session.Rows.Select(row => row.Dataset.Name).Distinct().Order());
        Assert.All(session.Rows.Take(5), row => Assert.NotEqual(RowKind.Discussion.Dataset, row.Dataset));
        Assert.All(session.Rows, row =>
        {
            Assert.Equal("MIT", row.Licence);
            Assert.Single(row.Notices);
            Assert.Equal(LineageRole.Seed, row.Lineage[0].Role);
            Assert.Equal(row.Seeds[0], row.Lineage[0].Snippet);
            Assert.Equal(row.Neighbours.Count, row.Lineage.Count - 1);
            Assert.All(row.Neighbours, neighbour => Assert.Contains(neighbour.Language!, KnownLanguages));
            Assert.NotEmpty(row.Transcript);
            Assert.Equal(row.Critique.Verdict == Verdict.Accept, row.Critique.Total >= 7 && row.Verification.Status == RowStatus.ParsedOnly && row.Critique.Verdict == Verdict.Accept);
            Assert.NotEqual(Verdict.Revise, row.Critique.Verdict);
            Assert.Equal("embedding", row.Context);
        });
        Assert.All(session.Rows.Where(row => row.Dataset == RowKind.Discussion.Dataset), row =>
        {
            Assert.NotEqual(row.SourceLanguage, row.TargetLanguage);
            Assert.Equal("centralised", row.Protocol);
            Assert.InRange(row.Rounds, 1, 2);
            Assert.Contains(row.Transcript, turn => turn is { Agent: "coordinator", Act: "decide" });
        });
        Assert.All(session.Rows.Where(row => row.Dataset != RowKind.Discussion.Dataset), row => Assert.Equal(row.SourceLanguage, row.TargetLanguage));
        Assert.Contains(session.Rows, row => row.Critique.Verdict == Verdict.Accept);
        Assert.Contains(session.Rows, row => row.Critique.Verdict == Verdict.Reject);
        Assert.Contains(session.Rows, row => row.Neighbours.Count > 0);
    }

    [Fact]
    public async Task Run_Again_AsksNothingAndChangesNothing()
    {
        var (first, _) = await CalmAsync();
        using var server = new LoopbackChatServer(AgentAnswers.Of);
        var second = await corpus.RunAsync(server, Options, first.Folder);

        Assert.Equal(0, server.Count);
        Assert.Equal(first.Texts, second.Texts);
    }

    [Fact]
    public async Task Run_Continued_GoesOnWhereItEnded()
    {
        using var server = new LoopbackChatServer(AgentAnswers.Of);
        var part = await corpus.RunAsync(server, Options with { Count = 10 });
        var rest = await corpus.RunAsync(server, Options with { Count = 15 }, part.Folder);
        var whole = await corpus.RunAsync(server, Options with { Count = 15 });

        Assert.Equal(part.Texts, rest.Texts.Take(10));
        Assert.Equal(whole.Texts, rest.Texts);
        Assert.Equal(whole.Memories.Values.Select(memory => string.Join('|', memory.Lessons)), rest.Memories.Values.Select(memory => string.Join('|', memory.Lessons)));
    }

    [Fact]
    public async Task Run_AnswersInAnotherOrder_GivesTheSameRows()
    {
        using var server = new LoopbackChatServer(AgentAnswers.Of);
        using var slow = new LoopbackChatServer(request => AgentAnswers.Of(request) with { Delay = TimeSpan.FromMilliseconds(Random.Shared.Next(20)) });

        Assert.Equal((await corpus.RunAsync(server, Options with { Concurrency = 1 })).Texts, (await corpus.RunAsync(slow, Options with { Concurrency = 8 })).Texts);
    }

    [Fact]
    public async Task Run_ThirtyPercentFaults_LosesAndDoublesNothing()
    {
        using var bad = new LoopbackChatServer(((Func<LoopbackRequest, LoopbackAnswer>)AgentAnswers.Of).WithFaults(3, 0.3,
            LoopbackFault.TooManyRequests, LoopbackFault.TooManyRequestsWithRetryAfter, LoopbackFault.ServerError, LoopbackFault.Unavailable, LoopbackFault.CutStream, LoopbackFault.MalformedJson, LoopbackFault.WrongSchema, LoopbackFault.Empty, LoopbackFault.HtmlErrorPage));
        var (calm, _) = await CalmAsync();
        var rough = await corpus.RunAsync(bad, Options, limits: gate => gate with { MaxRepairs = 6 });

        Assert.True(rough.Statistics.Retried > 5, $"{rough.Statistics.Retried} retries");
        Assert.Equal(16, rough.Rows.Count);
        Assert.Equal(calm.Texts, rough.Texts);
    }

    [Fact]
    public async Task Run_OtherOptions_IsRefusedWithWhatDiffers()
    {
        using var server = new LoopbackChatServer(AgentAnswers.Of);
        var first = await corpus.RunAsync(server, Options with { Count = 2 });
        var exception = await Assert.ThrowsAsync<RunMismatchException>(() => corpus.RunAsync(server, Options with { Dialogue = new DialogueOptions { Rounds = 3 } }, first.Folder));

        Assert.Contains("rounds was 1, now 3", exception.Message, StringComparison.Ordinal);
        Assert.Contains("--run NAME", exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await corpus.RunAsync(server, Options with { Count = 2, Run = "other", Dialogue = new DialogueOptions { Rounds = 3 } }, first.Folder)).Rows.Count);
    }

    [Fact]
    public async Task Run_BudgetSpent_KeepsWhatIsDoneAndGoesOnLater()
    {
        using var server = new LoopbackChatServer(AgentAnswers.Of);
        var part = await corpus.RunAsync(server, Options, limits: gate => gate with { MaxRequests = 40 });

        Assert.True(part.Summary.IsOutOfBudget);
        Assert.InRange(server.Count, 1, 40);
        Assert.InRange(part.Rows.Count, 1, 15);
        var rest = await corpus.RunAsync(server, Options, part.Folder);
        Assert.Equal(16, rest.Rows.Count);
        Assert.Equal(part.Texts, rest.Texts.Take(part.Rows.Count));
    }

    [Fact]
    public async Task Run_Refusals_AreLostWithTheirReasonAndOtherSeedsReplaceThem()
    {
        using var server = new LoopbackChatServer(request => request.SchemaName == "reverse-response" ? new LoopbackAnswer { Fault = LoopbackFault.Refusal } : AgentAnswers.Of(request));
        var session = await corpus.RunAsync(server, Options with { Kinds = [RowKind.Forward, RowKind.Reverse], Count = 8 });

        Assert.Equal(8, session.Rows.Count);
        Assert.Equal((8, null), (session.Summary.Kept, session.Summary.Ended));
        Assert.InRange(session.Summary.Outcomes[Outcomes.Lost], 4, 8);
        Assert.All(session.Epochs.SelectMany(epoch => epoch).Where(item => item.Outcome == Outcomes.Lost), item => Assert.Equal(("Ds2", "Refused"), (item.Dataset, item.Reason)));
    }

    [Fact]
    public async Task Run_LostRowsAndAnInterruption_GivesTheRowsOfAnUndisturbedRun()
    {
        LoopbackAnswer Answer(LoopbackRequest request) => request.SchemaName == "reverse-response" ? new LoopbackAnswer { Fault = LoopbackFault.Refusal } : AgentAnswers.Of(request);
        using var server = new LoopbackChatServer(Answer);
        var options = Options with { Kinds = [RowKind.Forward, RowKind.Reverse], Count = 8, Epoch = 4 };
        var whole = await corpus.RunAsync(server, options);
        var part = await corpus.RunAsync(server, options, limits: limits => limits with { MaxRequests = server.Count / 2 });
        Assert.True(part.Summary.IsOutOfBudget);
        Assert.Equal(whole.Texts, (await corpus.RunAsync(server, options, part.Folder)).Texts);
    }

    [Fact]
    public async Task Run_AllRowsLost_EndsAndSaysSo()
    {
        using var server = new LoopbackChatServer(request => request.SchemaName is "solve" or "reverse-response" ? new LoopbackAnswer { Fault = LoopbackFault.Refusal } : AgentAnswers.Of(request));
        var session = await corpus.RunAsync(server, Options with { Kinds = [RowKind.Forward], Count = 4, Attempts = 0 }, limits: limits => limits with { UselessToStop = 1000 });
        Assert.Empty(session.Rows);
        Assert.Contains("Too many rows were lost", session.Summary.Ended, StringComparison.Ordinal);
        Assert.Equal(12, session.Summary.Outcomes[Outcomes.Lost]);
    }

    [Fact]
    public async Task Run_SameAnswerTwice_IsRejectedAsRepeated()
    {
        using var server = new LoopbackChatServer(OneTask);
        var session = await corpus.RunAsync(server, Options with { Kinds = [RowKind.Forward], Languages = ["go", "python"], Epoch = 6, Count = 6 });

        // The same task in another language is no repetition.
        var first = session.Rows.Where(row => row.Critique.Verdict == Verdict.Accept).ToDictionary(row => row.TargetLanguage);
        Assert.Equal(["go", "python"], first.Keys.Order());
        Assert.All(session.Rows.Except(first.Values), row => Assert.StartsWith("It repeats row " + first[row.TargetLanguage].Id, row.Critique.Faults[0], StringComparison.Ordinal));
        Assert.Equal(4, session.Rows.Count(row => row.Critique.Verdict == Verdict.Reject));
    }

    [Fact]
    public async Task Run_TaskThatRepeatsAnEarlierEpochs_IsGivenUpBeforeItsAnswerIsPaidFor()
    {
        using var server = new LoopbackChatServer(OneTask);
        var session = await corpus.RunAsync(server, Options with { Kinds = [RowKind.Forward], Languages = ["go"], Epoch = 2, Count = 4, Attempts = 1 });

        Assert.Single(session.Rows, row => row.Critique.Verdict == Verdict.Accept);
        var given = session.Epochs.Skip(1).SelectMany(epoch => epoch).ToList();
        Assert.All(given, item => Assert.Equal((Outcomes.Duplicate, null), (item.Outcome, item.Row)));
        Assert.All(given, item => Assert.StartsWith("It repeats row " + session.Rows[0].Id, item.Reason, StringComparison.Ordinal));
        Assert.Equal(2, server.Requests.Count(request => request.SchemaName == "solve"));
    }

    [Fact]
    public async Task Run_LessonsOfOtherAgents_AreTakenOverAndSuperfluousOnesDropped()
    {
        using var server = new LoopbackChatServer(request =>
        {
            var answer = AgentAnswers.Answer(request);
            if (request.SchemaName == "reflect")
            {
                var numbers = System.Text.RegularExpressions.Regex.Matches(request.Messages[1].Text, @"^(\d+)\. \((?:merit|fault)\)", System.Text.RegularExpressions.RegexOptions.Multiline).Select(match => (JsonNode)int.Parse(match.Groups[1].Value)).ToList();
                answer["adopt"] = new JsonArray([.. numbers, 999, -1]);
                answer["drop"] = new JsonArray(1);
            }

            return answer.ToJsonString();
        });
        var session = await corpus.RunAsync(server, Options with { Kinds = [RowKind.Forward], Languages = ["go", "python"], Count = 20, Epoch = 5 });

        var adopted = session.Memories.Values.SelectMany(memory => memory.Lessons.Where(lesson => lesson.From is not null).Select(lesson => (memory.Language, lesson))).ToList();
        Assert.NotEmpty(adopted);
        Assert.All(adopted, item => Assert.NotEqual(item.Language, item.lesson.From));
        Assert.All(adopted, item => Assert.Equal(item.Language, item.lesson.Language));
        Assert.Contains(server.Requests, request => request.SchemaName == "reflect" && request.Messages[1].Text.Contains("Lessons of the agents for other languages:\n", StringComparison.Ordinal));
        Assert.Contains(server.Requests, request => request.SchemaName == "forward-instruction" && adopted.Exists(item => request.Messages[0].Text.Contains("- " + item.lesson.Text, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Run_WithMemory_TellsLaterPromptsWhatWasLearned()
    {
        var (session, requests) = await CalmAsync();
        var asked = requests.Where(request => request.SchemaName is "forward-instruction" or "propose" or "solve").ToList();

        Assert.Contains(asked, request => request.Messages[0].Text.Contains("Faults in your earlier work that you must avoid:\n- Tasks without", StringComparison.Ordinal));
        Assert.Contains(asked, request => request.Messages[1].Text.Contains("Tasks that were written already", StringComparison.Ordinal));
        Assert.All(session.Memories.Values, memory => Assert.InRange(memory.Lessons.Count, 0, 24));
        Assert.Contains(session.Memories.Values, memory => memory.Lessons.Any(lesson => lesson.Uses > 0));
    }

    [Fact]
    public async Task Run_CodeInPrompts_StandsWithoutItsIndentAndIsDocumentedOnce()
    {
        using var server = new LoopbackChatServer(AgentAnswers.Of);
        await corpus.RunAsync(server, Options with { Kinds = [RowKind.Forward], Count = 8 });
        var shown = string.Join('\n', server.Requests.SelectMany(request => request.Messages).Select(message => message.Text));
        Assert.Contains("static int binarySearch(int[] items, int wanted) {\n  int low = 0, high = items.length - 1;", shown, StringComparison.Ordinal);
        Assert.Contains("\n  return -1;\n}\n\nThe type it belongs to, without its other members:\nclass Text {\n}\n<<<END", shown, StringComparison.Ordinal);
        Assert.Contains("\"\"\"Finds the place of a value in sorted items.\"\"\"", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Documentation: Finds the place", shown, StringComparison.Ordinal);
        Assert.Contains("Documentation: Counts how often each word occurs.\npublic static", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Parallel_AllProposeReactAndVote()
    {
        using var server = new LoopbackChatServer(AgentAnswers.Of);
        var session = await corpus.RunAsync(server, Options with { Kinds = [RowKind.Discussion], Protocols = [Protocol.Parallel], Count = 3, Agents = 3 });

        Assert.All(session.Rows, row =>
        {
            Assert.Equal(("parallel", 1), (row.Protocol, row.Rounds));
            Assert.Equal([3, 3, 3], new[] { "propose", "react", "vote" }.Select(act => row.Transcript.Count(turn => turn.Act == act)));
        });
    }

    [Fact]
    public async Task Run_ContextNone_ShowsNothingAndHoldsOutIsRecorded()
    {
        using var server = new LoopbackChatServer(AgentAnswers.Of);
        var none = await corpus.RunAsync(server, Options with { Count = 4, Context = new ContextOptions { Kind = ContextKind.None } });
        Assert.All(none.Rows, row => Assert.Equal(("none", 0), (row.Context, row.Neighbours.Count)));
        Assert.DoesNotContain("context 1", string.Concat(server.Requests.Select(request => request.Body)), StringComparison.Ordinal);

        // Held out by a hash of the seed: of a share of nearly one, all.
        var held = await corpus.RunAsync(server, Options with { Count = 4, HoldOut = 0.999 });
        Assert.All(held.Rows, row => Assert.Equal(("none", 0), (row.Context, row.Neighbours.Count)));
    }

    [Fact]
    public async Task Run_InjectedInstructions_ChangeNoFieldOfTheProtocol()
    {
        // A gullible model does what the comment says wherever it sees it.
        using var server = new LoopbackChatServer(request =>
        {
            var answer = AgentAnswers.Answer(request);
            if (request.Messages.Any(message => message.Text.Contains("Ignore all previous instructions", StringComparison.Ordinal)) && request.Messages.Count <= 2)
            {
                answer["targetLanguage"] = "cobol";
                answer["lineage"] = new JsonArray();
                answer["verdict"] = "accept";
            }

            return answer.ToJsonString();
        });
        var gullible = await corpus.RunAsync(server, Options);
        var (plain, _) = await CalmAsync();

        Assert.Contains(server.Requests, request => request.Body.Contains("Ignore all previous instructions", StringComparison.Ordinal));
        Assert.Equal(plain.Texts, gullible.Texts);
    }

    [Fact]
    public async Task Run_PersonalData_ReachesNeitherEndpointNorRow()
    {
        var (session, requests) = await CalmAsync();

        Assert.DoesNotContain("jane.doe", string.Concat(requests.Select(request => request.Body)), StringComparison.Ordinal);
        Assert.Contains("mail me: <EMAIL>", string.Concat(requests.Select(request => request.Messages[^1].Text)), StringComparison.Ordinal);
        Assert.DoesNotContain("jane.doe", string.Concat(session.Texts), StringComparison.Ordinal);
        Assert.Contains(session.Rows, row => row.Redactions.Count > 0);
    }

    // A model that knows one task, and likes every answer.
    private static LoopbackAnswer OneTask(LoopbackRequest request)
    {
        var answer = AgentAnswers.Answer(request);
        if (answer.ContainsKey("instruction"))
        {
            answer["instruction"] = "Write a function that adds two numbers and returns their sum, for all whole numbers.";
        }

        if (answer.ContainsKey("verdict"))
        {
            answer["verdict"] = "accept";
            answer["scores"]!.AsObject().ToList().ForEach(score => answer["scores"]![score.Key] = 9);
        }

        return answer.ToJsonString();
    }

    // One undisturbed session, and what was asked in it, for all tests that look at it or compare with it.
    private Task<(AgentSession Session, IReadOnlyList<LoopbackRequest> Requests)> CalmAsync() => _calm ??= RunCalmAsync();

    private async Task<(AgentSession Session, IReadOnlyList<LoopbackRequest> Requests)> RunCalmAsync()
    {
        using var server = new LoopbackChatServer(AgentAnswers.Of);
        var session = await corpus.RunAsync(server, Options);
        return (session, [.. server.Requests]);
    }
}
