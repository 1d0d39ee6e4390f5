namespace XCoder.Analysis.Embeddings.Encoders;

/// <summary>Which inputs are run together: neighbours by length, so that little is padding.</summary>
internal static class EncoderBatches
{
    /// <summary>Indexes of the inputs that are longer than 0, in batches, shortest first.</summary>
    /// <param name="lengths">Length of each input.</param>
    /// <param name="tokens">Greatest rows times longest of a batch; one longer input is a batch of its own.</param>
    /// <param name="rows">Greatest number of rows.</param>
    public static IEnumerable<ReadOnlyMemory<int>> Plan(IReadOnlyList<int> lengths, int tokens, int rows)
    {
        var order = Enumerable.Range(0, lengths.Count).Where(index => lengths[index] > 0).OrderBy(index => lengths[index]).ToArray();
        var start = 0;
        for (var index = 0; index < order.Length; index++)
        {
            if (index > start && ((long)lengths[order[index]] * (index - start + 1) > tokens || index - start == rows))
            {
                yield return order.AsMemory(start, index - start);
                start = index;
            }
        }

        if (start < order.Length)
        {
            yield return order.AsMemory(start);
        }
    }
}
