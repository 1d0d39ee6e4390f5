using System.Text;
using System.Text.Json;
using XCoder.Tests.Agents.Chat;
using XCoder.Tests.Cli;

namespace XCoder.Tests.Agents.Generation;

public class GenerateCliTests(AgentCorpus corpus) : IClassFixture<AgentCorpus>
{
    private const string Key = "sk-planted-9b1deb4d3b7d4bad9bdd2b0d7b3dcb6d";

    private static readonly Dictionary<string, string> Environment = new() { ["OPENAI_API_KEY"] = Key };

    [Fact]
    public void Generate_Endpoint_WritesRowsAndSaysWhatItDid()
    {
        using var server = new LoopbackChatServer(AgentAnswers.Of);
        var workspace = corpus.NewWorkspace();
        Run(workspace, server.Endpoint, "--count", "6", "--epoch", "3").Expect(0, "Rows: 6 of 6:", "accepted", "Requests:", "Tokens:");
        Assert.All(server.Requests, request => Assert.Equal("Bearer " + Key, request.Authorization));

        var report = JsonDocument.Parse(Run(workspace, server.Endpoint, "--count", "6", "--epoch", "3", "--format", "json").Expect(0).Output).RootElement;
        Assert.Equal((0, 2), (report.GetProperty("requests").GetInt32(), report.GetProperty("epochs").GetInt32()));
    }

    [Fact]
    public void Generate_Key_IsInNoOutputAndNoFile()
    {
        using var server = new LoopbackChatServer(request => request.Number % 3 == 0 ? new LoopbackAnswer { Fault = LoopbackFault.ServerError } : AgentAnswers.Of(request));
        var workspace = corpus.NewWorkspace();
        var good = Run(workspace, server.Endpoint, "--count", "3", "--verbose");
        using var wrong = new LoopbackChatServer(_ => LoopbackFault.Unauthorized);
        var bad = Run(workspace, wrong.Endpoint, "--count", "5", "--verbose", "--run", "other").Expect(3);

        Assert.DoesNotContain(Key, good.Output + good.Errors + bad.Output + bad.Errors, StringComparison.Ordinal);
        Assert.All(Directory.EnumerateFiles(workspace), file => Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Key))));
        Assert.Contains("key", bad.Errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Generate_EndpointElsewhere_IsNamedBeforeTheFirstRequest()
    {
        var result = Run(corpus.NewWorkspace(), new Uri("http://nowhere.invalid/v1"), "--count", "2");
        Assert.Contains("will be sent to nowhere.invalid (model tiny)", result.Errors, StringComparison.Ordinal);
        result.Expect(3);
    }

    [Fact]
    public void Generate_Estimate_IsNearTheTruthAndSendsNothing()
    {
        using var server = new LoopbackChatServer(AgentAnswers.Of);
        var workspace = corpus.NewWorkspace();
        var estimate = JsonDocument.Parse(Run(workspace, server.Endpoint, "--count", "12", "--epoch", "4", "--estimate", "--prompt-price", "1", "--completion-price", "2", "--format", "json").Expect(0).Output).RootElement;
        Assert.Equal(0, server.Count);
        Assert.InRange(estimate.GetProperty("cost").GetDouble(), 0.001, 1);

        Run(workspace, server.Endpoint, "--count", "12", "--epoch", "4").Expect(0);
        Assert.InRange(estimate.GetProperty("requests").GetDouble() / server.Count, 0.6, 1.6);
    }

    [Fact]
    public void Generate_MaxRequests_EndsWithOneAndGoesOn()
    {
        using var server = new LoopbackChatServer(AgentAnswers.Of);
        var workspace = corpus.NewWorkspace();
        Run(workspace, server.Endpoint, "--count", "8", "--max-requests", "9").Expect(1, "The budget is spent");
        Assert.InRange(server.Count, 1, 9);
        Run(workspace, server.Endpoint, "--count", "8").Expect(0, "Rows: 8 of 8:");
    }

    [Fact]
    public void Generate_Compare_ShowsTheDifferenceWithIntervals()
    {
        using var server = new LoopbackChatServer(AgentAnswers.Of);
        Run(corpus.NewWorkspace(), server.Endpoint, "--count", "4", "--compare", "none,embedding").Expect(0, "4 rows of the same seeds", "accepted", "novelty of the response", "Difference");
    }

    [Fact]
    public void Memory_AfterARun_IsShownAndEdited()
    {
        using var server = new LoopbackChatServer(AgentAnswers.Of);
        var workspace = corpus.NewWorkspace();
        Run(workspace, server.Endpoint, "--count", "4", "--languages", "python,go").Expect(0);
        Memory(workspace).Expect(0, "go:", "python:", "wrote:");
        Memory(workspace, "go", "--add-fault", "Tasks about sums").Expect(0, "Tasks about sums (kept)");
        var lesson = JsonDocument.Parse(Memory(workspace, "go", "--format", "json").Expect(0).Output).RootElement[0].GetProperty("lessons")[0];
        Memory(workspace, "go", "--forget", lesson.GetProperty("id").GetString()!).Expect(0);
        Assert.DoesNotContain("Tasks about sums", Memory(workspace, "go").Expect(0).Output, StringComparison.Ordinal);
        Memory(workspace, "--run", "none").Expect(2, "There are: default");
    }

    [Theory]
    [InlineData("Say how", "--count", "3")]
    [InlineData("give one of the two", "--mined", "--endpoint", "http://localhost:1/v1")]
    [InlineData("--chat-model NAME is missing", "--endpoint", "http://localhost:1/v1")]
    [InlineData("not an address", "--endpoint", "localhost", "--chat-model", "m")]
    [InlineData("user or password", "--endpoint", "http://u:p@localhost:1/v1", "--chat-model", "m")]
    [InlineData("--max-cost needs", "--endpoint", "http://localhost:1/v1", "--chat-model", "m", "--max-cost", "3")]
    [InlineData("out of its range", "--endpoint", "http://localhost:1/v1", "--chat-model", "m", "--rounds", "9")]
    [InlineData("not a weight", "--endpoint", "http://localhost:1/v1", "--chat-model", "m", "--weights", "beauty=3")]
    public void Generate_WrongUsage_SaysWhatToDo(string expected, params string[] arguments) =>
        CliProcess.Run(corpus.Root, ["generate", "--workspace", corpus.NewWorkspace(), "--device", "cpu", .. arguments]).Expect(2, expected);

    private CliResult Run(string workspace, Uri endpoint, params string[] options) => CliProcess.Run(corpus.Root, Environment, Arguments(workspace, endpoint, options));

    private static string[] Arguments(string workspace, Uri endpoint, string[] options) =>
        ["generate", "--endpoint", endpoint.ToString(), "--chat-model", "tiny", "--workspace", workspace, "--device", "cpu", .. options];

    private CliResult Memory(string workspace, params string[] options) => CliProcess.Run(corpus.Root, ["memory", "--workspace", workspace, .. options]);
}
