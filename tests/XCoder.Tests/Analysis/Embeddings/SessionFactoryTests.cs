using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Onnx;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Analysis.Embeddings;

public class SessionFactoryTests
{
    private static readonly byte[] Model = new OnnxGraph("copy").Input("x", 1).Output("y", 1).Node("Identity", ["x"], ["y"]).ToArray();

    // Either holds on any machine: a GPU is there and used, or the reason is said.
    [Fact]
    public void Create_WithAuto_RunsOnCudaOrSaysWhyNot()
    {
        var said = new List<string>();
        var factory = new SessionFactory(Device.Auto, threads: 1, said.Add);
        for (var i = 0; i < 2; i++)
        {
            using var session = factory.Create(Model, "copy");
            Assert.Equal(["x"], session.InputNames);
        }

        if (factory.Device == Device.Cuda)
        {
            Assert.Empty(said);
            return;
        }

        Assert.Equal(Device.Cpu, factory.Device);
        Assert.DoesNotContain('\n', Assert.Single(said));
        Assert.Equal($"Models run on the CPU: {factory.FallbackReason}.", said[0]);
    }

    [Fact]
    public void Create_WithCuda_RunsThereOrSaysWhatToDo()
    {
        var factory = new SessionFactory(Device.Cuda);
        if (DeviceCheck.Run(Device.Cuda).Works)
        {
            factory.Create(Model, "copy").Dispose();
            return;
        }

        var message = Assert.Throws<EmbeddingException>(() => factory.Create(Model, "copy")).Message;
        Assert.Contains("--device cpu", message);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData(Device.Auto)]
    [InlineData(Device.Cpu)]
    [InlineData(Device.Cuda)]
    public void Create_OfABrokenModel_NamesTheFile(Device device)
    {
        using var folder = new TemporaryFolder();
        folder.Write("model.onnx", "no model");
        var said = new List<string>();
        var path = Path.Combine(folder.Root, "model.onnx");
        var message = Assert.Throws<EmbeddingException>(() => new SessionFactory(device, 1, said.Add).Create(path)).Message;
        Assert.Contains(path, message);
        Assert.Contains("export the model again", message);
        Assert.DoesNotContain("checksum", message); // model.json holds none
        Assert.Contains("absent.onnx", Assert.Throws<EmbeddingException>(() => new SessionFactory(device).Create(Path.Combine(folder.Root, "absent.onnx"))).Message);
        Assert.Throws<EmbeddingException>(() => new SessionFactory(device).Create(Model[..^3], "half a model"));
        Assert.Empty(said);
    }

    [Fact]
    public void Create_OfABrokenModelThatShips_SaysHowToGetItBack()
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"broken-{Guid.NewGuid():n}.onnx");
        File.WriteAllText(path, "no model");
        try
        {
            Assert.Contains("ships with the program", Assert.Throws<EmbeddingException>(() => new SessionFactory(Device.Cpu).Create(path)).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Check_OfTheCpu_Works()
    {
        var check = DeviceCheck.Run(Device.Cpu);
        Assert.True(check.Works, check.Detail);
        Assert.Matches(@"^version \d+\.\d+\.\d+$", DeviceCheck.Runtime());
    }

    [Theory]
    [InlineData("auto", Device.Auto)]
    [InlineData("CPU", Device.Cpu)]
    [InlineData("Cuda", Device.Cuda)]
    public void Parse_OfAName_IsItsDevice(string name, Device device) => Assert.Equal(device, DeviceChoice.Parse(name));

    [Fact]
    public void Parse_OfAnotherName_ListsThem() =>
        Assert.Contains("auto, cpu, cuda", Assert.Throws<ArgumentException>(() => DeviceChoice.Parse("gpu")).Message);
}
