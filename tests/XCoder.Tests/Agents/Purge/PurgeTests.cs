using System.Text;
using System.Text.Json;
using XCoder.Agents.Export;
using XCoder.Agents.Purge;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Analysis.Store;
using XCoder.Tests.Agents.Chat;
using XCoder.Tests.Agents.Generation;
using XCoder.Tests.Analysis.Repositories;
using XCoder.Tests.Cli;

namespace XCoder.Tests.Agents.Purge;

public class PurgeTests(PurgeCorpus purged) : IClassFixture<PurgeCorpus>
{
    private const string Repository = PurgeCorpus.Repository;

    private readonly AgentCorpus _corpus = purged.Agents;

    [Fact]
    public async Task Purge_OfARepository_LeavesNothingOfItAndTheRest()
    {
        var workspace = await purged.GenerateAsync();
        CliProcess.Run(_corpus.Root, "generate", "--mined", "--workspace", workspace, "--device", "cpu").Expect(0);
        var outputs = Path.Combine(workspace, "..", Path.GetFileName(workspace) + "-out");
        foreach (var (name, more) in ((string, string[])[])[("folder", []), ("columns", ["--parquet"]), ("rows.jsonl", [])])
        {
            CliProcess.Run(_corpus.Root, ["export", "--workspace", workspace, "--all", "--licences", "any", "--data-format", "pairs", "--output", Path.Combine(outputs, name), .. more]).Expect(0);
        }

        CliProcess.Run(_corpus.Root, "export", "--workspace", workspace, "--run-report", Path.Combine(outputs, "run.html")).Expect(0);
        var before = Rows(workspace);
        Assert.Contains(before, row => row.Lineage.Any(place => place.Repository == Repository && place.Role == LineageRole.Context));
        Assert.NotEmpty(Found(workspace, outputs));

        var dry = JsonDocument.Parse(Purge(workspace, "--dry-run", "--format", "json").Expect(0).Output).RootElement;
        Assert.Equal(before.Count, Rows(workspace).Count);
        Assert.Equal(4, dry.GetProperty("exports").GetArrayLength());
        Purge(workspace).Expect(2, "cannot be undone");
        Purge(workspace, "--yes").Expect(0, "texts searched in", ", 0 found");

        Assert.Empty(Found(workspace, outputs));
        var after = Rows(workspace);
        Assert.NotEmpty(after);
        var expected = before.Where(row => row.Lineage.All(place => place.Repository != Repository)).Select(row => row.Id).ToHashSet();
        Assert.All(after, row => Assert.Contains(row.Id, expected));
        Assert.Equal(dry.GetProperty("rows").GetProperty("all").GetInt32(), before.Count - after.Count);
        Assert.DoesNotContain(Repository + "/", CliProcess.Run(_corpus.Root, "snippets", "--workspace", workspace).Expect(0).Output, StringComparison.Ordinal);
        Purge(workspace, "--yes").Expect(2, "It has: cs, go, java");
    }

    [Fact]
    public async Task Purge_ThenTheSameRun_GoesOn()
    {
        var workspace = await purged.GenerateAsync();
        Purge(workspace, "--yes").Expect(0);
        CliProcess.Run(_corpus.Root, "index", "--workspace", workspace, "--device", "cpu", "go", "java", "cs").Expect(0);
        using var server = new LoopbackChatServer(PurgeCorpus.Echo);
        var session = await _corpus.RunAsync(server, PurgeCorpus.Options with { Count = 24 }, workspace);
        Assert.Equal(24, session.Summary.Outcomes.Values.Sum());
        Assert.True(session.Summary.Outcomes[GenerationStore.PurgedOutcome] > 0);
        Assert.DoesNotContain(session.Rows, row => row.Lineage.Any(place => place.Repository == Repository));
    }

    [Theory]
    [InlineData("rows, replies, memories")]
    [InlineData("exports")]
    [InlineData("the store")]
    [InlineData("searching")]
    public async Task Purge_Interrupted_IsCompletedByTheNext(string at)
    {
        var folder = await purged.GenerateAsync();
        var workspace = WorkspaceFolder.OpenExisting(folder);
        Assert.Throws<OperationCanceledException>(() => new RepositoryPurge(workspace, Repository).Run(false, step => { if (step == at) { throw new OperationCanceledException(); } }));
        Assert.Throws<InvalidDataException>(() => new RepositoryPurge(workspace, "go").Run(false));

        var summary = new RepositoryPurge(workspace, Repository).Run(false);
        Assert.True(summary.Searched > 0);
        Assert.Empty(summary.Found);
        Assert.Empty(Found(folder));
        Assert.DoesNotContain(Repository, RepositoryPurge.Known(workspace));
    }

