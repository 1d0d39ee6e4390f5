using System.Diagnostics;
using System.Text;
using System.Text.Json;
using XCoder.Analysis.Embeddings.Tokenization;

namespace XCoder.Benchmarks.Embeddings;

/// <summary>Ids of texts by a tokenizer.json, for comparison with the reference, and their speed.</summary>
internal static class TokenizeRun
{
    /// <param name="arguments">tokenizer.json, then a file with one JSON string a line.</param>
    public static int Run(Arguments arguments)
    {
        var watch = Stopwatch.StartNew();
        var tokenizer = HuggingFaceTokenizer.Load(arguments.Require("TOKENIZER"));
        var load = watch.Elapsed;
        var texts = File.ReadLines(arguments.Require("TEXTS")).Select(line => JsonSerializer.Deserialize<string>(line)!).ToList();
        var bytes = texts.Sum(text => (long)Encoding.UTF8.GetByteCount(text));

        var ids = texts.ConvertAll(text => tokenizer.Encode(text).Ids);
        if (arguments.Text("output") is { } output)
        {
            File.WriteAllLines(output, ids.Select(row => JsonSerializer.Serialize(row)));
        }

        var best = TimeSpan.MaxValue;
        for (var round = 0; round < arguments.Number("rounds", 3); round++)
        {
            watch.Restart();
            foreach (var text in texts)
            {
                tokenizer.Encode(text);
            }

            best = watch.Elapsed < best ? watch.Elapsed : best;
        }

        Console.WriteLine($"loaded in {load.TotalMilliseconds:F0} ms; {texts.Count} texts, {bytes} bytes, {ids.Sum(row => (long)row.Length)} tokens: {bytes / best.TotalSeconds / 1e6:F1} MB/s");
        return 0;
    }
}
