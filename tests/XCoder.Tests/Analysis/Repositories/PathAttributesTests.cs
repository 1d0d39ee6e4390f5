using XCoder.Analysis.Repositories.Ignore;

namespace XCoder.Tests.Analysis.Repositories;

public sealed class PathAttributesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _outside = new();

    public void Dispose()
    {
        _folder.Dispose();
        _outside.Dispose();
    }

    [Fact]
    public void Of_APathInFolders_IsWhatTheNearestFileSays()
    {
        _folder.Write(".gitattributes", "*.py linguist-language=A\n*.c linguist-language=C\n");
        _folder.Write("a/b/.gitattributes", "*.py linguist-language=B\n");

        var attributes = new PathAttributes(_folder.Root);
        Assert.Equal("A", attributes.Of("x.py").Language);
        Assert.Equal("A", attributes.Of("a/x.py").Language);
        Assert.Equal("B", attributes.Of("a/b/x.py").Language);
        Assert.Equal("B", attributes.Of("a/b/gone/deep/x.py").Language);
        Assert.Equal("C", attributes.Of("a/b/x.c").Language);
    }

    // What a link leads to is not part of the work tree, nor is anything below it.
    [Theory]
    [InlineData("link/x.py")]
    [InlineData("link/inner/x.py")]
    [InlineData("link/inner/deep/x.py")]
    [InlineData("a/link/inner/deep/x.py")]
    public void Of_APathBehindALink_IsWhatTheFoldersAboveItSay(string path)
    {
        foreach (var folder in (string[])["", "inner/", "inner/deep/"])
        {
            _outside.Write(folder + ".gitattributes", "*.py linguist-language=Outside\n");
        }

        _folder.Write(".gitattributes", "*.py linguist-language=A\n");
        _folder.Write("a/y.py");
        _folder.Link("link", _outside.Root);
        _folder.Link("a/link", _outside.Root);

        var attributes = new PathAttributes(_folder.Root);
        Assert.Equal("A", attributes.Of(path).Language);
        Assert.Equal("A", attributes.Of(path).Language); // as it was remembered
        Assert.Equal("A", attributes.Of("a/y.py").Language);
    }

    [Fact]
    public void Of_ARootThatIsALink_IsWhatItsFilesSay()
    {
        _folder.Write("tree/.gitattributes", "*.py linguist-language=A\n");
        _folder.Link("root", "tree");
        Assert.Equal("A", new PathAttributes(Path.Join(_folder.Root, "root")).Of("x.py").Language);
    }
}
