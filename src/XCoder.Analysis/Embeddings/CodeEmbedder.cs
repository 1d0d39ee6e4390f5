using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Extraction;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Embeddings;

/// <summary>Embeds code that is in no store. Keeps its readers, whose making costs more than reading with them.</summary>
/// <param name="catalog">The languages.</param>
/// <param name="model">The model.</param>
/// <param name="threads">Threads to work with, 1 or more.</param>
/// <param name="isOwner">Whether the model is disposed with it.</param>
public sealed class CodeEmbedder(LanguageCatalog catalog, IEmbeddingModel model, int threads, bool isOwner = false) : IDisposable
{
    private readonly CodeReaderPool _readers = new(catalog);

    /// <summary>Embeds a portion; call it again for more.</summary>
    /// <param name="portion">Language and code of each item.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <returns>A vector of length 1 an item, in order; null where the parser gave up.</returns>
    /// <exception cref="EmbeddingException">The model failed.</exception>
    public float[]?[] Embed(IReadOnlyList<(Language Language, string Code)> portion, CancellationToken cancellation = default)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        var inputs = new EncodedInput?[portion.Count];
        Parallel.For(0, portion.Count, parallel, _readers.Take, (i, _, reader) =>
        {
            inputs[i] = reader.Read(portion[i].Language, portion[i].Code) is { } code ? model.Encode(code) : null;
            return reader;
        }, _readers.Return);

        var result = new float[]?[portion.Count];
        var read = Enumerable.Range(0, portion.Count).Where(i => inputs[i] is not null).ToArray();
        var vectors = EmbeddingBatches.Embed(model, [.. read.Select(i => inputs[i]!)], parallel, vector => vector.ToArray());
        for (var i = 0; i < read.Length; i++)
        {
            result[read[i]] = vectors[i];
        }

        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _readers.Dispose();
        if (isOwner)
        {
            model.Dispose();
        }
    }
}
