using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Analysis.Embeddings;

public sealed class ModelFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("model.json")]
    [InlineData("tokens.json")]
    [InlineData("model.onnx")]
    public void Open_APipeInPlaceOfAFile_IsRefusedByItsName(string name)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(TestPaths.Root, "models", "default")))
        {
            File.CreateSymbolicLink(Path.Combine(_folder.Root, Path.GetFileName(file)), file);
        }

        File.Delete(Path.Combine(_folder.Root, name));
        _folder.Run("mkfifo", name);

        var exception = Assert.Throws<EmbeddingException>(() => EmbeddingModels.Open(_folder.Root).Dispose());

        Assert.Contains(name, exception.Message);
    }

    [Fact]
    public void ReadAllBytes_AFileOfGigabytes_IsRefusedUnread()
    {
        var path = Path.Combine(_folder.Root, "model.json");
        using (var file = File.Create(path))
        {
            file.SetLength(3L << 30);
        }

        Assert.Contains(path, Assert.Throws<IOException>(() => ModelFiles.ReadAllBytes(path)).Message);
    }

    [Fact]
    public void ReadAllBytes_ALinkToAFile_IsFollowed()
    {
        _folder.Write("blob", "{}");
        var link = Path.Combine(_folder.Root, "model.json");
        File.CreateSymbolicLink(link, "blob");

        Assert.Equal("{}"u8.ToArray(), ModelFiles.ReadAllBytes(link));
    }
}
