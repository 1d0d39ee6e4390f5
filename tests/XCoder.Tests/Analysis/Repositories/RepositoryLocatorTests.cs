using XCoder.Analysis.Repositories.Walk;
using Xunit;

namespace XCoder.Tests.Analysis.Repositories;

public sealed class RepositoryLocatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Locate_PathInWorkTree_BelongsToItsRoot()
    {
        _folder.WriteGit("clone");
        _folder.Write("clone/src/a.c");

        Assert.Equal(["clone clone [src]"], Locate("clone/src"));
        Assert.Equal(["clone clone [src/a.c]"], Locate("clone/src/a.c"));
        Assert.Equal(["clone clone []"], Locate("clone/src", "clone", "clone/src/a.c"));
    }

    [Fact]
    public void Locate_FolderOfClones_StandsForEach()
    {
        _folder.WriteGit("all/a");
        _folder.WriteGit("all/x/a");
        _folder.WriteGit("all/vendor");
        _folder.Write("all/README.md");

        Assert.Equal(["a all/a []", "vendor all/vendor []", "a-2 all/x/a []"], Locate("all"));
        _folder.Write("all/tools/b.c");
        Assert.Equal(["all all []", "a all/a []", "vendor all/vendor []", "a-2 all/x/a []"], Locate("all"));
    }

    [Fact]
    public void Locate_FolderInNoWorkTree_IsItsOwn()
    {
        _folder.Write("plain/sub/a.c");

        Assert.Equal(["plain plain []"], Locate("plain"));
        Assert.Equal(["plain plain []"], Locate("plain/sub", "plain"));
        Assert.Equal(["sub plain/sub [a.c]"], Locate("plain/sub/a.c"));
    }

    [Fact]
    public void Locate_NestedWorkTrees_StandForThemselvesUnlessIgnoredOrVendored()
    {
        _folder.WriteGit("outer");
        _folder.Write("outer/.gitignore", "build/\n");
        _folder.Write("outer/module/.git", "gitdir: ../.git/modules/module\n");
        _folder.WriteGit("outer/module/inner");
        _folder.WriteGit("outer/build/dependency");
        _folder.WriteGit("outer/third_party/dependency");
        _folder.Write("outer/empty/.git/description");

        Assert.Equal(["outer outer []", "module outer/module []", "inner outer/module/inner []"], Locate("outer"));
        Assert.Equal(["outer outer [build]", "dependency outer/build/dependency []"], Locate("outer/build"));
    }

    [Fact]
    public void Locate_KnownNames_AreKept()
    {
        _folder.WriteGit("x/a");
        _folder.WriteGit("y/a");
        var known = new Dictionary<string, string> { [Path.Join(_folder.Root, "y/a")] = "a" };

        Assert.Equal(["a-2 x/a []", "a y/a []"], Locate(known, "x/a", "y/a"));
    }

    [Fact]
    public void Locate_ThroughLink_GivesTheRealRoot()
    {
        _folder.WriteGit("real");
        _folder.Link("link", "real");

        Assert.Equal(["real real []"], Locate("link"));
    }

    [Fact]
    public void Locate_MissingPath_ThrowsWithItsName()
    {
        var exception = Assert.Throws<PathNotFoundException>(() => Locate("absent"));

        Assert.EndsWith("/absent", exception.Path);
        Assert.Contains("absent", exception.Message);
    }

    private List<string> Locate(params string[] paths) => Locate(new Dictionary<string, string>(), paths);

    private List<string> Locate(Dictionary<string, string> known, params string[] paths)
    {
        var locator = new RepositoryLocator(new WalkOptions { MayBeSource = path => path.EndsWith(".c", StringComparison.Ordinal) });
        return [.. locator.Locate([.. paths.Select(path => Path.Join(_folder.Root, path))], known)
            .Select(located => $"{located.Repository.Name} {Path.GetRelativePath(_folder.Root, located.Repository.Root)} [{string.Join(' ', located.Paths)}]")];
    }
}
