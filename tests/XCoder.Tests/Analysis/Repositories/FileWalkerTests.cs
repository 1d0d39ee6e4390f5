using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Walk;
using Xunit;

namespace XCoder.Tests.Analysis.Repositories;

public sealed class FileWalkerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Walk_OrdinaryTree_GivesFilesInOrdinalOrder()
    {
        foreach (var path in (string[])["a/x.c", "a-b.c", "a.c", "b/c/d.c", "a/é.c", "B.c"])
        {
            _folder.Write(path);
        }

        var files = Walk().Cast<FoundFile>().ToList();

        Assert.Equal(files.Select(file => file.Path).Order(StringComparer.Ordinal), files.Select(file => file.Path));
        Assert.Equal(6, files.Count);
        Assert.All(files, file => Assert.True(File.Exists(file.FullPath) && file.Size == 2 && file.Modified > 0));
    }

    [Fact]
    public void Walk_EveryReason_IsReportedOnce()
    {
        _folder.Write("kept.c");
        _folder.Write("large.c", new string('x', 101));
        _folder.Write("skipped.c");
        _folder.Write("build/a/1.c");
        _folder.Write("build/2.c");
        _folder.Write("node_modules/x/index.js");
        _folder.Write("picture.png");
        _folder.Write(".gitignore", "build/\nskipped.c\n");
        _folder.Link("link.c", "kept.c");
        _folder.Link("loop", "..");
        _folder.Run("mkfifo", "pipe.c");

        var entries = Walk(new WalkOptions { MaxFileBytes = 100, MayBeSource = path => path.EndsWith(".c", StringComparison.Ordinal) });

        Assert.Equal(
            [
                ".gitignore unknown-language 1", "build/ ignored 2", "kept.c", "large.c too-large 1", "link.c link 1", "loop link 1",
                "node_modules/ vendored 1", "picture.png unknown-language 1", "pipe.c not-a-file 1", "skipped.c ignored 1",
            ],
            entries.Select(Show));
    }

    [Fact]
    public void Walk_Subfolder_HeedsIgnoreFilesAbove()
    {
        _folder.Write(".gitignore", "*.log\n/sub/out\n");
        _folder.Write("sub/.gitignore", "!keep.log\n");
        _folder.Write("sub/inner/a.log");
        _folder.Write("sub/inner/keep.log");
        _folder.Write("sub/out/a.c");
        _folder.Write("other.c");

        Assert.Equal(["sub/.gitignore", "sub/inner/a.log ignored 1", "sub/inner/keep.log", "sub/out/ ignored 1"], Walk(paths: "sub").Select(Show));
    }

    [Fact]
    public void Walk_PathIsIgnored_IsWalkedAllTheSame()
    {
        _folder.Write(".gitignore", "*\n");
        _folder.Write("build/a.c");

        Assert.Equal(["build/a.c"], Walk(paths: "build").Select(Show));
        Assert.Equal(["build/a.c"], Walk(paths: "build/a.c").Select(Show));
    }

    [Fact]
    public void Walk_OwnIgnoreFile_WinsOverGitsAndTakesBackVendored()
    {
        _folder.Write(".gitignore", "a.c\n!b.c\n");
        _folder.Write(".xcoderignore", "!a.c\nb.c\n!third_party/\n");
        _folder.Write("sub/.gitignore", "a.c\n");
        _folder.Write("sub/a.c");
        _folder.Write("b.c");
        _folder.Write("third_party/c.c");

        Assert.Equal([".gitignore", ".xcoderignore", "b.c ignored 1", "sub/.gitignore", "sub/a.c", "third_party/c.c"], Walk().Select(Show));
    }

    [Fact]
    public void Walk_WorkspaceInside_CountsAsIgnored()
    {
        _folder.Write(".xcoder/store.db");
        _folder.Write("sub/.xcoder");

        Assert.Equal([".xcoder/ ignored 1", "sub/.xcoder"], Walk(new WalkOptions { Workspace = Path.Join(_folder.Root, ".xcoder") }).Select(Show));
    }

    [Fact]
    public void Walk_NestedWorkTree_IsLeftToTheLocator()
    {
        _folder.WriteGit("");
        _folder.WriteGit("clone");
        _folder.Write("clone/a.c");
        _folder.Write("module/.git", "gitdir: ../.git/modules/module\n");
        _folder.Write("module/a.c");
        _folder.WriteGit("third_party/clone");
        _folder.Write("third_party/clone/a.c");
        _folder.Write("b.c");

        Assert.Equal(["b.c", "third_party/ vendored 1"], Walk().Select(Show));
    }

    [Theory]
    [InlineData("go.mod", "vendor/x/y.go", true)]
    [InlineData("src/com/acme/other/A.java", "src/com/acme/vendor/B.java", false)]
    [InlineData("src/vendor/autoload.php", "src/vendor/b.php", true)]
    [InlineData("mix.exs", "deps/a/b.ex", true)]
    [InlineData("a.c", "deps/b.c", false)]
    [InlineData("my-env/pyvenv.cfg", "my-env/lib/a.py", true)]
    [InlineData("a.c", "ios/Pods/b.m", true)]
    public void Walk_FolderOfDependencies_IsVendoredOnlyWithEvidence(string other, string file, bool isVendored)
    {
        _folder.Write(other);
        _folder.Write(file);

        Assert.Equal(!isVendored, Walk().OfType<FoundFile>().Any(found => found.Path == file));
        Assert.Equal(isVendored, Walk().OfType<SkippedFiles>().Any(skipped => skipped.Reason == SkipReason.Vendored));
    }

    [Fact]
    public void Walk_HostileNames_AreData()
    {
        _folder.Write("new\nline.c");
        _folder.Write("\u001b[31m.c");
        _folder.Run("bash", "-c", "printf x > $'bad\\xff.c'; mkdir $'dir\\xfe'; touch $'dir\\xfe/a' $'dir\\xfe/b'");

        Assert.Equal(
            ["\u001b[31m.c", "bad\uFFFD.c unreadable 1", "dir\uFFFD/ unreadable 2", "new\nline.c"],
            Walk().Select(Show));
    }

    [Fact]
    public void Walk_UnreadableFolder_IsReportedWithWhy()
    {
        _folder.Write("closed/a.c");
        _folder.Run("chmod", "000", "closed");
        try
        {
            // Root may read everything.
            if (Environment.UserName != "root")
            {
                var skipped = Assert.IsType<SkippedFiles>(Assert.Single(Walk()));
                Assert.Equal((SkipReason.Unreadable, 1), (skipped.Reason, skipped.Files));
                Assert.Contains("denied", skipped.Detail);
            }
        }
        finally
        {
            _folder.Run("chmod", "700", "closed");
        }
    }

    [Fact]
    public void Walk_PathLongerThanTheSystemTakes_IsReported()
    {
        _folder.Run("bash", "-c", "set -e; d=$(printf 'd%.0s' {1..200}); for i in {1..30}; do mkdir $d; cd $d; echo x > a.c; done");

        var entries = Walk();

        Assert.Equal(SkipReason.Unreadable, entries.OfType<SkippedFiles>().Select(skipped => skipped.Reason).Distinct().Single());
        Assert.InRange(entries.OfType<FoundFile>().Count(), 15, 25);
        _folder.Run("rm", "-rf", "--", new string('d', 200));
    }

    [Fact]
    public void Walk_GitExclude_Counts()
    {
        _folder.WriteGit("");
        _folder.Write(".git/info/exclude", "secret.c\n");
        _folder.Write("secret.c");

        Assert.Equal(["secret.c ignored 1"], Walk().Select(Show));
    }

    private static string Show(WalkEntry entry) =>
        entry is SkippedFiles skipped ? $"{skipped.Path} {skipped.Reason.Name()} {skipped.Files}" : entry.Path;

    private List<WalkEntry> Walk(WalkOptions? options = null, string paths = "") =>
        [.. new FileWalker(options ?? new WalkOptions()).Walk(new LocatedRepository(new Repository("r", _folder.Root, null, null), [paths]))];
}
