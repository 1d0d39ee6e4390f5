using XCoder.Analysis.Store;
using XCoder.Analysis.Text;
using XCoder.Tests.Analysis.Repositories;
using XCoder.Tests.Cli;

namespace XCoder.Tests.Analysis.Store;

/// <summary>What killed processes left is removed, and nothing that looks like it.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class LeftoverTests : IDisposable
{
    // Above what Linux gives to a process.
    private const string Gone = "999999999";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Index_AfterKilledRuns_RemovesTheirFoldersAndNoOthers()
    {
        var temporary = Directory.CreateDirectory(_folder.Root + "/tmp").FullName;
        var victim = _folder.Write("victim/kept", "kept");
        string Make(string name, bool isLocked)
        {
            var folder = Directory.CreateDirectory(Path.Combine(temporary, name), (UnixFileMode)0x1C0).FullName;
            File.WriteAllText(Path.Combine(folder, "code"), "");
            if (isLocked)
            {
                File.WriteAllText(Path.Combine(folder, ".in-use"), "");
            }

            return folder;
        }

        var old = Make("xcoder-sandbox-Ab12Cd", isLocked: false);
        Directory.SetLastWriteTimeUtc(old, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Make("xcoder-sandbox-killed", isLocked: true);
        Make("xcoder-doctor-killed", isLocked: true);
        File.CreateSymbolicLink(Path.Combine(Make("xcoder-sandbox-linked", isLocked: true), "link"), Path.GetDirectoryName(victim)!);
        string[] kept =
        [
            Make("xcoder-sandbox-making", isLocked: false),
            Make("xcoder-sandbox-name-is-longer", isLocked: true),
            Make("xcoder-notes", isLocked: true),
            Make("other", isLocked: true),
        ];
        Directory.CreateSymbolicLink(Path.Combine(temporary, "xcoder-sandbox-victim"), Path.GetDirectoryName(victim)!);
        File.WriteAllText(Path.Combine(_folder.Root, "victim/.in-use"), "");
        var open = Make("xcoder-sandbox-shared", isLocked: true);
        File.SetUnixFileMode(open, (UnixFileMode)0x1FF);
        var busy = Make("xcoder-sandbox-livers", isLocked: true);
        using (new FileStream(Path.Combine(busy, ".in-use"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            _folder.Write("repo/a.py", "def add(first, second):\n    return first + second\n");
            CliProcess.RunAlone(_folder.Root, new Dictionary<string, string> { ["TMPDIR"] = temporary }, "index", "repo", "--workspace", "ws", "--no-embed").Expect(0);
        }

        Assert.Equal([.. kept.Append(open).Append(busy).Append(Path.Combine(temporary, "xcoder-sandbox-victim")).Order(StringComparer.Ordinal)], Directory.EnumerateDirectories(temporary).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(victim));
    }

    [Fact]
    public void Create_WhileItIsInUse_IsNotTakenForALeftover()
    {
        using var folder = ScratchFolder.Create("sandbox");
        ScratchFolder.RemoveLeftovers();
        Assert.True(Directory.Exists(folder.Path));
        folder.Dispose();
        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact]
    public void Take_OfAWorkspace_RemovesWhatKilledCommandsWroteAside()
    {
        string[] left = [$"report.json.{Gone}.tmp", $"report.html.{Gone}.0123abcd.tmp", "semantic.index.tmp", $"purge.pending.{Gone}.00000000.tmp"];
        string[] kept = ["mine.tmp", $"mine.{Gone}.tmp", "report.json", "report.json.notes.tmp", $"report.json.{Environment.ProcessId}.0123abcd.tmp"];
        Array.ForEach([.. left, .. kept], name => _folder.Write(name, ""));
        using (new FileStream(Path.Combine(_folder.Root, _folder.Write($"concepts.index.{Gone}.01234567.tmp", "")), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            WorkspaceLock.Take(_folder.Root, TimeSpan.Zero).Dispose();
        }

        Assert.Equal([.. kept.Append($"concepts.index.{Gone}.01234567.tmp").Order(StringComparer.Ordinal)], Directory.EnumerateFiles(_folder.Root).Select(file => Path.GetFileName(file)!).Where(name => !name.StartsWith("lock", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Write_BesideLeftovers_RemovesThoseOfItsFile()
    {
        var victim = _folder.Write("victim", "kept");
        _folder.Write($"out.json.{Gone}.tmp", "");
        _folder.Write($"out.json.{Gone}.0123abcd.tmp", "");
        _folder.Write("out.json.tmp", "the user's");
        _folder.Write($"other.json.{Gone}.tmp", "");
        File.CreateSymbolicLink($"{_folder.Root}/out.json.{Gone}.00000000.tmp", victim);
        AsideFile.Write(_folder.Root + "/out.json", stream => stream.Write("new"u8));
        Assert.Equal(["other.json." + Gone + ".tmp", "out.json", $"out.json.{Gone}.00000000.tmp", "out.json.tmp", "victim"], Directory.EnumerateFileSystemEntries(_folder.Root).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
        Assert.Equal("kept", File.ReadAllText(victim));
    }

    [Theory]
    [InlineData("TMPDIR", "/nonexistent")]
    [InlineData("HOME", "/nonexistent")]
    public void Commands_WithoutAFolderOfTheirUser_WorkOrNameIt(string variable, string value)
    {
        var environment = new Dictionary<string, string> { [variable] = value };
        _folder.Write("repo/a.py", "def add(first, second):\n    return first + second\n");
        CliProcess.RunAlone(_folder.Root, environment, "index", "repo", "--workspace", "ws", "--no-embed").Expect(0);
        var doctor = CliProcess.RunAlone(_folder.Root, environment, "doctor");
        doctor.Expect(variable == "TMPDIR" ? 1 : 0, variable == "TMPDIR" ? "The folder for temporary files" : "works");
    }

    [Theory]
    [InlineData(40)]
    [InlineData(100)]
    public void Commands_WithFewFileHandles_SayHowManyTheyNeed(int handles) =>
        CliProcess.Shell(_folder.Root, $"ulimit -n {handles}; $XCODER languages").Expect(2, $"may open only {handles} files", "ulimit -n 1024");
}
