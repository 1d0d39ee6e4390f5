using System.Security.Cryptography;
using XCoder.Analysis.Store;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Analysis.Store;

public sealed class SealedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Workspaces of earlier versions hold such files.
    [Fact]
    public void Write_AContent_IsNameKeyContentAndTheirHash()
    {
        long? begins = null;
        Make().Write("key", (writer, at) => { begins = at; writer.Write((byte)7); });

        byte[] content = [6, .. "form 1"u8, 3, .. "key"u8, 7];
        Assert.Equal(content.Length - 1, begins);
        Assert.Equal([.. content, .. SHA256.HashData(content)], File.ReadAllBytes(Path));
    }

    [Fact]
    public void Read_WithItsKeyOrAny_GivesTheContent()
    {
        var file = Make();
        Assert.False(file.Has("key"));
        Assert.Null(file.Read("key", Text));
        file.Write("key", (writer, _) => writer.Write("content"));
        Assert.True(file.Has("key"));
        Assert.False(file.Has("other"));
        Assert.Equal("content", file.Read("key", Text));
        Assert.Equal("content", file.Read(null, Text));
        Assert.Null(file.Read("other", Text));
        Assert.Null(new SealedFile(Path, "form 2").Read(null, Text));
    }

    [Fact]
    public void Read_AnyByteChangedOrCutOff_GivesNothing()
    {
        Make().Write("key", (writer, _) => writer.Write("content"));
        var whole = File.ReadAllBytes(Path);
        for (var i = 0; i < whole.Length; i++)
        {
            var damaged = whole.ToArray();
            damaged[i] ^= 1;
            File.WriteAllBytes(Path, damaged);
            Assert.Null(Make().Read(null, Text));
            File.WriteAllBytes(Path, whole[..i]);
            Assert.Null(Make().Read(null, Text));
        }
    }

    private string Path => System.IO.Path.Combine(_folder.Root, "file");

    private SealedFile Make() => new(Path, "form 1");

    private static string Text(BinaryReader reader) => reader.ReadString();
}
