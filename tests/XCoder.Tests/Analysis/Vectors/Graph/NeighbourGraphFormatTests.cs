using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Tests.Analysis.Vectors.Graph;

public class NeighbourGraphFormatTests
{
    [Theory]
    [InlineData(0, 0.3f)]
    [InlineData(1, 0.3f)]
    [InlineData(5000, 0.3f)]
    [InlineData(300, -1f)]
    public void Read_OfWhatWasWritten_IsTheSame(int rows, float floor)
    {
        var graph = Build(rows, floor);
        using var stream = new MemoryStream(Bytes(graph));
        var read = NeighbourGraph.Read(stream);
        Assert.Equal(NeighbourGraphTests.Hits(graph), NeighbourGraphTests.Hits(read));
        Assert.Equal(graph.Recall, read.Recall);
        Assert.Equal(stream.Length, stream.Position);
    }

    [Fact]
    public void Read_OfDamagedBytes_Fails()
    {
        var bytes = Bytes(Build(60, 0.3f));
        for (var at = 0; at < bytes.Length; at++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[at] ^= 0x41;
            Assert.Throws<InvalidDataException>(() => NeighbourGraph.Read(new MemoryStream(damaged)));
            Assert.Throws<InvalidDataException>(() => NeighbourGraph.Read(new MemoryStream(bytes, 0, at)));
        }
    }

    private static NeighbourGraph Build(int rows, float floor)
    {
        var (table, labels) = NeighbourGraphTests.Sample(rows, 6, 4, 3);
        return NeighbourGraphs.Build(table, labels, new NeighbourGraphOptions { Floor = floor });
    }

    private static byte[] Bytes(NeighbourGraph graph)
    {
        using var stream = new MemoryStream();
        graph.Write(stream);
        return stream.ToArray();
    }
}
