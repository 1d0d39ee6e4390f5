using System.Text.Json;
using XCoder.Agents;
using XCoder.Agents.Export;
using XCoder.Agents.Licences;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Analysis;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Store;
using XCoder.Tests.Agents.Export;
using XCoder.Tests.Agents.Verification.Sandbox;
using XCoder.Tests.Cli.Commands;

namespace XCoder.Tests.Agents.Engine;

/// <summary>The library over rows, as a program calls it: from mining to purge.</summary>
public sealed class RowWorkspaceTests(MinedCorpus corpus) : IClassFixture<MinedCorpus>
{
    private static readonly ExportOptions Everything = new() { Filter = new RowFilterOptions { Licences = LicencePolicy.Parse("any") } };

    [Fact]
    public void OpenRows_BeforeAnythingWasGenerated_SaysWhatToDo()
    {
        var rows = Copy("nothing");

        Assert.False(rows.HasRows);
        Assert.Contains("generate --mined", Assert.Throws<StoreException>(() => rows.OpenRows()).Message, StringComparison.Ordinal);
        Assert.Contains("generate --mined", Assert.Throws<StoreException>(() => rows.Verify()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mine_WithLines_WritesAndStoresTheSameRows()
    {
        var rows = Copy("lines");
        using var lines = new MemoryStream();
        rows.Mine(lines: lines);

        lines.Position = 0;
        using var reader = new StreamReader(lines);
        var written = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!).ToList();
        Assert.NotEmpty(written);
        Assert.Equal(written, Ids(rows));
        Assert.Contains("It has: ", Assert.Throws<RequestException>(() => rows.Mine(new MiningQuery { Repository = "other" })).Message, StringComparison.Ordinal);
        Assert.Equal("mined", rows.Report().Run.Kind);
        Assert.Contains("There are: mined (1)", Assert.Throws<RequestException>(() => rows.Report("7")).Message, StringComparison.Ordinal);
    }

    [SandboxFact]
    public void Verify_OfOneRepository_LeavesTheRowsOfOthers()
    {
        var rows = Copy("verified");
        SampleRows.Store(rows.Code.Folder, [Written("polyglot"), Written("hostile")]);
        var result = rows.Verify(new VerificationQuery { Repository = "hostile" });

        Assert.Equal((1, 0), (result.Rows.Verified, result.Rows.Before));
        using var store = rows.OpenRows();
        Assert.Equal(RowStatus.Verified, Assert.Single(store.Rows(new RowSelection(Repository: "hostile"))).Verification.Status);
        Assert.Equal(RowStatus.Unverifiable, Assert.Single(store.Rows(new RowSelection(Repository: "polyglot"))).Verification.Status);
        Assert.Empty(store.Rows(new RowSelection(Repository: "other")));

        static InstructionRow Written(string repository)
        {
            var sample = SampleRows.Make(1);
            var row = sample with
            {
                Dataset = RowKind.Discussion.Dataset,
                Task = RowTask.Instruction,
                Instruction = $"Write add, as {repository} does.",
                Response = "```python\ndef add(a, b):\n    return a + b\n```",
                TargetLanguage = "python",
                Tests = "assert add(2, 3) == 5\n",
                IndependentTests = "assert add(1, 1) == 2\n",
                Verification = new RowVerification(RowStatus.Unverifiable, []),
                Lineage = [sample.Lineage[0] with { Repository = repository }, sample.Lineage[1] with { Repository = repository == "hostile" ? "polyglot" : "hostile", Role = LineageRole.Context }],
            };
            return row with { Id = RowId.Of(row) };
        }
    }

    [Fact]
    public void Export_ToAStreamOrAFile_HoldsTheSameRowsAndMarksTheFile()
    {
        var rows = Copy("exported");
        rows.Mine();
        using var stream = new MemoryStream();
        rows.Export(Everything, stream);
        var path = Path.Combine(corpus.Root, "exported.jsonl");
        rows.Export(Everything, path);

        Assert.NotEqual(0, stream.Length);
        Assert.Equal(stream.ToArray(), File.ReadAllBytes(path));
        Assert.True(File.Exists(path + ".xcoder"));

        rows.ExportReport(Path.Combine(corpus.Root, "report.json"));
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(File.ReadAllText(Path.Combine(corpus.Root, "report.json"))).RootElement.ValueKind);
        rows.ExportReport(Path.Combine(corpus.Root, "report.html"));
        Assert.StartsWith("<!doctype html>", File.ReadAllText(Path.Combine(corpus.Root, "report.html")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void EditMemory_OfAnAgent_IsThereWhenReadAgain()
    {
        var rows = Copy("memory");
        rows.Mine();
        rows.EditMemory("1", "python", memory => memory with { Recent = ["a task"] });

        using var store = rows.OpenRows();
        Assert.Equal(["a task"], store.Memories(1)["python"].Recent);
    }

    [Fact]
    public void Purge_OfARepository_RemovesItsRowsAndExports()
    {
        var rows = Copy("purged");
        rows.Mine();
        var path = Path.Combine(corpus.Root, "purged.jsonl");
        rows.Export(Everything, path);
        Assert.Contains("hostile", rows.KnownRepositories());
        var before = Ids(rows).Count;
        rows.Purge("hostile", isDry: true);
        Assert.Equal(before, Ids(rows).Count);
        rows.Purge("hostile");

        Assert.DoesNotContain("hostile", rows.KnownRepositories());
        Assert.InRange(Ids(rows).Count, 1, before - 1);
        Assert.False(File.Exists(path));
        Assert.Throws<RequestException>(() => rows.Purge("hostile"));
    }

    private RowWorkspace Copy(string name)
    {
        corpus.Copy(name);
        return new RowWorkspace(Workspace.Open(Path.Combine(corpus.Root, name), new WorkspaceOptions { Device = Device.Cpu, Threads = 2 }));
    }

    private static List<string> Ids(RowWorkspace rows)
    {
        using var store = rows.OpenRows();
        return [.. store.Rows().Select(row => row.Id)];
    }
}