    [Trait(FullRun.Category, FullRun.Heavy)]
    [Fact]
    public async Task Purge_Killed_IsCompletedByTheNext()
    {
        var workspace = await purged.GenerateAsync();
        var random = new Random(3);
        for (var kills = 0; kills < 4; kills++)
        {
            using var process = CliProcess.Start(_corpus.Root, null, "purge", Repository, "--workspace", workspace, "--yes");
            process.HasWorked(TimeSpan.FromMilliseconds(random.Next(250, 1200)));
            process.Signal(9);
            process.Wait();
        }

        // A quick machine may have been done before the last kill.
        if (RepositoryPurge.Known(WorkspaceFolder.OpenExisting(workspace)).Contains(Repository))
        {
            Purge(workspace, "--yes").Expect(0, ", 0 found");
        }

        Assert.Empty(Found(workspace));
        Assert.False(File.Exists(Path.Combine(workspace, "purge.pending")));
    }

    [Fact]
    public void Purge_OfTwoWithTheSameContent_LeavesTheOther()
    {
        using var folder = new TemporaryFolder();
        const string Same = "def of_both_repositories(first, second):\n    return [first_value for first_value in first if first_value in second]\n";
        folder.Write("one/same.py", Same);
        folder.Write("two/same.py", Same);
        folder.Write("one/own.py", "def only_the_first_repository_has_this(value):\n    return value * 1234567\n");
        // In documentation, stored without its marks, the other says it as well.
        folder.Write("one/words.py", "WORDS = 'each of these words stands in another repository, too'\n");
        folder.Write("two/words.py", "def words(value):\n    \"\"\"Says that\n    each of these words stands\n    in another repository, too\n    \"\"\"\n    return value\n");
        CliProcess.Run(folder.Root, "index", "one", "two", "--workspace", "ws", "--device", "cpu").Expect(0);
        CliProcess.Run(folder.Root, "purge", "none", "--workspace", "ws", "--yes").Expect(2, "It has: one, two");
        CliProcess.Run(folder.Root, "purge", "one", "--workspace", "ws", "--yes").Expect(0, ", 0 found");
        var left = CliProcess.Run(folder.Root, "snippets", "--workspace", "ws", "--with-code", "--format", "jsonl").Expect(0).Output;
        Assert.Contains("of_both_repositories", left, StringComparison.Ordinal);
        Assert.DoesNotContain("only_the_first", left, StringComparison.Ordinal);
        CliProcess.Run(folder.Root, "neighbours", "--all", "--workspace", "ws", "--device", "cpu", "--format", "jsonl").Expect(0);
    }

    [Fact]
    public void Purge_TextInAFileOfTheUsers_FailsAndNamesIt()
    {
        using var folder = new TemporaryFolder();
        folder.Write("one/own.py", "def only_the_first_repository_has_this(value):\n    return value * 1234567\n");
        CliProcess.Run(folder.Root, "index", "one", "--workspace", "ws", "--no-embed").Expect(0);
        CliProcess.Run(folder.Root, "snippets", "--workspace", "ws", "--with-code", "--format", "jsonl", "--output", "ws/mine.jsonl").Expect(0);
        CliProcess.Run(folder.Root, "purge", "one", "--workspace", "ws", "--yes").Expect(1, "1 found", "mine.jsonl");
        File.Delete(Path.Combine(folder.Root, "ws", "mine.jsonl"));
        CliProcess.Run(folder.Root, "purge", "one", "--workspace", "ws", "--yes").Expect(0, ", 0 found");
    }

