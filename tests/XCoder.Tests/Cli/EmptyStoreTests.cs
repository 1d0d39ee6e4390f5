using Microsoft.Data.Sqlite;
using XCoder.Agents.Store;
using XCoder.Analysis.Store;
using XCoder.Tests.Agents.Export;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Cli;

/// <summary>Commands that read must not pass on a workspace in which nothing can be read.</summary>
public sealed class EmptyStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public EmptyStoreTests() => Directory.CreateDirectory(_folder.Root + "/ws");

    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        string[] commands = ["snippets", "duplicates", "duplicates --fail-on any", "coverage", "coverage --gaps", "neighbours --all", "calibrate", "seeds", "memory", "export", "verify", "decontaminate", "purge one --yes", "generate --mined", "tokenize"];
        foreach (var command in commands)
        {
            foreach (var state in (string[])["missing", "empty", "without a schema", "foreign", "text", "half a schema"])
            {
                data.Add(command, state);
            }
        }

        return data;
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void ReadingCommands_OnAStoreThatHoldsNothing_EndWith2(string command, string state)
    {
        foreach (var name in (string[])[SnippetStore.FileName, GenerationStore.FileName])
        {
            Make(_folder.Root + "/ws/" + name, state);
        }

        var before = Names();
        Assert.StartsWith("xcoder: ", CliProcess.Run(_folder.Root, [.. command.Split(' '), "--workspace", "ws"]).Expect(2).Errors, StringComparison.Ordinal);
        Assert.Equal(before, Names());
    }

    [Theory]
    [InlineData("snippets")]
    [InlineData("duplicates")]
    [InlineData("duplicates --fail-on any")]
    [InlineData("coverage")]
    [InlineData("neighbours --all")]
    [InlineData("calibrate")]
    [InlineData("seeds")]
    public void ReadingCommands_OnAStoreWithoutRepositories_EndWith2(string command)
    {
        SnippetStore.Open(_folder.Root + "/ws").Dispose();
        CliProcess.Run(_folder.Root, [.. command.Split(' '), "--workspace", "ws"]).Expect(2, "holds no repository", "xcoder index");
    }

    [Fact]
    public void Duplicates_GateWithoutFiles_EndsWith2()
    {
        _folder.Write("full/a.py", "def add(first, second):\n    return first + second\n");
        _folder.Write("none/notes.unknown", "nothing to parse\n");
        CliProcess.Run(_folder.Root, "index", "none", "--workspace", "ws", "--no-embed");
        CliProcess.Run(_folder.Root, "duplicates", "--fail-on", "any", "--workspace", "ws").Expect(2);
        CliProcess.Run(_folder.Root, "index", "full", "--workspace", "ws", "--no-embed").Expect(0);
        CliProcess.Run(_folder.Root, "duplicates", "--fail-on", "any", "--workspace", "ws").Expect(0);
    }

    [Fact]
    public void Commands_WithNothingToShow_SayWhatToDoNext()
    {
        _folder.Write("full/a.py", "def add_all(values):\n    total = 0\n    for value in values:\n        total = total + value\n    print(total)\n    return total\n");
        CliProcess.Run(_folder.Root, "index", "full", "--workspace", "ws", "--no-embed").Expect(0);
        SampleRows.Store(_folder.Root + "/ws", []);

        CliProcess.Run(_folder.Root, "memory", "--workspace", "ws").Expect(2, "No agent has worked", "xcoder generate --endpoint URL");
        CliProcess.Run(_folder.Root, "export", "--workspace", "ws").Expect(0, "Exported 0 of 0", "xcoder generate --mined");
        CliProcess.Run(_folder.Root, "export", "--run", "mined", "--data-format", "dpo", "--workspace", "ws").Expect(0, "--candidates");
        Assert.Empty(CliProcess.Run(_folder.Root, "calibrate", "--workspace", "ws").Expect(0, "nothing to calibrate on", "xcoder index PATH").Output);

        // A later index of a second language finds its duplicates with the thresholds of the model.
        CliProcess.Run(_folder.Root, "duplicates", "--kind", "semantic", "--workspace", "ws").Expect(0, "margins default");
    }

    [Fact]
    public void Index_OnAnEmptyStore_FillsIt()
    {
        Make(_folder.Root + "/ws/" + SnippetStore.FileName, "empty");
        _folder.Write("full/a.py", "def add(first, second):\n    return first + second\n");
        CliProcess.Run(_folder.Root, "index", "full", "--workspace", "ws", "--no-embed").Expect(0);
        CliProcess.Run(_folder.Root, "snippets", "--workspace", "ws").Expect(0, "add");
    }

    // No command that fails leaves anything behind but its lock.
    private List<string> Names() => [.. Directory.EnumerateFiles(_folder.Root + "/ws").Select(path => $"{Path.GetFileName(path)} {new FileInfo(path).Length}").Where(name => !name.StartsWith("lock", StringComparison.Ordinal) && !name.StartsWith(".gitignore", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static void Make(string path, string state)
    {
        switch (state)
        {
            case "missing":
                return;
            case "empty":
                File.WriteAllBytes(path, []);
                return;
            case "text":
                File.WriteAllText(path, "no database, but a text that is long enough to hold a header of one\n");
                return;
        }

        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = state switch
        {
            "without a schema" => "create table t(x); drop table t",
            "foreign" => "create table customer(name text); insert into customer values('theirs')",
            _ => "create table repository(id integer primary key); pragma user_version = 2",
        };
        command.ExecuteNonQuery();
    }
}
