using XCoder.Analysis.Changes;
using XCoder.Analysis.Repositories.Git;
using XCoder.Analysis.Store;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Analysis.Changes;

public sealed class ChangedFilesTests : IDisposable
{
    private readonly ScratchRepository _repository = new();

    public ChangedFilesTests()
    {
        _repository.Write("src/a.py", "a");
        _repository.Write("src/deep/b.py", "b");
        _repository.Write("c.py", "c");
        _repository.Commit();
    }

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void Find_NoChange_IsNone() => Assert.Empty(Find("src/a.py", "src/deep/b.py", "c.py"));

    // Moved, with a link left behind: the old path still leads to a file.
    [Fact]
    public void Find_FolderMovedAndALinkInItsPlace_IsMoved()
    {
        _repository.Git("mv", "src", "lib");
        _repository.Folder.Link("src", "lib");
        Assert.Equal(["Moved lib/a.py", "Moved lib/deep/b.py"], Find("lib/a.py", "lib/deep/b.py", "c.py"));
    }

    [Fact]
    public void Find_InnerFolderMovedAndALinkInItsPlace_IsMoved()
    {
        _repository.Git("mv", "src/deep", "lib");
        _repository.Folder.Link("src/deep", "../lib");
        Assert.Equal(["Moved lib/b.py"], Find("src/a.py", "lib/b.py", "c.py"));
    }

    [Theory]
    [InlineData("d.py")]
    [InlineData("/no/such/file")]
    public void Find_FileMovedAndALinkInItsPlace_IsMoved(string target)
    {
        _repository.Git("mv", "c.py", "d.py");
        _repository.Folder.Link("c.py", target);
        Assert.Equal(["Moved d.py"], Find("src/a.py", "src/deep/b.py", "d.py"));
    }

    [Fact]
    public void Find_FileInWhosePlaceIsAFolder_IsMoved()
    {
        _repository.Git("mv", "c.py", "d.py");
        _repository.Git("mv", "d.py", "c");
        Directory.CreateDirectory(Path.Join(_repository.Root, "c.py"));
        _repository.Git("mv", "c", "c.py/inner.py");
        Assert.Equal(["Moved c.py/inner.py"], Find("src/a.py", "src/deep/b.py", "c.py/inner.py"));
    }

    [Fact]
    public void Find_FolderInWhosePlaceIsAFileOrAForeignLink_IsDeleted()
    {
        using var outside = new TemporaryFolder();
        outside.Write("b.py", "b");
        Directory.Delete(Path.Join(_repository.Root, "src/deep"), recursive: true);
        _repository.Folder.Link("src/deep", outside.Root);
        Assert.Equal(["Deleted src/deep/b.py"], Find("src/a.py", "c.py"));

        Directory.Delete(Path.Join(_repository.Root, "src"), recursive: true);
        _repository.Write("src", "a file");
        Assert.Equal(["Deleted src/a.py", "Deleted src/deep/b.py"], Find("c.py"));
        Assert.True(File.Exists(Path.Join(outside.Root, "b.py")));
    }

    // A rule may leave a file out of the index; it is not gone.
    [Fact]
    public void Find_FileThatIsNotIndexed_IsNoChange() => Assert.Equal(["Added e.py"], Find(("e.py", "c"), "src/a.py"));

    private List<string> Find((string Path, string Text) added, params string[] now)
    {
        _repository.Write(added.Path, added.Text);
        return Find([.. now, added.Path]);
    }

    private List<string> Find(params string[] now)
    {
        using var objects = GitObjects.Open(_repository.Find());
        var before = GitTree.Files(objects, _repository.Git("rev-parse", "HEAD^{tree}"), _ => true);
        return [.. new ChangedFiles(_repository.Root, objects, _ => 1 << 20)
            .Find(now.ToDictionary(path => path, _ => new FileState(0, "", "", null)), before, CancellationToken.None)
            .Select(change => $"{change.Kind} {change.Path}")];
    }
}
