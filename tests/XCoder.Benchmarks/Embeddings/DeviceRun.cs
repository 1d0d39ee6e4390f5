using System.Globalization;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;

namespace XCoder.Benchmarks.Embeddings;

/// <summary>Cosine distances between the vectors that a model gives for the same snippets on the CPU and on CUDA.</summary>
internal static class DeviceRun
{
    private const int Batch = 256;
    private const double Most = 1e-2;

    public static int Run(string folder, string modelFolder, int most)
    {
        var work = Directory.CreateTempSubdirectory("xcoder-devices");
        try
        {
            var workspace = WorkspaceFolder.Create(work.FullName);
            new Indexer(workspace, LanguageCatalog.Open(), new IndexOptions { Threads = Environment.ProcessorCount, Resolve = false }).Run([folder]);
            using var store = workspace.OpenStore();
            var inputs = store.FilesWithSnippets(StoreSelection.All).SelectMany(file => file.Snippets.Select(new SnippetInputs(file).Of)).Take(most).ToList();
            var (cpu, dimension, hash) = Embed(modelFolder, Device.Cpu, inputs);
            var (cuda, _, other) = Embed(modelFolder, Device.Cuda, inputs);
            if (inputs.Count == 0 || hash != other)
            {
                Console.WriteLine(inputs.Count == 0 ? $"No snippets in {folder}." : "The devices run different models.");
                return 1;
            }

            // What no model reads has no direction on either.
            var distances = Enumerable.Range(0, inputs.Count).Where(i => cpu.AsSpan(i * dimension, dimension).ContainsAnyExcept(0)).Select(i => 1 - Enumerable.Range(i * dimension, dimension).Sum(at => (double)cpu[at] * cuda[at])).Order().ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{distances.Count:N0} snippets: cosine distance median {distances[distances.Count / 2]:0.0e0}, greatest {distances[^1]:0.0e0}; at most {Most:0e0}"));
            return distances[^1] <= Most ? 0 : 1;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static (float[] Vectors, int Dimension, string Hash) Embed(string folder, Device device, List<SnippetInput> inputs)
    {
        using var model = EmbeddingModels.Open(folder, device);
        var vectors = new float[inputs.Count * model.Dimension];
        for (var begin = 0; begin < inputs.Count; begin += Batch)
        {
            var batch = inputs.GetRange(begin, Math.Min(Batch, inputs.Count - begin)).ConvertAll(model.Encode);
            model.Embed(batch, vectors.AsSpan(begin * model.Dimension));
        }

        return (vectors, model.Dimension, model.Hash);
    }
}
