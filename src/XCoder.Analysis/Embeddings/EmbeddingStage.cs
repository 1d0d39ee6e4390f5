using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.Embeddings;

/// <summary>
/// Embeds what a model has not embedded yet. Files are read in portions; of the store as a
/// whole only the keys of what was embedded are held, about 50 bytes each. Equal inputs are embedded once. A portion is stored whole or not
/// at all: a killed run is completed by the next.
/// Once the model has embedded the whole store, vectors of superseded models go: all but those of the other model used last.
/// </summary>
internal sealed class EmbeddingStage
{
    private const int PortionSnippets = 8192;

    private readonly SnippetStore _store;
    private readonly IEmbeddingModel _model;
    private readonly ParallelOptions _parallel;

    /// <summary>A stage that writes to a workspace this process has locked.</summary>
    public EmbeddingStage(SnippetStore store, IEmbeddingModel model, int threads, CancellationToken cancellation)
    {
        (_store, _model) = (store, model);
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
    }

    /// <summary>Embeds a part of the store.</summary>
    /// <param name="selection">What to embed.</param>
    /// <param name="progress">Told how many snippets have a vector, and how many there are.</param>
    /// <exception cref="StoreException">The store failed.</exception>
    /// <exception cref="EmbeddingException">The model failed.</exception>
    /// <exception cref="OperationCanceledException">The run was ended; finished portions are kept.</exception>
    public EmbeddingSummary Run(StoreSelection selection, IProgress<StageProgress>? progress = null)
    {
        var id = _store.PutModel(_model.Hash, _model.Name, _model.Dimension);
        var (all, done) = _store.EmbeddedCounts(id, selection);
        if (all == done)
        {
            return new EmbeddingSummary(all, 0, 0) { Dropped = Prune(id) };
        }

        var known = _store.EmbeddedKeys(id);
        var next = _store.NextEmbedding();
        var (embedded, reused) = (0L, 0L);
        progress?.Report(new StageProgress("embed", done, all) { Unit = "snippets" });
        foreach (var portion in Portions(_store.FilesToEmbed(id, selection)))
        {
            var inputs = Encode(portion);
            var fresh = new List<(long Id, EncodedInput Input)>();
            var snippets = new List<(long, long)>(inputs.Length);
            for (var i = 0; i < inputs.Length; i++)
            {
                if (known.TryGetValue(inputs[i].Key, out var row))
                {
                    reused++;
                }
                else
                {
                    known[inputs[i].Key] = row = next++;
                    fresh.Add((row, inputs[i]));
                }

                snippets.Add((portion[i].Snippet.Row, row));
            }

            var vectors = EmbeddingBatches.Embed(_model, [.. fresh.Select(item => item.Input)], _parallel, Narrow);
            _store.PutEmbeddings(id, [.. fresh.Zip(vectors, (item, vector) => (item.Id, item.Input.Key, vector))], snippets);
            embedded += fresh.Count;
            done += portion.Count;
            progress?.Report(new StageProgress("embed", done, all) { Unit = "snippets" });
        }

        return new EmbeddingSummary(all, embedded, reused) { Dropped = Prune(id) };
    }

    private IReadOnlyList<string> Prune(long model)
    {
        var dropped = _store.DropModels(model);
        _store.PruneEmbeddings();
        return dropped;
    }

    // Whole files, until there are enough snippets.
    private static IEnumerable<List<(SnippetInputs Inputs, SnippetTokens Snippet)>> Portions(IEnumerable<FileSnippets> files)
    {
        var portion = new List<(SnippetInputs, SnippetTokens)>();
        foreach (var file in files)
        {
            var inputs = new SnippetInputs(file);
            portion.AddRange(file.Snippets.Select(snippet => (inputs, snippet)));
            if (portion.Count >= PortionSnippets)
            {
                yield return portion;
                portion = [];
            }
        }

        if (portion.Count > 0)
        {
            yield return portion;
        }
    }

    private EncodedInput[] Encode(List<(SnippetInputs Inputs, SnippetTokens Snippet)> portion)
    {
        var inputs = new EncodedInput[portion.Count];
        Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(0, portion.Count, 256), _parallel, range =>
        {
            for (var i = range.Item1; i < range.Item2; i++)
            {
                inputs[i] = _model.Encode(portion[i].Inputs.Of(portion[i].Snippet));
            }
        });
        return inputs;
    }

    private static Half[] Narrow(ReadOnlySpan<float> vector)
    {
        var half = new Half[vector.Length];
        HalfRows.Narrow(vector, half);
        return half;
    }
}

/// <summary>What the embedding of a part of the store did.</summary>
/// <param name="Snippets">Snippets in it; all have a vector now.</param>
/// <param name="Embedded">Distinct inputs that the model was run on.</param>
/// <param name="Reused">Snippets whose input was embedded before, here or in another repository.</param>
public sealed record EmbeddingSummary(long Snippets, long Embedded, long Reused)
{
    /// <summary>Names of models whose vectors were dropped: those older than the one in use and one other. Default none.</summary>
    public IReadOnlyList<string> Dropped { get; init; } = [];
}

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
    public static T[] Embed<T>(IEmbeddingModel model, IReadOnlyList<EncodedInput> inputs, ParallelOptions parallel,
        Func<ReadOnlySpan<float>, T> keep)
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
