using System.Diagnostics;
using System.Text;
using System.Text.Json;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Model;

namespace XCoder.Benchmarks;

/// <summary>Functions a second from text to vector with a model of a folder.</summary>
internal static class EmbedRun
{
    public static int Run(Arguments arguments)
    {
        var folder = arguments.Text("model") ?? throw new ArgumentException("--model is missing.");
        var threads = (int)arguments.Number("threads", 1);
        using var model = EmbeddingModels.Open(folder, DeviceChoice.Parse(arguments.Text("device") ?? "cpu"), threads, Console.Error.WriteLine);
        var snippets = File.ReadLines(arguments.Require("TEXTS")).Take((int)arguments.Number("count", 500)).Select(line => Snippet(JsonSerializer.Deserialize<string>(line)!)).ToList();

        var watch = Stopwatch.StartNew();
        var inputs = snippets.ConvertAll(model.Encode);
        var encoding = watch.Elapsed;
        var vectors = new float[inputs.Count * model.Dimension];
        var best = TimeSpan.MaxValue;
        var processor = TimeSpan.MaxValue;
        inputs.Sort((a, b) => a.Ids.Length.CompareTo(b.Ids.Length));
        var together = (int)arguments.Number("together", inputs.Count);
        for (var round = 0; round < arguments.Number("rounds", 3); round++)
        {
            watch.Restart();
            var before = Environment.CpuUsage.TotalTime;
            foreach (var part in inputs.Chunk(together))
            {
                model.Embed(part, vectors);
            }

            var used = Environment.CpuUsage.TotalTime - before;
            (best, processor) = (watch.Elapsed < best ? watch.Elapsed : best, used < processor ? used : processor);
        }

        Console.WriteLine($"{model.Name}: {inputs.Count} snippets, {inputs.Average(input => input.Ids.Length):F0} tokens each, {model.Dimension} dimensions, {threads} threads: " +
            $"{inputs.Count / best.TotalSeconds:F0} snippets/s, {inputs.Sum(input => (long)input.Ids.Length) / best.TotalSeconds:F0} tokens/s, {inputs.Count / processor.TotalSeconds:F0} snippets a second of processor time; tokenised in {encoding.TotalMilliseconds:F0} ms");
        return 0;
    }

    private static SnippetInput Snippet(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new SnippetInput { Language = "", Kind = SnippetKind.Function, Name = "", Text = bytes, StartByte = 0, EndByte = bytes.Length, Stream = null!, FirstToken = 0, TokenCount = 0 };
    }
}
