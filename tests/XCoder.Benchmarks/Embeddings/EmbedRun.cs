using System.Diagnostics;
using System.Globalization;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Store;

namespace XCoder.Benchmarks.Embeddings;

/// <summary>
/// Times a model, from extracted snippets in memory to vectors: reading terms, adding up rows, the session. Medians of
/// rounds.
/// </summary>
internal static class EmbedRun
{
    private const int BatchInputs = 256;
    private const int BatchIds = 16384;

    public static int Run(string folder, string modelFolder, Device device, int most, int threads, long rounds)
    {
        var work = Directory.CreateTempSubdirectory("xcoder-embed");
        try
        {
            var workspace = WorkspaceFolder.Create(work.FullName);
            new Indexer(workspace, LanguageCatalog.Open(), new IndexOptions { Threads = 2, Resolve = false }).Run([folder]);
            using var store = workspace.OpenStore();
            var inputs = store.FilesWithSnippets(StoreSelection.All).SelectMany(file => file.Snippets.Select(new SnippetInputs(file).Of)).Take(most).ToList();
            using var model = EmbeddingModels.Open(modelFolder, device);
            var (encode, embed) = (new List<double>(), new List<double>());
            var ids = 0L;
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
            for (var round = -1; round < rounds; round++)
            {
                var watch = Stopwatch.StartNew();
                var encoded = new EncodedInput[inputs.Count];
                Parallel.For(0, inputs.Count, parallel, i => encoded[i] = model.Encode(inputs[i]));
                var encoding = watch.Elapsed.TotalSeconds;
                watch.Restart();
                Array.Sort(encoded, (a, b) => a.Ids.Length - b.Ids.Length);
                Parallel.ForEach(Batches(encoded), parallel, batch => model.Embed(batch, new float[batch.Count * model.Dimension]));
                ids = encoded.Sum(input => (long)input.Ids.Length);
                if (round >= 0) // the first round warms up
                {
                    encode.Add(encoding);
                    embed.Add(watch.Elapsed.TotalSeconds);
                }
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{inputs.Count:N0} snippets, {inputs.Average(input => input.TokenCount):0} tokens and {(double)ids / inputs.Count:0} rows each"));
            Write("encode", inputs.Count, encode);
            Write("session", inputs.Count, embed);
            Write("together", inputs.Count, [.. encode.Zip(embed, (a, b) => a + b)]);
            return 0;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static IEnumerable<ArraySegment<EncodedInput>> Batches(EncodedInput[] encoded)
    {
        for (var (begin, count) = (0, 0); begin < encoded.Length; begin += count)
        {
            var sum = 0;
            for (count = 0; begin + count < encoded.Length && count < BatchInputs && (count == 0 || sum + encoded[begin + count].Ids.Length <= BatchIds); count++)
            {
                sum += encoded[begin + count].Ids.Length;
            }

            yield return new ArraySegment<EncodedInput>(encoded, begin, count);
        }
    }

    private static void Write(string what, int snippets, List<double> seconds)
    {
        seconds.Sort();
        var median = seconds[seconds.Count / 2];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-10} {median,8:0.000} s {snippets / median,10:N0} a second, best {snippets / seconds[0]:N0}"));
    }
}