    [Fact]
    public async Task Purge_WithPlantedPaths_DeletesNothingThatIsNotItsOwn()
    {
        var (workspace, other) = (await purged.GenerateAsync(), await purged.GenerateAsync());
        File.Delete(Path.Combine(other, ExportMark.KeyFile));
        using var home = new TemporaryFolder();
        string At(string name) => Path.Combine(home.Root, name);
        void Export(string from, string name) => CliProcess.Run(_corpus.Root, "export", "--workspace", from, "--all", "--licences", "any", "--data-format", "pairs", "--output", At(name)).Expect(0);

        var own = $$"""{"id": "none", "lineage": [{"repository": "{{Repository}}"}]}""" + "\n";
        home.Write("authorized_keys", "ssh-ed25519 AAAA\n");
        home.Write("theirs.jsonl", own);
        home.Write("page.html", "<html>theirs</html>");
        home.Write("folder/notes.txt", own);
        home.Write("folder/data/train-00000-of-00001.jsonl", own);
        home.Write("card/README.md", ExportFolder.Mark + "\n");
        home.Write("card/data/train-00000-of-00001.jsonl", own);
        Export(other, "others.jsonl");
        Export(other, "others");
        Export(workspace, "changed.jsonl");
        File.AppendAllText(At("changed.jsonl"), own);
        Export(workspace, "mine.jsonl");
        File.CreateSymbolicLink(At("link.jsonl"), At("mine.jsonl"));
        File.CreateSymbolicLink(At("link.jsonl.xcoder"), At("mine.jsonl.xcoder"));
        Export(workspace, "held.jsonl");
        home.Run("ln", At("held.jsonl"), At("other-name"));
        home.Run("mkfifo", At("pipe.jsonl"));
        home.Write("leftover.jsonl.1.tmp", own);
        home.Write(".leftover.jsonl.1.xcoder-export/mine", own);
        home.Write("cut.jsonl.999999999.0123abcd.tmp", File.ReadAllText(Directory.EnumerateFiles(Path.Combine(_corpus.Root, Repository), "*.py").Order(StringComparer.Ordinal).First()));
        string[] planted = ["cut.jsonl", "authorized_keys", "theirs.jsonl", "page.html", "folder", "card", "others.jsonl", "others", "changed.jsonl", "link.jsonl", "held.jsonl", "pipe.jsonl", "leftover.jsonl"];
        using (var store = GenerationStore.Open(workspace))
        {
            Array.ForEach([.. planted.Select(At), "/", "/dev/zero", "/dev/stdin", home.Root], path => store.RecordExport(path, TimeProvider.System.GetUtcNow()));
        }

        var before = Directory.EnumerateFileSystemEntries(home.Root, "*", SearchOption.AllDirectories).Where(path => !path.Contains("mine.", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        var result = Purge(workspace, "--yes").Expect(1, "left alone: " + At("authorized_keys"), "left alone: " + At("held.jsonl"), "left alone: " + At("changed.jsonl"), "left alone: /dev/zero", "found in " + At("cut.jsonl.999999999.0123abcd.tmp"));
        Assert.Contains("exports  1", result.Output, StringComparison.Ordinal);
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(home.Root, "*", SearchOption.AllDirectories).Where(path => !path.Contains("mine.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.False(File.Exists(At("mine.jsonl")) || File.Exists(At("mine.jsonl.xcoder")) || File.Exists(At("mine.ATTRIBUTION.md")));
        Assert.Equal("ssh-ed25519 AAAA\n", File.ReadAllText(At("authorized_keys")));
    }

    [Fact]
    public async Task Purge_OfExportsWithoutAMark_DeletesThoseWhoseRecordsAreItsRows()
    {
        var workspace = await purged.GenerateAsync();
        using var home = new TemporaryFolder();
        string At(string name) => Path.Combine(home.Root, name);
        foreach (var name in (string[])["old.jsonl", "folder"])
        {
            CliProcess.Run(_corpus.Root, "export", "--workspace", workspace, "--all", "--licences", "any", "--data-format", "chat", "--output", At(name)).Expect(0);
        }

        // As versions before the mark wrote them.
        File.Delete(At("old.jsonl.xcoder"));
        File.WriteAllLines(At("folder/README.md"), File.ReadAllLines(At("folder/README.md")).Where(line => !line.Contains("xcoder-export", StringComparison.Ordinal)));
        Purge(workspace, "--yes").Expect(0, ", 0 found");
        Assert.Empty(Directory.EnumerateFileSystemEntries(home.Root));
    }

    private CliResult Purge(string workspace, params string[] options) => CliProcess.Run(_corpus.Root, ["purge", Repository, "--workspace", workspace, .. options]);

    private static List<InstructionRow> Rows(string workspace)
    {
        using var store = GenerationStore.Open(workspace);
        return [.. store.Rows()];
    }

    // An own search: lines that no other repository has, as they are and as JSON and HTML write them, in every byte.
    private List<string> Found(params string[] folders)
    {
        string[] Lines(string repository) => [.. Directory.EnumerateFiles(Path.Combine(_corpus.Root, repository)).Where(file => !file.EndsWith("LICENSE", StringComparison.Ordinal)).SelectMany(File.ReadAllLines).Select(line => line.Trim(' ', '"', '\t')).Where(line => line.Length >= 20)];
        var others = ((string[])["go", "java", "cs"]).SelectMany(Lines).ToHashSet();
        var needles = Lines(Repository).Where(line => !others.Any(other => other.Contains(line, StringComparison.Ordinal)))
            .SelectMany(line => (string[])[line, JsonSerializer.Serialize(line, RowJson.Options).Trim('"'), System.Net.WebUtility.HtmlEncode(line)]).Distinct().Select(Encoding.UTF8.GetBytes).ToList();
        Assert.True(needles.Count > 5);
        return [.. folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)).Where(file => File.ReadAllBytes(file) is var bytes && needles.Any(needle => bytes.AsSpan().IndexOf(needle) >= 0))];
    }
}
