using System.Buffers.Binary;
using XCoder.Analysis.Repositories.Git;

namespace XCoder.Tests.Analysis.Repositories;

public sealed class GitIndexTests : IDisposable
{
    private readonly ScratchRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData("2")]
    [InlineData("4")]
    public void Tracked_AnIndexOfGit_HasItsPaths(string version)
    {
        string[] paths = ["a.py", "folder/b.py", "folder/bb.py", "folder/inner/c.py", "z"];
        Array.ForEach(paths, path => _repository.Write(path, path));
        _repository.Commit();
        _repository.Git("update-index", "--index-version", version);

        Assert.Equal(paths, GitIndex.Tracked(_repository.Find(), []).Select(System.Text.Encoding.UTF8.GetString).Order(StringComparer.Ordinal));
        Assert.True(GitIndex.Tracks(_repository.Find(), "folder"));
        Assert.False(GitIndex.Tracks(_repository.Find(), "fold"));
    }

    // In version 4 each name may be one byte longer than the one before it: 4 MB of index would be 2 GB of names, 40 MB 200 GB.
    [Fact]
    public void Tracked_NamesThatGrowWithoutEnd_EndAtTheLongestPath()
    {
        const int Entries = 60_000;
        using var index = new MemoryStream();
        index.Write("DIRC"u8);
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, 4);
        index.Write(number);
        BinaryPrimitives.WriteInt32BigEndian(number, Entries);
        index.Write(number);
        for (var i = 0; i < Entries; i++)
        {
            index.Write([.. new byte[60], 0, 1, 0, (byte)'a', 0]);
        }

        index.Write(new byte[20]);
        _repository.Folder.Write(".git/index", index.ToArray());

        var before = GC.GetAllocatedBytesForCurrentThread();
        var tracked = GitIndex.Tracked(_repository.Find(), []);

        Assert.Equal(4096, tracked.Count);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 << 20);
    }
}
