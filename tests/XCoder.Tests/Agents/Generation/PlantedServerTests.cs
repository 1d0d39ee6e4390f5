using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XCoder.Agents.Rows;
using XCoder.Tests.Agents.Chat;
using XCoder.Tests.Agents.Chat.Dialects;
using XCoder.Tests.Agents.Verification;
using XCoder.Tests.Agents.Verification.Sandbox;
using XCoder.Tests.Analysis.Repositories;
using XCoder.Tests.Cli;
using Xunit.Abstractions;

namespace XCoder.Tests.Agents.Generation;

/// <summary>Generation and verification against a server whose answers are known to be right or wrong, from prompt to status.</summary>
public sealed partial class PlantedServerTests(ITestOutputHelper output, PlantedServerTests.Workspaces workspaces) : IClassFixture<PlantedServerTests.Workspaces>, IDisposable
{
    private const int Most = 12, Few = 5;

    private readonly TemporaryFolder _folder = new();

    /// <summary>Each language as asked, and one of them in each dialect; <see cref="Chat.Dialects.EveryDialectTests"/> has each dialect in the suite.</summary>
    public static TheoryData<string, string> Runs
    {
        get
        {
            var languages = Directory.EnumerateFiles(PlantedCase.Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal).ToList();
            var dialects = ServerDialects.All.Select(dialect => dialect.Name).Where(name => name != ServerDialects.AsAsked).ToList();
            var data = new TheoryData<string, string>();
            foreach (var language in FullRun.Of(languages, ["python"]))
            {
                data.Add(language, ServerDialects.AsAsked);
            }

            foreach (var dialect in FullRun.Of(dialects, []))
            {
                data.Add("python", dialect);
            }

            return data;
        }
    }

    public void Dispose() => _folder.Dispose();

    [SandboxTheory]
    [MemberData(nameof(Runs))]
    public void GenerateThenVerify_AnswersOfKnownTruth_LabelsNoneFalsely(string language, string dialect)
    {
        var cases = PlantedCase.Read(language).Where(item => item.OwnKind != "endless" && item.IndependentKind != "endless")
            .DistinctBy(item => (item.Truth, item.OwnKind, item.IndependentKind)).Take(FullRun.IsWanted && dialect == ServerDialects.AsAsked ? Most : Few).ToList();
        workspaces.CopyTo(_folder, language);
        var next = -1;
        using var server = new LoopbackChatServer(ServerDialects.Find(dialect).Of(Answer));
        var report = Run("generate", "--endpoint", server.Endpoint.ToString(), "--chat-model", "planted", "--device", "cpu", "--count", $"{cases.Count}", "--dataset", "Ds1", "--language", language, "--hold-out", "0");
        Run("verify");
        var rows = CliProcess.Run(_folder.Root, "export", "--data-format", "pairs", "--all", "--licences", "any", "--workspace", "ws").Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        // A task as common as some of these may be a benchmark's; then the run says so and leaves its row out.
        var benchmarks = Benchmarks().Match(report) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        Assert.True(cases.Count == rows.Count + benchmarks && benchmarks <= 1, $"{rows.Count} rows of {cases.Count} cases: {report}");
        var wrong = new List<string>();
        foreach (var row in rows)
        {
            var item = cases.Single(item => row.GetProperty("instruction").GetString()!.Contains(item.Task.Trim(), StringComparison.Ordinal));
            var status = row.GetProperty("verification").GetProperty("status").GetString();
            output.WriteLine($"{item.Id}: {item.Truth}, tests {item.OwnKind ?? "none"} and {item.IndependentKind ?? "none"}: {status}, {row.GetProperty("critique").GetProperty("verdict")}");
            if (status == RowNames.Of(item.Truth == PlantedCase.Wrong ? RowStatus.Verified : RowStatus.Failed))
            {
                wrong.Add($"{item.Id}: {item.Truth} and {status}: {row.GetProperty("verification")}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.Contains(rows, row => row.GetProperty("verification").GetProperty("status").GetString() == RowNames.Of(RowStatus.Verified));

        // What failed its own tests was shown to its author, with the message.
        Assert.Contains(server.Requests, request => request.SchemaName == "revise" && request.Body.Contains("They ", StringComparison.Ordinal));

        JsonObject Answer(LoopbackRequest request)
        {
            var asked = string.Join('\n', request.Messages.Select(message => message.Text));
            var item = request.SchemaName == "forward-instruction" ? cases[Interlocked.Increment(ref next) % cases.Count]
                : cases.Find(item => asked.Contains(item.Task.Trim(), StringComparison.Ordinal));
            return request.SchemaName switch
            {
                "forward-instruction" => new JsonObject { ["instruction"] = item!.Task },
                "critique" => new JsonObject
                {
                    ["merits"] = new JsonArray(), ["faults"] = new JsonArray(), ["verdict"] = "accept",
                    ["scores"] = new JsonObject(request.Schema!.Value.GetProperty("properties").GetProperty("scores").GetProperty("properties").EnumerateObject().Select(score => KeyValuePair.Create<string, JsonNode?>(score.Name, 9))),
                },
                "test" => new JsonObject { ["tests"] = item?.Independent ?? "" },
                "reflect" => new JsonObject { ["merits"] = new JsonArray(), ["faults"] = new JsonArray() },
                "revise" => new JsonObject { ["instruction"] = item!.Task, ["code"] = item.Code, ["explanation"] = "As before.", ["tests"] = item.Own ?? "" },
                _ => new JsonObject { ["code"] = item!.Code, ["explanation"] = "As asked.", ["tests"] = item.Own ?? "" },
            };
        }

        string Run(params string[] arguments)
        {
            var result = CliProcess.Run(_folder.Root, [.. arguments, "--workspace", "ws"]);
            result.Expect(0);
            return result.Output;
        }
    }

    [GeneratedRegex("Benchmarks: ([0-9]+) rows rejected")]
    private static partial Regex Benchmarks();

    /// <summary>A workspace for each language, indexed once.</summary>
    public sealed class Workspaces : IDisposable
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, Lazy<TemporaryFolder>> _folders = new();

        internal void CopyTo(TemporaryFolder folder, string language)
        {
            foreach (var file in Directory.EnumerateFiles(Of(language), "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(folder.Root, Path.GetRelativePath(Of(language), file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }

        public void Dispose()
        {
            foreach (var folder in _folders.Values)
            {
                folder.Value.Dispose();
            }
        }

        private string Of(string language) => _folders.GetOrAdd(language, _ => new Lazy<TemporaryFolder>(() =>
        {
            var folder = new TemporaryFolder();
            var sample = Directory.EnumerateFiles(Path.Combine(TestPaths.Root, "tests", "languages", language), "sample.*").First();
            folder.Write("repository/" + Path.GetFileName(sample), File.ReadAllText(sample));
            folder.Write("repository/LICENSE", AgentCorpus.Mit);
            CliProcess.Run(folder.Root, "index", "repository", "--device", "cpu", "--workspace", "ws").Expect(0);
            CliProcess.Run(folder.Root, "seeds", "--device", "cpu", "--workspace", "ws").Expect(0);
            return folder;
        })).Value.Root;
    }
}
