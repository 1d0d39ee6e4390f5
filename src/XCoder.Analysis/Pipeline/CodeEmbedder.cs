using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Pipeline;

/// <summary>Embeds code that is in no store.</summary>
public sealed class CodeEmbedder(LanguageCatalog catalog, IEmbeddingModel model, int threads)
{
    private const int BatchInputs = 256;

    /// <summary>Embeds a portion; call it again for more.</summary>
    /// <param name="portion">Language and code of each item.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <returns>A vector of length 1 an item, in order; null where the parser gave up.</returns>
    /// <exception cref="EmbeddingException">The model failed.</exception>
    public float[]?[] Embed(IReadOnlyList<(Language Language, string Code)> portion, CancellationToken cancellation = default)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        var inputs = new EncodedInput?[portion.Count];
        Parallel.For(0, portion.Count, parallel, () => new CodeReader(catalog), (i, _, reader) =>
        {
            inputs[i] = reader.Read(portion[i].Language, portion[i].Code) is { } code ? model.Encode(code) : null;
            return reader;
        }, reader => reader.Dispose());

        var result = new float[]?[portion.Count];
        var order = Enumerable.Range(0, portion.Count).Where(i => inputs[i] is not null).OrderBy(i => inputs[i]!.Ids.Length).Chunk(BatchInputs);
        Parallel.ForEach(order, parallel, batch =>
        {
            var vectors = new float[batch.Length * model.Dimension];
            model.Embed([.. batch.Select(i => inputs[i]!)], vectors);
            for (var i = 0; i < batch.Length; i++)
            {
                result[batch[i]] = vectors[(i * model.Dimension)..((i + 1) * model.Dimension)];
            }
        });
        return result;
    }
}
