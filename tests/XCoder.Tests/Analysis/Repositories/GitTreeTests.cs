using System.Text;
using XCoder.Analysis.Repositories.Git;

namespace XCoder.Tests.Analysis.Repositories;

public sealed class GitTreeTests : IDisposable
{
    private readonly ScratchRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void Files_OfACommit_AreThoseOfGit()
    {
        _repository.Write("a.py", "a");
        _repository.Write("folder/b c.py", "b");
        _repository.Write("folder/deep/ä.py", "c");
        _repository.Folder.Link("link.py", "a.py");
        _repository.Commit();

        var files = Files(_repository.Git("rev-parse", "HEAD^{tree}"), _ => true);
        Assert.Equal(["a.py", "folder/b c.py", "folder/deep/ä.py"], files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(_repository.Git("rev-parse", "HEAD:a.py"), files["a.py"]);
        Assert.Equal(["folder/b c.py", "folder/deep/ä.py"],
            Files(_repository.Git("rev-parse", "HEAD^{tree}"), path => path.StartsWith("folder/", StringComparison.Ordinal)).Keys.Order(StringComparer.Ordinal));
    }

    // What git would not check out is not listed, so that no path leads out of the root.
    [Fact]
    public void Files_WithNamesThatLeadOut_AreLeftOut()
    {
        var blob = Convert.FromHexString(_repository.Loose("blob", "x"u8.ToArray()));
        var inner = Convert.FromHexString(_repository.Loose("tree", Entry("100644", "passwd"u8, blob)));
        var tree = _repository.Loose("tree", [.. Entry("100644", "../evil.py"u8, blob), .. Entry("40000", ".."u8, inner), .. Entry("40000", "."u8, inner),
            .. Entry("100644", "/etc/passwd"u8, blob), .. Entry("40000", ".GIT"u8, inner), .. Entry("100644", ""u8, blob), .. Entry("100644", [0xff, 0xfe], blob),
            .. Entry("120000", "link"u8, blob), .. Entry("160000", "module"u8, blob), .. Entry("100755", "good.py"u8, blob)]);

        Assert.Equal(["good.py"], Files(tree, _ => true).Keys);
    }

    [Theory]
    [InlineData("100644")]
    [InlineData("100644 a")]
    [InlineData("100644 a\0short")]
    [InlineData(" \0aaaaaaaaaaaaaaaaaaaa")]
    [InlineData("10064400000 a\0aaaaaaaaaaaaaaaaaaaa")]
    public void Files_OfADamagedFolder_AreAnError(string content)
    {
        var tree = _repository.Loose("tree", Encoding.ASCII.GetBytes(content));
        Assert.Contains("damaged", Assert.Throws<GitException>(() => Files(tree, _ => true)).Message);
    }

    // Sixteen folders that each hold the next sixteen times: more paths than atoms, in a few hundred bytes.
    [Fact]
    [Trait(FullRun.Category, FullRun.Heavy)]
    public void Files_OfATreeBomb_AreAnError()
    {
        var tree = _repository.Loose("tree", Entry("100644", "a.py"u8, Convert.FromHexString(_repository.Loose("blob", []))));
        for (var level = 0; level < 16; level++)
        {
            var inner = Convert.FromHexString(tree);
            tree = _repository.Loose("tree", [.. Enumerable.Range(0, 16).SelectMany(i => Entry("40000", Encoding.ASCII.GetBytes($"{i:x}"), inner))]);
        }

        using var objects = GitObjects.Open(_repository.Find(), new GitBudget(2 << 20));
        Assert.Throws<GitException>(() => GitTree.Files(objects, tree, _ => true));
    }

    // One name of megabytes would be part of a path for each folder entry that leads to it.
    [Theory]
    [InlineData("100644", 'a')]
    [InlineData("40000", 'a')]
    [InlineData("120000", '/')]
    public void Files_WithANameLongerThanFilesHave_AreAnError(string mode, char letter)
    {
        var blob = Convert.FromHexString(_repository.Loose("blob", "x"u8.ToArray()));
        var longest = _repository.Loose("tree", Entry("100644", Name('a', 255), blob));
        Assert.Equal(255, Assert.Single(Files(longest, _ => true)).Key.Length);

        var tree = _repository.Loose("tree", Entry(mode, Name(letter, 256), blob));
        Assert.Contains("255 bytes", Assert.Throws<GitException>(() => Files(tree, _ => true)).Message);
    }

    [Theory]
    [InlineData("a", 204, 16)]
    [InlineData("ä", 102, 16)] // two bytes each
    public void Files_WithAPathLongerThanFilesHave_AreAnError(string letter, int letters, int folders)
    {
        var name = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(letter, letters)));
        var tree = _repository.Loose("tree", Entry("100644", "a.py"u8, Convert.FromHexString(_repository.Loose("blob", []))));
        for (var i = 0; i < folders; i++)
        {
            tree = _repository.Loose("tree", Entry("40000", name, Convert.FromHexString(tree)));
        }

        Assert.Single(Files(tree, _ => true));
        for (var i = 0; i < 5; i++)
        {
            tree = _repository.Loose("tree", Entry("40000", name, Convert.FromHexString(tree)));
        }

        Assert.Contains("4,096 bytes", Assert.Throws<GitException>(() => Files(tree, _ => true)).Message);
    }

    // Every path is within its limit, but all of them together would take gigabytes.
    [Fact]
    [Trait(FullRun.Category, FullRun.Heavy)]
    public void Files_WhosePathsFillTheMemory_AreAnError()
    {
        var blob = Convert.FromHexString(_repository.Loose("blob", []));
        var tree = _repository.Loose("tree", [.. Enumerable.Range(0, 1000).SelectMany(i => Entry("100644", Encoding.ASCII.GetBytes($"{i:x3}"), blob))]);
        for (var i = 0; i < 15; i++)
        {
            tree = _repository.Loose("tree", Entry("40000", Name('a', 250), Convert.FromHexString(tree)));
        }

        var inner = Convert.FromHexString(tree);
        var root = _repository.Loose("tree", [.. Enumerable.Range(0, 1000).SelectMany(i => Entry("40000", Encoding.ASCII.GetBytes($"{i:x3}"), inner))]);
        Assert.Contains("characters together", Assert.Throws<GitException>(() => Files(root, _ => true)).Message);
    }

    // Names that are left out count as entries too: a folder of nothing else takes as long to read.
    [Fact]
    public void Files_OfABombOfNamesThatAreLeftOut_AreAnError()
    {
        var blob = Convert.FromHexString(_repository.Loose("blob", []));
        var refused = Convert.FromHexString(_repository.Loose("tree", [.. Enumerable.Range(0, 10_000).SelectMany(_ => Entry("40000", ".."u8, blob))]));
        var root = _repository.Loose("tree", [.. Enumerable.Range(0, 600).SelectMany(i => Entry("40000", Encoding.ASCII.GetBytes($"{i:x3}"), refused))]);
        Assert.Contains("5,000,000 entries", Assert.Throws<GitException>(() => Files(root, _ => true)).Message);
    }

    private static byte[] Name(char letter, int length) => Encoding.ASCII.GetBytes(new string(letter, length));

    private static byte[] Entry(string mode, ReadOnlySpan<byte> name, byte[] id) => [.. Encoding.ASCII.GetBytes(mode + " "), .. name, 0, .. id];

    private Dictionary<string, string> Files(string tree, Func<string, bool> isWanted)
    {
        using var objects = GitObjects.Open(_repository.Find());
        return GitTree.Files(objects, tree, isWanted);
    }
}
