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
    public void Files_OfATreeBomb_AreAnError()
    {
        var tree = _repository.Loose("tree", Entry("100644", "a.py"u8, Convert.FromHexString(_repository.Loose("blob", []))));
        for (var level = 0; level < 16; level++)
        {
            var inner = Convert.FromHexString(tree);
            tree = _repository.Loose("tree", [.. Enumerable.Range(0, 16).SelectMany(i => Entry("40000", Encoding.ASCII.GetBytes($"{i:x}"), inner))]);
        }

        using var objects = GitObjects.Open(_repository.Find(), new GitBudget(64 << 20));
        Assert.Throws<GitException>(() => GitTree.Files(objects, tree, _ => true));
    }

    private static byte[] Entry(string mode, ReadOnlySpan<byte> name, byte[] id) => [.. Encoding.ASCII.GetBytes(mode + " "), .. name, 0, .. id];

    private Dictionary<string, string> Files(string tree, Func<string, bool> isWanted)
    {
        using var objects = GitObjects.Open(_repository.Find());
        return GitTree.Files(objects, tree, isWanted);
    }
}
