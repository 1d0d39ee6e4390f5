using XCoder.Analysis.Indexing;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Store;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Analysis.Store;

public sealed class SnapshotTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WorkspaceFolder _workspace;

    public SnapshotTests()
    {
        _folder.Write("a/f.py", "def f(x):\n    return x\n");
        _folder.Write("b/g.py", "def g(x):\n    return x\n");
        _workspace = WorkspaceFolder.Create(Path.Combine(_folder.Root, "ws"));
        new Indexer(_workspace, LanguageCatalog.Open(), new IndexOptions { Threads = 1 }).Run([Path.Combine(_folder.Root, "a"), Path.Combine(_folder.Root, "b")]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Snapshot_WhileAnotherRemoves_ReadsOneState()
    {
        using var reader = _workspace.OpenStore();
        using var writer = _workspace.OpenStore();
        using (reader.Snapshot())
        {
            writer.RemoveRepository("a"); // not even one read came before
            Assert.Equal(2, reader.Rows(StoreSelection.All).Count());
            Assert.Equal(2, reader.FilesWithSnippets(StoreSelection.All).Count());
        }

        Assert.Single(reader.FilesWithSnippets(StoreSelection.All));
    }

    [Fact]
    public void Snapshot_Disposed_LetsTheStoreWriteAgain()
    {
        using var store = _workspace.OpenStore();
        var snapshot = store.Snapshot();
        foreach (var _ in store.Rows(StoreSelection.All))
        {
            snapshot.Dispose(); // even with a query under way
            break;
        }

        snapshot.Dispose();
        Assert.True(store.RemoveRepository("a"));
        using (store.Snapshot())
        {
            Assert.Single(store.Repositories());
        }
    }
}
