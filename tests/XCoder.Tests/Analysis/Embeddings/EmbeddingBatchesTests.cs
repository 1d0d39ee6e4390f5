using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Tests.Analysis.Embeddings;

public class EmbeddingBatchesTests
{
    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 100_000)]
    [InlineData(256, 1)]
    [InlineData(2000, 300)]
    [InlineData(20, 16384)]
    public void Plan_OfInputs_HoldsEachOnceByLength(int count, int longest)
    {
        var random = new Random(3);
        var inputs = Enumerable.Range(0, count).Select(i => new EncodedInput((UInt128)i, new int[random.Next(longest) + 1], [])).ToList();

        var batches = EmbeddingBatches.Plan(inputs);

        var order = batches.SelectMany(batch => batch).ToList();
        Assert.Equal(Enumerable.Range(0, count), order.Order());
        Assert.Equal(order.Select(i => inputs[i].Ids.Length).Order(), order.Select(i => inputs[i].Ids.Length));
        Assert.All(batches, batch => Assert.True(batch.Count is 1 or (> 0 and <= 256) && (batch.Count == 1 || batch.Sum(i => inputs[i].Ids.Length) <= 16384)));
    }
}
