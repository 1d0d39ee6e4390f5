using System.Collections.Concurrent;
using XCoder.Analysis.Repositories.Walk;
using XCoder.Analysis.Repositories.Watch;

namespace XCoder.Tests.Analysis.Repositories.Watch;

/// <summary>Which changes are worth a look, and which of them the system reports.</summary>
public sealed class WatchedTreesTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new(), _outside = new();
    private readonly WalkOptions _walk;

    public WatchedTreesTests()
    {
        _folder.WriteGit("");
        _folder.Write(".gitignore", "out/\n*.gen.py\n");
        _folder.Write("src/a.py");
        _folder.Write("src/deep/b.py");
        _folder.Write("out/c.py");
        _folder.Write("node_modules/d/e.js");
        _folder.Write(".git/objects/00/x.py");
        _folder.Write(".xcoder/f.py");
        _folder.Write("log.txt");
        _outside.Write("g.py");
        _folder.Link("link", _outside.Root);
        _walk = new WalkOptions { Workspace = Path.Join(_folder.Root, ".xcoder"), MayBeSource = path => !path.EndsWith(".txt", StringComparison.Ordinal) };
    }

    public void Dispose()
    {
        _folder.Dispose();
        _outside.Dispose();
    }

    [Theory]
    [InlineData("src/a.py", true)]
    [InlineData("src/deep/b.py", true)]
    [InlineData("src/deep", true)]
    [InlineData("src/new.py", true)] // gone by now
    [InlineData("src/new/other.py", true)]
    [InlineData("src/.gitignore", true)]
    [InlineData(".gitattributes", true)]
    [InlineData(".git", true)]
    [InlineData("", true)]
    [InlineData("log.txt", false)]
    [InlineData("src/x.gen.py", true)] // missing: may have been a folder
    [InlineData("out", false)]
    [InlineData("out/c.py", false)]
    [InlineData("out/deeper/c.py", false)]
    [InlineData("node_modules", false)]
    [InlineData("node_modules/d/e.js", false)]
    [InlineData(".git/index.lock", false)]
    [InlineData(".git/objects/00/x.py", false)]
    [InlineData(".xcoder/f.py", false)]
    [InlineData("link/g.py", false)]
    public void MayMatter_OfAPath_IsWhatTheWalkEnters(string path, bool expected)
    {
        var trees = new WatchedTrees(State(), _walk);
        Assert.Equal(expected, trees.MayMatter(Full(path)));
        Assert.Equal(expected, trees.MayMatter(Full(path))); // remembered
    }

    [Fact]
    public void MayMatter_OfAnIgnoredFile_IsFalse()
    {
        _folder.Write("src/x.gen.py");
        Assert.False(new WatchedTrees(State(), _walk).MayMatter(Full("src/x.gen.py")));
    }

    [Fact]
    public void MayMatter_BelowAnIgnoredFolderThatTheUserNamed_IsTrue() =>
        Assert.True(new WatchedTrees(State("out"), _walk).MayMatter(Full("out/c.py")));

    [Fact]
    public void Read_TellsWhatIndexingWouldSee()
    {
        var before = State().Fingerprint;
        _folder.Write("out/more.py");
        _folder.Write("node_modules/more.js");
        _folder.Write(".git/more");
        _outside.Write("more.py");
        Assert.Equal(before, State().Fingerprint);

        var files = new HashSet<string> { before };
        _folder.Write("src/more.py");
        Assert.True(files.Add(State().Fingerprint));
        _folder.Write("src/more.py", "longer");
        Assert.True(files.Add(State().Fingerprint));
        _folder.Write(".gitattributes", "src/more.py linguist-vendored\n");
        Assert.True(files.Add(State().Fingerprint));
        _folder.Write(".xcoderignore", "src/deep\n");
        Assert.True(files.Add(State().Fingerprint));
        Assert.True(files.Add(State("src").Fingerprint));
        Assert.True(files.Add(State("src", "nowhere").Fingerprint));
        Assert.Equal([Full("nowhere")], State("src", "nowhere").Missing);
    }

    // A link in a watched folder leads nowhere, and a folder that comes later is watched, too.
    [Fact]
    public void Events_OfAFolder_AreThoseBelowIt_ButNotThroughLinks()
    {
        using var seen = new BlockingCollection<string>();
        using var events = new FolderEvents([_folder.Root], path => seen.Add(path), reason => seen.Add("failed: " + reason));
        _outside.Write("h.py");
        File.WriteAllText(Full("link/g.py"), "through the link");
        _folder.Write("src/new/one.py");
        Until(seen, "src/new", out var before);
        Assert.DoesNotContain(before, path => path.Contains("link", StringComparison.Ordinal) || path.StartsWith(_outside.Root, StringComparison.Ordinal));

        _folder.Write("src/new/two.py");
        Until(seen, "src/new/two.py", out _);
        File.Move(Full("src/a.py"), Full("src/z.py"));
        Until(seen, "src/z.py", out before);
        Assert.Contains(Full("src/a.py"), before);
        File.Delete(Full("src/z.py"));
        Until(seen, "src/z.py", out _);
    }

    [Fact]
    public void Events_OfAFile_AreItsOwn_AlsoWhenItIsReplaced()
    {
        using var seen = new BlockingCollection<string>();
        using var events = new FolderEvents([Full("src/a.py"), Full("nowhere")], path => seen.Add(path), reason => seen.Add("failed: " + reason));
        _folder.Write("src/other.py");
        _folder.Write("src/a.tmp", "other text");
        File.Move(Full("src/a.tmp"), Full("src/a.py"), overwrite: true);
        Until(seen, "src/a.py", out var before);
        Assert.DoesNotContain(Full("src/other.py"), before);
    }

    private void Until(BlockingCollection<string> seen, string path, out List<string> before)
    {
        before = [];
        do
        {
            Assert.True(seen.TryTake(out var next, Limit), $"no event for {path} but {string.Join(", ", before)}");
            before.Add(next);
        }
        while (before[^1] != Full(path));
    }

    private string Full(string path) => Path.Join(_folder.Root, path).TrimEnd('/');

    private TreeState State(params string[] paths) => TreeState.Read(paths.Length == 0 ? [_folder.Root] : [.. paths.Select(Full)], _walk, default);
}
