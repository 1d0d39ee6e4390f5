using System.Diagnostics;
using Microsoft.Data.Sqlite;
using XCoder.Agents.Store;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;
using XCoder.Tests.Analysis.Repositories;
using XCoder.Tests.Cli;

namespace XCoder.Tests.Analysis.Store;

/// <summary>Workspaces that a repository brings along to have somebody else's files written, read or deleted.</summary>
public sealed class HostileWorkspaceTests : IDisposable
{
    private const string Secret = "ssh-ed25519 AAAA the user's own\n";

    private readonly TemporaryFolder _folder = new();
    private readonly string _victim;

    public HostileWorkspaceTests()
    {
        _victim = _folder.Write("home/authorized_keys", Secret);
        _folder.Write("repo/a.py", "def add(first, second):\n    return first + second\n");
        Directory.CreateDirectory(Ws(""));
    }

    public static TheoryData<string, string> Planted()
    {
        var data = new TheoryData<string, string>();
        string[] names = ["lock", "lock.holder", "journal", "xcoder.db", "xcoder.db-wal", "xcoder.db-shm", "xcoder.db-journal", "generation.db", "generation.db-wal", ".gitignore", "analysis.cache", "semantic.index", "semantic.neighbours",
            "words.db", "words.db-wal", "concepts.index", "calibration.json", "labels.jsonl", "report.html", "report.json", "duplicates.sarif", "generation.html", "purge.pending", "workspace.id", "report.json.1.tmp", "semantic.index.tmp"];
        foreach (var name in names)
        {
            foreach (var kind in (string[])["link", "dangling", "hardlink", "pipe", "folder", "device"])
            {
                data.Add(name, kind);
            }
        }

        return data;
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Planted))]
    public void Create_WithAFileThatIsNotPlain_IsRefusedAndTouchesNothing(string name, string kind)
    {
        Plant(Ws(name), kind);
        var before = Everything();
        var refused = Assert.Throws<StoreException>(() => WorkspaceFolder.Create(Ws("")));
        Assert.Contains(Ws(name), refused.Message, StringComparison.Ordinal);
        Assert.Throws<StoreException>(() => WorkspaceFolder.OpenExisting(Ws("")));
        Assert.Equal(before, Everything());
    }

    // What the look at the whole workspace would have refused is refused by what opens a file as well.
    [Theory]
    [InlineData("lock", "link")]
    [InlineData("lock", "pipe")]
    [InlineData("lock", "hardlink")]
    [InlineData("lock.holder", "link")]
    [InlineData("lock.holder", "hardlink")]
    [InlineData("lock.holder", "dangling")]
    [InlineData("journal", "link")]
    [InlineData("journal", "pipe")]
    [InlineData("journal", "hardlink")]
    [InlineData("xcoder.db", "link")]
    [InlineData("xcoder.db", "pipe")]
    [InlineData("xcoder.db-wal", "link")]
    [InlineData("xcoder.db-journal", "hardlink")]
    [InlineData("generation.db", "dangling")]
    [InlineData("generation.db-shm", "link")]
    [InlineData("labels.jsonl", "link")]
    public void Open_OfAFileThatIsNotPlain_IsRefusedAndTouchesNothing(string name, string kind)
    {
        Plant(Ws(name), kind);
        Assert.Throws<StoreException>(() =>
        {
            switch (name.Split('.')[0])
            {
                case "lock":
                    WorkspaceLock.Take(Ws(""), TimeSpan.Zero).Dispose();
                    break;
                case "journal":
                    InFlightJournal.Open(Ws(""), 1, out _).Dispose();
                    break;
                case "labels":
                    LabelFile.Append(Ws(name), new LabelledPair("a", "b", true));
                    break;
                case "generation":
                    GenerationStore.Open(Ws("")).Dispose();
                    break;
                default:
                    SnippetStore.Open(Ws("")).Dispose();
                    break;
            }
        });
        Assert.Equal(Secret, File.ReadAllText(_victim));
        Assert.False(File.Exists(Path.Combine(_folder.Root, "home/none")));
    }

    // As if the link had come between the look at a database and its opening.
    [Theory]
    [InlineData("xcoder.db", "link")]
    [InlineData("xcoder.db", "dangling")]
    [InlineData("xcoder.db-wal", "link")]
    [InlineData("xcoder.db-wal", "dangling")]
    [InlineData("xcoder.db-journal", "link")]
    [InlineData("xcoder.db-journal", "dangling")]
    public void Connect_WhereALinkCameAfterTheLook_FailsAndTouchesNothing(string name, string kind)
    {
        if (name == SnippetStore.FileName)
        {
            // What SQLite would gladly open.
            File.Delete(_victim);
            Execute(_victim, "create table secret(key)");
        }
        else
        {
            Execute(Ws(SnippetStore.FileName), $"pragma journal_mode = {(name.EndsWith("-wal", StringComparison.Ordinal) ? "wal" : "delete")}; create table present(x)");
        }

        var before = File.ReadAllBytes(_victim);
        Plant(Ws(name), kind);
        using var connection = PlainFileSystem.Connect(Ws(SnippetStore.FileName), mustExist: false);
        Assert.Throws<SqliteException>(() =>
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "create table planted(x)";
            command.ExecuteNonQuery();
        });
        Assert.Equal(before, File.ReadAllBytes(_victim));
        Assert.Equal([_victim], Directory.EnumerateFiles(Path.GetDirectoryName(_victim)!));
    }

    [Fact]
    public void Connect_ThroughALinkedFolderAndARelativePath_Works()
    {
        Directory.CreateSymbolicLink(Path.Combine(_folder.Root, "linked"), Ws(""));
        foreach (var folder in (string[])[Path.Combine(_folder.Root, "linked"), Path.GetRelativePath(Environment.CurrentDirectory, Ws(""))])
        {
            using var store = SnippetStore.Open(folder);
            Assert.True(store.UsesWriteAheadLog());
        }
    }

    [Theory]
    [InlineData("index", "repo")]
    [InlineData("analyze", "repo")]
    [InlineData("snippets")]
    [InlineData("duplicates")]
    [InlineData("export")]
    [InlineData("purge", "repo", "--yes")]
    [InlineData("verify")]
    public void Commands_WithALinkedLock_EndWithTwo(params string[] words)
    {
        Plant(Ws("lock"), "link");
        CliProcess.Run(_folder.Root, [.. words, "--workspace", "ws"]).Expect(2, Ws("lock"), "it is a link");
        Assert.Equal(Secret, File.ReadAllText(_victim));
    }

    [Fact]
    public void Write_WhereALinkStands_ReplacesTheLink()
    {
        var path = _folder.Root + "/out.json";
        File.CreateSymbolicLink(path, _victim);
        AsideFile.Write(path, stream => stream.Write("new"u8));
        Assert.Equal(Secret, File.ReadAllText(_victim));
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Null(new FileInfo(path).LinkTarget);
    }

    [Fact]
    public void Write_ToADevice_LeavesItADevice()
    {
        AsideFile.Write("/dev/null", stream => stream.Write("new"u8));
        Assert.Equal(XCoder.Analysis.Repositories.EntryKind.Other, XCoder.Analysis.Repositories.NativeFiles.OwnershipOf("/dev/null").Kind);
    }

    [Fact]
    public void DefaultWorkspace_ThatIsALink_IsRefusedUnlessItIsNamed()
    {
        CliProcess.Run(_folder.Root, "index", "repo", "--workspace", "ws", "--no-embed").Expect(0);
        File.CreateSymbolicLink(_folder.Root + "/repo/.xcoder", "../ws");
        CliProcess.Run(_folder.Root + "/repo", "snippets").Expect(2, ".xcoder is a link", "--workspace DIR");
        CliProcess.Run(_folder.Root + "/repo", "snippets", "--workspace", ".xcoder").Expect(0, "add");
    }

    [Theory]
    [InlineData("create table t(x); insert into t values('theirs')", "has column t.x")]
    [InlineData("create view v as select 1", "view v")]
    [InlineData("pragma user_version = 2; create table state(key text primary key, value text not null) without rowid", "lacks")]
    [InlineData("pragma user_version = 1; create table t(x)", "has column t.x")]
    public void Open_OfAForeignDatabase_LeavesItAsItIs(string sql, string message)
    {
        Execute(Ws(SnippetStore.FileName), sql);
        Execute(Ws(GenerationStore.FileName), sql);
        var before = Everything();
        var refused = Assert.Throws<StoreException>(() => SnippetStore.Open(Ws("")));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.Throws<StoreException>(() => GenerationStore.Open(Ws("")));
        CliProcess.Run(_folder.Root, "index", "repo", "--workspace", "ws").Expect(2, message, "left as it is");
        Array.ForEach(["lock", "lock.holder", ".gitignore"], name => File.Delete(Ws(name)));
        Assert.Equal(before, Everything());
    }

    [Theory]
    [InlineData("create trigger t after insert on repository begin delete from file; end")]
    [InlineData("create view v as select * from file")]
    [InlineData("create table more(x)")]
    [InlineData("alter table repository add column evil text")]
    [InlineData("alter table repository add column evil text generated always as (name || root) virtual")]
    [InlineData("drop table quarantine")]
    [InlineData("drop table state; create virtual table state using fts5(key, value)")]
    public void Open_OfAStoreThatWasChanged_IsRefused(string sql)
    {
        SnippetStore.Open(Ws("")).Dispose();
        Execute(Ws(SnippetStore.FileName), sql);
        Assert.Throws<StoreException>(() => SnippetStore.Open(Ws("")));
        Assert.Throws<StoreException>(() => SnippetStore.OpenExisting(Ws("")));
    }

    [Fact]
    public void Open_WithAJournalThatNamesAnotherFile_IsRefused()
    {
        SnippetStore.Open(Ws("")).Dispose();
        var name = System.Text.Encoding.UTF8.GetBytes(_victim);
        using (var stream = File.Create(Ws("xcoder.db-journal")))
        {
            stream.Write([0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7]);
            stream.Write(new byte[504]);
            stream.Write([0, 0, 0, 1, .. name, 0, 0, 0, (byte)name.Length, .. BitConverter.GetBytes(name.Sum(value => value)).Reverse(), 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7]);
        }

        Assert.Contains("names another file", Assert.Throws<StoreException>(() => SnippetStore.Open(Ws(""))).Message, StringComparison.Ordinal);
        Assert.True(File.Exists(_victim));
    }

    [Fact]
    public void Open_OfEarlierVersions_BringsThemUpToDate()
    {
        Execute(Ws(SnippetStore.FileName), Schema.Of(1)! + "pragma user_version = 1");
        Execute(Ws(GenerationStore.FileName), GenerationSchema.Sql + EpochSchema.Sql + "pragma user_version = 1");
        using var store = SnippetStore.OpenExisting(Ws(""));
        using var rows = GenerationStore.OpenExisting(Ws(""));
        Assert.Empty(store.Repositories());
        Assert.Empty(rows.Exports());
    }

    [Fact]
    public void Workspace_MovedCopiedOrWithoutHome_StillWorks()
    {
        CliProcess.Run(_folder.Root, "index", "repo", "--workspace", "ws", "--no-embed").Expect(0);
        Run("cp", "-r", "ws", "cached");
        Run("find", "cached", "-exec", "touch", "-d", "2001-01-01", "{}", "+");
        Directory.Move(Ws(""), _folder.Root + "/moved");
        CliProcess.Run(_folder.Root, "snippets", "--workspace", "moved").Expect(0, "add");
        CliProcess.Run(_folder.Root, "index", "repo", "--workspace", "cached", "--no-embed").Expect(0);
        CliProcess.RunAlone(_folder.Root, new Dictionary<string, string> { ["HOME"] = "" }, "snippets", "--workspace", "cached").Expect(0, "add");

        // Another node of a shared folder left its number.
        File.WriteAllText(_folder.Root + "/moved/lock.holder", "4194304");
        CliProcess.Run(_folder.Root, "index", "repo", "--workspace", "moved", "--no-embed").Expect(0);
    }

    [RootFact("test $(id -u) = 0")]
    public void Workspace_OfAnotherUser_NeedsToBeTrusted()
    {
        CliProcess.Run(_folder.Root, "index", "repo", "--workspace", "ws", "--no-embed").Expect(0);
        Run("chown", "-R", "1000:1000", "ws");
        CliProcess.Run(_folder.Root, "snippets", "--workspace", "ws").Expect(2, "belongs to user 1000", "--trust-workspace");
        CliProcess.Run(_folder.Root, "snippets", "--workspace", "ws", "--trust-workspace").Expect(0, "add");
        CliProcess.Run(_folder.Root, "index", "repo", "--workspace", "ws", "--trust-workspace", "--no-embed").Expect(0);
        Run("chown", "-R", "0:0", "ws");
        Run("chown", "1000", "ws/xcoder.db");
        CliProcess.Run(_folder.Root, "snippets", "--workspace", "ws").Expect(2, "xcoder.db belongs to user 1000");
    }

    [Theory]
    [InlineData("2", "")]
    [InlineData("3", "")]
    [InlineData("4", "")]
    [InlineData("2", "--object-format=sha256")]
    [InlineData("4", "split")]
    public void Workspace_TrackedByGit_IsRefused(string version, string more)
    {
        var (repository, split) = (_folder.Root + "/tracked", more == "split");
        Run("git", ["init", "-q", repository, .. more.StartsWith("--", StringComparison.Ordinal) ? new[] { more } : []]);
        _folder.Write("tracked/a-file-before.txt", "1");
        _folder.Write("tracked/deep/.xcode", "1");
        _folder.Write("tracked/deep/.xcoder-not", "1");
        _folder.Write("tracked/deep/a.py", "def add(first, second):\n    return first + second\n");
        Run("git", "-C", repository, "config", "index.version", version);
        Run("git", "-C", repository, "add", "-A");
        CliProcess.Run(repository + "/deep", "index", ".", "--no-embed").Expect(0);
        Run("git", "-C", repository, "add", "-f", "deep/.xcoder/xcoder.db");
        if (version == "3")
        {
            Run("git", "-C", repository, "rm", "-q", "--cached", "deep/.xcoder/xcoder.db");
            Run("git", "-C", repository, "add", "-f", "-N", "deep/.xcoder/xcoder.db");
        }

        Run("git", ["-C", repository, "update-index", "--index-version", version, .. split ? new[] { "--split-index" } : []]);
        CliProcess.Run(repository + "/deep", "snippets").Expect(2, "tracked by git", "rm -r --cached deep/.xcoder", "--workspace");
        CliProcess.Run(repository, "snippets", "--workspace", "deep/.xcoder", "--trust-workspace").Expect(2, "tracked by git");
        Run("mv", repository + "/.git", _folder.Root + "/shared.git");
        File.CreateSymbolicLink(repository + "/.git", "../shared.git");
        CliProcess.Run(repository + "/deep", "snippets").Expect(2, "tracked by git");
        Run("git", "-C", repository, "rm", "-r", "-q", "--cached", "deep/.xcoder");
        CliProcess.Run(repository + "/deep", "snippets").Expect(0, "add");
    }

    private string Ws(string name) => name.Length == 0 ? _folder.Root + "/ws" : _folder.Root + "/ws/" + name;

    private void Plant(string path, string kind)
    {
        switch (kind)
        {
            case "link":
                File.CreateSymbolicLink(path, _victim);
                break;
            case "dangling":
                File.CreateSymbolicLink(path, _folder.Root + "/home/none");
                break;
            case "hardlink":
                Run("ln", _victim, path);
                break;
            case "pipe":
                Run("mkfifo", path);
                break;
            case "folder":
                Directory.CreateDirectory(path);
                break;
            default:
                // Not everybody may make a device; a link to one is as bad.
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
        }
    }

    // Names of all entries, and the content of the victim and the databases.
    private string Everything() => string.Join(' ', Directory.EnumerateFileSystemEntries(Ws("")).Select(path => Path.GetFileName(path) + " ").Order(StringComparer.Ordinal))
        + File.ReadAllText(_victim) + string.Join(' ', Directory.EnumerateFiles(_folder.Root + "/home").Order(StringComparer.Ordinal))
        + string.Concat(new[] { SnippetStore.FileName, GenerationStore.FileName }.Select(name => new FileInfo(Ws(name))).Where(file => file.Exists && file.LinkTarget is null && file.Length > 0).Select(file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file.FullName)))));

    private static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.Root })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
