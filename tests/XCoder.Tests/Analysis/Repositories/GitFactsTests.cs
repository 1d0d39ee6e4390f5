using XCoder.Analysis.Repositories.Git;
using Xunit;

namespace XCoder.Tests.Analysis.Repositories;

public sealed class GitFactsTests : IDisposable
{
    private static readonly string Commit = new('a', 40);
    private static readonly string Other = new('b', 40);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_LooseReference_GivesRemoteAndCommit()
    {
        _folder.WriteGit("", "[core]\n\tbare = false\n[remote \"fork\"]\n\turl = https://x/fork\n[Remote \"origin\"]\n\tURL = \"https://x/o.git\" ; note\n\turl = https://x/second\n");
        _folder.Write(".git/refs/heads/main", Commit + "\n");
        _folder.Write(".git/packed-refs", $"{Other} refs/heads/main\n");

        Assert.Equal(new GitFacts("https://x/o.git", Commit), GitFacts.Read(_folder.Root));
    }

    [Fact]
    public void Read_PackedReference_GivesCommit()
    {
        _folder.WriteGit("", "[remote \"only\"] url = ../up\n");
        _folder.Write(".git/packed-refs", $"# pack-refs with: peeled\n{Other} refs/heads/main-2\n{Commit} refs/heads/main\n^{Other}\n");

        Assert.Equal(new GitFacts("../up", Commit), GitFacts.Read(_folder.Root));
    }

    [Fact]
    public void Read_LinkedWorkTree_UsesTheCommonFolder()
    {
        _folder.WriteGit("main", "[remote \"origin\"]\n\turl = git@host:o/r.git\n");
        _folder.Write("main/.git/refs/heads/side", Commit);
        _folder.Write("main/.git/worktrees/w/HEAD", "ref: refs/heads/side\n");
        _folder.Write("main/.git/worktrees/w/commondir", "../..\n");
        _folder.Write("w/.git", $"gitdir: {_folder.Root}/main/.git/worktrees/w\n");

        Assert.Equal(new GitFacts("git@host:o/r.git", Commit), GitFacts.Read(Path.Join(_folder.Root, "w")));
    }

    [Fact]
    public void Read_DetachedHead_GivesCommit()
    {
        _folder.WriteGit("", "[remote \"a\"]\nurl=x\n[remote \"b\"]\nurl=y\n", Commit);

        Assert.Equal(new GitFacts(null, Commit), GitFacts.Read(_folder.Root));
    }

    [Theory]
    [InlineData("ref: refs/heads/../../../secret")]
    [InlineData("ref: /etc/passwd")]
    [InlineData("ref: HEAD")]
    [InlineData("nonsense \0 \u0001")]
    [InlineData("")]
    public void Read_GarbageHead_GivesNull(string head)
    {
        _folder.WriteGit("", "[remote \"origin\n url = \\", head);
        _folder.Write("secret", Commit);

        Assert.Equal(new GitFacts(null, null), GitFacts.Read(_folder.Root));
    }

    [Fact]
    public void Read_LinksOutOfTheRoot_AreNotFollowed()
    {
        _folder.Write("outside/heads/main", Commit);
        _folder.Write("outside/config", "[remote \"origin\"]\n\turl = https://x/y\n");
        _folder.Write("clone/.git/HEAD", "ref: refs/heads/main\n");
        _folder.Link("clone/.git/refs", "../../outside");
        _folder.Link("clone/.git/config", "../../outside/config");

        Assert.Equal(new GitFacts(null, null), GitFacts.Read(Path.Join(_folder.Root, "clone")));
    }

    [Theory]
    [InlineData("https://user:secret@host/o/r.git", "https://host/o/r.git")]
    [InlineData("https://secret@host:8443/o/r.git?private_token=secret#secret", "https://host:8443/o/r.git")]
    [InlineData("https://user:sec/ret@host/o/r.git", "https://host/o/r.git")]
    [InlineData("https://user:se@cret@host/o", "https://host/o")]
    [InlineData("https://host/@scope/r", "https://host/@scope/r")]
    [InlineData("ssh://git:secret@host/o/r", "ssh://git@host/o/r")]
    [InlineData("git@host:o/r.git", "git@host:o/r.git")]
    [InlineData("user:secret@host:o/r", "host:o/r")]
    [InlineData("codecommit::https://secret@host/r", "codecommit::https://host/r")]
    [InlineData("/srv/git/r.git", "/srv/git/r.git")]
    [InlineData("  ", null)]
    public void Strip_Address_HoldsNoSecret(string address, string? expected) => Assert.Equal(expected, RemoteAddress.Strip(address));
}
