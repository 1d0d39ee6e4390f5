using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Analysis.Embeddings;

/// <summary>Runs a model over many inputs.</summary>
internal static class EmbeddingBatches
{
    private const int BatchIds = 16384;
    private const int BatchInputs = 256;

    /// <summary>Embeds all inputs, several batches at once.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    /// <param name="keep">Makes of a vector, which it must not hold on to, what is kept of it.</param>
    /// <returns>What was kept, in the order of the inputs.</returns>
    public static T[] Embed<T>(IEmbeddingModel model, IReadOnlyList<EncodedInput> inputs, ParallelOptions parallel, Func<ReadOnlySpan<float>, T> keep)
    {
        var result = new T[inputs.Count];
        Parallel.ForEach(Plan(inputs), parallel, batch =>
        {
            var rows = new float[batch.Count * model.Dimension];
            model.Embed([.. batch.Select(i => inputs[i])], rows);
            for (var i = 0; i < batch.Count; i++)
            {
                result[batch[i]] = keep(rows.AsSpan(i * model.Dimension, model.Dimension));
            }
        });
        return result;
    }

    /// <summary>Indexes of the inputs, shortest first, in batches. Inputs of like length share one: encoders pad to the longest.</summary>
    internal static List<ArraySegment<int>> Plan(IReadOnlyList<EncodedInput> inputs)
    {
        var order = Enumerable.Range(0, inputs.Count).OrderBy(i => inputs[i].Ids.Length).ToArray();
        var batches = new List<ArraySegment<int>>();
        for (var (begin, ids, i) = (0, 0, 0); i <= order.Length; i++)
        {
            var length = i < order.Length ? inputs[order[i]].Ids.Length : 0;
            if (i > begin && (i == order.Length || i - begin == BatchInputs || ids + length > BatchIds))
            {
                batches.Add(new ArraySegment<int>(order, begin, i - begin));
                (begin, ids) = (i, 0);
            }

            ids += length;
        }

        return batches;
    }
}
