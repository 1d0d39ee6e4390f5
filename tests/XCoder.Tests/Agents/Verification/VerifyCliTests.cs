using System.Text.Json;
using XCoder.Tests.Agents.Chat;
using XCoder.Tests.Agents.Generation;
using XCoder.Tests.Agents.Verification.Sandbox;
using XCoder.Tests.Cli;

namespace XCoder.Tests.Agents.Verification;

public class VerifyCliTests(AgentCorpus corpus) : IClassFixture<AgentCorpus>
{
    [SandboxFact]
    public void Verify_AfterARun_SetsStatusesOnceAndExportKnowsThem()
    {
        using var server = new LoopbackChatServer(request =>
        {
            var answer = AgentAnswers.Answer(request);
            if (answer["code"] is not null)
            {
                answer["code"] = "def twice(a):\n    return a * 2\n# " + answer["explanation"];
                answer["tests"] = "assert twice(4) == 8";
            }

            if (request.SchemaName == "critique")
            {
                answer["verdict"] = "accept";
            }

            if (request.SchemaName == "test")
            {
                answer["tests"] = "assert twice(5) == 10";
            }

            return new LoopbackAnswer { Text = answer.ToJsonString() };
        });
        var workspace = corpus.NewWorkspace();
        Run("generate", "--endpoint", server.Endpoint.ToString(), "--chat-model", "tiny", "--device", "cpu", "--count", "3", "--languages", "python").Expect(0);
        var page = Path.Combine(workspace, "generation.html");
        var written = File.ReadAllText(page);
        Run("verify").Expect(0, "3 went through the gates, 0 had before", "python", "Report of run 1: ");
        Assert.NotEqual(written, File.ReadAllText(page));
        var report = JsonDocument.Parse(Run("verify", "--again", "--format", "json").Expect(0).Output).RootElement;
        Assert.Equal("verified", report.GetProperty("statuses")[0].GetProperty("status").GetString());
        Run("verify").Expect(0, "0 went through the gates, 3 had before");
        var rows = Run("export", "--data-format", "pairs", "--status", "verified", "--all", "--licences", "any").Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, rows.Length);
        Assert.Empty(Run("export", "--data-format", "pairs", "--status", "failed", "--all", "--licences", "any").Expect(0).Output);

        CliResult Run(params string[] arguments) => CliProcess.Run(corpus.Root, [.. arguments, "--workspace", workspace]);
    }

    [Fact]
    public void Verify_WithoutRows_SaysWhatToDo() => CliProcess.Run(corpus.Root, "verify", "--workspace", corpus.NewWorkspace()).Expect(2, "Nothing was generated");
}
