using System.Text;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Detect;
using Xunit;

namespace XCoder.Tests.Analysis.Repositories;

public sealed class SourceFileReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_File_GivesBytesAndHash()
    {
        var content = new SourceFileReader().Read(_folder.Write("a", "abc"));

        Assert.Equal("abc"u8.ToArray(), content.Bytes);
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", content.Hash);
        Assert.Null(content.Reason);
    }

    [Fact]
    public void Read_WhatIsNoFile_GivesTheReasonAndDoesNotHang()
    {
        _folder.Run("mkfifo", "pipe");
        _folder.Write("file", "12345");
        _folder.Link("link", "file");
        Directory.CreateDirectory(Path.Join(_folder.Root, "folder"));
        var reader = new SourceFileReader(4);

        Assert.Equal(SkipReason.NotAFile, reader.Read(Path.Join(_folder.Root, "pipe")).Reason);
        Assert.Equal(SkipReason.NotAFile, reader.Read(Path.Join(_folder.Root, "folder")).Reason);
        Assert.Equal(SkipReason.NotAFile, reader.Read("/dev/null").Reason);
        Assert.Equal(SkipReason.Link, reader.Read(Path.Join(_folder.Root, "link")).Reason);
        Assert.Equal(SkipReason.TooLarge, reader.Read(Path.Join(_folder.Root, "file")).Reason);
        Assert.Equal(SkipReason.Unreadable, reader.Read(Path.Join(_folder.Root, "absent")).Reason);
        Assert.NotNull(reader.Read(Path.Join(_folder.Root, "absent")).Detail);
        Assert.Equal("123"u8.ToArray(), reader.ReadStart(Path.Join(_folder.Root, "file"), 3).Bytes);
    }
}
