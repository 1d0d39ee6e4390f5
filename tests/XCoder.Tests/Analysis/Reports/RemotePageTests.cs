using XCoder.Analysis.Reports;
using Xunit;

namespace XCoder.Tests.Analysis.Reports;

public class RemotePageTests
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    [Theory]
    [InlineData("https://github.com/a/b.git", "https://github.com/a/b", "https://github.com/a/b/blob/COMMIT/")]
    [InlineData("https://user:secret@GitHub.com/a/b/", "https://github.com/a/b", "https://github.com/a/b/blob/COMMIT/")]
    [InlineData("git@github.com:a/b.git", "https://github.com/a/b", "https://github.com/a/b/blob/COMMIT/")]
    [InlineData("ssh://git@gitlab.example.org:2222/a/b/c.git", "https://gitlab.example.org/a/b/c", "https://gitlab.example.org/a/b/c/-/blob/COMMIT/")]
    [InlineData("https://gitlab.example.org:8443/a/b", "https://gitlab.example.org:8443/a/b", "https://gitlab.example.org:8443/a/b/-/blob/COMMIT/")]
    [InlineData("http://codeberg.org/a/b", "https://codeberg.org/a/b", "https://codeberg.org/a/b/src/commit/COMMIT/")]
    [InlineData("git://bitbucket.org/a/b.git", "https://bitbucket.org/a/b", "https://bitbucket.org/a/b/src/COMMIT/")]
    [InlineData("https://example.org/a/b.git", "https://example.org/a/b", null)]
    [InlineData("https://notgithub.com/a/b.git", "https://notgithub.com/a/b", null)]
    public void Of_AnAddressOfAHost_IsAPage(string remote, string repository, string? files)
    {
        var page = RemotePage.Of(remote, Commit);
        Assert.Equal((repository, files?.Replace("COMMIT", Commit, StringComparison.Ordinal)), (page?.Repository, page?.Files));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("javascript:alert(1)")]
    [InlineData("javascript://github.com/a/b")]
    [InlineData("data:text/html,github.com/a/b")]
    [InlineData("file:///home/me/github.com/b")]
    [InlineData("/home/me/b.git")]
    [InlineData("C:/code/b")]
    [InlineData("user:secret@github.com:a/b")]
    [InlineData("ext::sh -c github.com/a/b")]
    [InlineData("https://github.com/a/../b")]
    [InlineData("https://github.com//b")]
    [InlineData("https://github.com/a")]
    [InlineData("https://github.com/a/b?token=secret")]
    [InlineData("https://github.com/a/b\"onclick=\"x")]
    [InlineData("https://github.com/a/b\n")]
    [InlineData("https://git\u202Ehub.com/a/b")]
    [InlineData("https://localhost/a/b")]
    public void Of_AnythingElse_IsNone(string? remote) => Assert.Null(RemotePage.Of(remote, Commit));

    [Theory]
    [InlineData(null)]
    [InlineData("main")]
    [InlineData("0123456789abcdef0123456789abcdef0123456g")]
    [InlineData("0123456789abcdef0123456789abcdef01234567\n")]
    public void Of_NoHashOfACommit_HasNoFiles(string? commit) => Assert.Null(RemotePage.Of("https://github.com/a/b", commit)?.Files);
}
