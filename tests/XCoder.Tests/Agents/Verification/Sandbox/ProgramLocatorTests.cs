using XCoder.Agents.Verification.Sandbox;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Tests.Agents.Export;
using XCoder.Tests.Cli;

namespace XCoder.Tests.Agents.Verification.Sandbox;

/// <summary>Programs that an attacker may have put somewhere are not started.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ProgramLocatorTests : IDisposable
{
    private const string Name = "xcoder-probe";

    // Not below /tmp, where everybody can write, nor in this repository, which is a work tree.
    private readonly string _root = Directory.CreateDirectory(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".xcoder-tests-" + Guid.NewGuid().ToString("N"))).FullName;
    private readonly string _untrusted;

    public ProgramLocatorTests() => _untrusted = Directory.CreateDirectory(Path.Combine(_root, "untrusted")).FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("./")]
    [InlineData("bin")]
    [InlineData("../untrusted")]
    [InlineData("~/bin")]
    public void Find_ByARelativeEntry_FindsNothing(string entry)
    {
        Plant(_untrusted);
        Plant(Path.Combine(_untrusted, "bin"));
        Assert.Null(Finder(entry + ":" + entry + "::").Find(Name, out _));
    }

    [Fact]
    public void Find_InAFolderOfTheUser_FindsIt()
    {
        var path = Plant(Path.Combine(_root, "own/bin"));
        Assert.Equal(path, Finder(Path.Combine(_root, "own/bin") + "/").Find(Name, out _));
    }

    [Fact]
    public void Find_InTheCurrentFolder_FindsNothing()
    {
        Plant(_untrusted);
        Refuse(_untrusted, "current folder");
        Refuse(Path.Combine(_root, "untrusted/../untrusted"), "current folder");
    }

    [Fact]
    public void Find_InTheWorkTreeAroundTheCurrentFolder_FindsNothing()
    {
        Directory.CreateDirectory(Path.Combine(_root, ".git"));
        Plant(Path.Combine(_root, "tools"));
        Refuse(Path.Combine(_root, "tools"), "work tree");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Find_InAHomeUnderVersionControl_NeedsThatItIsTheAccounts(bool isAccounts)
    {
        Directory.CreateDirectory(Path.Combine(_root, ".git"));
        var path = Plant(Path.Combine(_root, "bin"));
        var finder = new ProgramLocator(Path.Combine(_root, "bin"), _root, _untrusted, [], isAccounts ? ["/nobody", _root] : ["/nobody"]);
        Assert.Equal(isAccounts ? path : null, finder.Find(Name, out var refused));
        Assert.Equal(isAccounts, refused is null);
    }

    [Fact]
    public void Find_InAnIndexedRepository_FindsNothing()
    {
        Plant(Path.Combine(_root, "indexed/bin"));
        Refuse(Path.Combine(_root, "indexed/bin"), "analysed", Path.Combine(_root, "indexed"));
        Assert.NotNull(Finder(Path.Combine(_root, "indexed/bin"), Path.Combine(_root, "index")).Find(Name, out _));
    }

    [Theory]
    [InlineData("shared/bin", "shared/bin")]
    [InlineData("shared/bin", "shared")]
    [InlineData("shared/bin", "shared/bin/" + Name)]
    public void Find_WhereOthersCanWrite_FindsNothing(string folder, string writable)
    {
        Plant(Path.Combine(_root, folder));
        File.SetUnixFileMode(Path.Combine(_root, writable), (UnixFileMode)0x1FF | UnixFileMode.StickyBit);
        Refuse(Path.Combine(_root, folder), "other users can write to " + Path.Combine(_root, writable));
    }

    [Fact]
    public void Find_ThroughALink_LooksAtWhereItLeads()
    {
        Plant(_untrusted);
        Directory.CreateDirectory(Path.Combine(_root, "links"));
        File.CreateSymbolicLink(Path.Combine(_root, "links", Name), Path.Combine("..", "untrusted", Name));
        Refuse(Path.Combine(_root, "links"), "current folder");
        File.CreateSymbolicLink(Path.Combine(_root, "linked"), _untrusted);
        Refuse(Path.Combine(_root, "linked"), "current folder");
        File.CreateSymbolicLink(Path.Combine(_root, "loop"), Path.Combine(_root, "loop"));
        Assert.Null(Finder(Path.Combine(_root, "loop")).Find(Name, out _));
    }

    [Theory]
    [InlineData("../untrusted/" + Name)]
    [InlineData("/bin/sh")]
    public void Find_OfAPath_FindsNothing(string name)
    {
        Plant(_untrusted);
        Assert.Null(Finder(_root).Find(name, out _));
    }

    [Theory]
    [InlineData("sh")]
    [InlineData("./sh")]
    [InlineData("")]
    public void Start_ByANameThatIsNotAbsolute_IsRefused(string name) =>
        Assert.Throws<ArgumentException>(() => ProgramStart.Start(name, [], new Dictionary<string, string>()));

    [Fact]
    public void Find_OfAToolchainOfTheUsers_ReadsItsPlaceAndRunsNothing()
    {
        var home = Directory.CreateDirectory(Path.Combine(_root, "home")).FullName;
        Plant(Path.Combine(home, ".tools/bin"));
        Plant(Path.Combine(home, ".tools/kept/one/bin"));
        Plant(Path.Combine(home, ".tools/kept/two/bin"));
        Array.ForEach(["one", "two"], name => Directory.CreateDirectory(Path.Combine(home, ".tools/kept", name, "lib/own")));
        File.WriteAllText(Path.Combine(home, ".tools/settings"), "version = 1\ndefault = \"two\"\n");
        var rule = new LocateRule { Folders = ["~/.tools/kept/{default}", "~/.tools/kept/*"], File = "~/.tools/settings", Pattern = "^default = \"([^\"/]+)\"", Sign = "lib/own" };
        var finder = new ProgramLocator(Path.Combine(home, ".tools/bin"), home, _untrusted, [], []);
        Assert.Equal(["two", "one", "two"], rule.Candidates(finder).Select(folder => Path.GetFileName(folder)!));
        Assert.All(rule.Candidates(finder), folder => Assert.Null(finder.Objection(Path.Combine(folder, "bin", Name))));
        File.SetUnixFileMode(Path.Combine(home, ".tools/kept"), (UnixFileMode)0x1FF);
        Assert.All(rule.Candidates(finder), folder => Assert.NotNull(finder.Objection(Path.Combine(folder, "bin", Name))));
    }

    [Fact]
    public void DoctorAndVerify_AmongFakePrograms_StartNone()
    {
        var marker = Path.Combine(_root, "started");
        var shared = Path.Combine(_root, "shared");
        Directory.CreateDirectory(Path.Combine(_untrusted, ".git"));
        foreach (var folder in (string[])[_untrusted, _untrusted + "/bin", shared])
        {
            Array.ForEach(["rustc", "bwrap", "python3", "prlimit", "setpriv", "sh", "node", "dotnet", "git", "go", Name], name => Plant(folder, name, $"#!/bin/sh\ntouch '{marker}'\n"));
        }

        File.SetUnixFileMode(shared, (UnixFileMode)0x1FF);
        var environment = new Dictionary<string, string> { ["PATH"] = $":.:./:bin:../untrusted:{_untrusted}:{_untrusted}/bin:{shared}:{Environment.GetEnvironmentVariable("PATH")}" };
        CliProcess.Run(_untrusted, environment, "doctor").Expect(0);

        // All of it is indexed, its own programs included.
        File.WriteAllText(Path.Combine(_untrusted, "a.py"), "def add(first, second):\n    return first + second\n");
        CliProcess.Run(_untrusted, environment, "index", ".", "--no-embed").Expect(0);
        SampleRows.Store(Path.Combine(_untrusted, ".xcoder"), [SampleRows.Make(1), SampleRows.Make(2, "python", "rust")]);
        CliProcess.Run(_untrusted, environment, "verify").Expect(0);
        Assert.False(File.Exists(marker));
    }

    private void Refuse(string folder, string reason, params string[] repositories)
    {
        Assert.Null(Finder(folder, repositories).Find(Name, out var refused));
        Assert.Contains(reason, refused, StringComparison.Ordinal);
    }

    private ProgramLocator Finder(string path, params string[] repositories) => new(path, null, _untrusted, repositories, []);

    private static string Plant(string folder, string name = Name, string text = "#!/bin/sh\n")
    {
        var path = Path.Combine(Directory.CreateDirectory(folder).FullName, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, (UnixFileMode)0x1ED);
        return path;
    }
}
