using XCoder.Analysis.Vectors.Search;

namespace XCoder.Benchmarks.Search;

/// <summary>The vectors that a command line asks for: of a workspace, or synthetic.</summary>
internal sealed record BenchmarkVectors(VectorTable Table, byte[] Labels, VectorTable Queries, string Description)
{
    private const int Languages = 20;

    public static BenchmarkVectors Of(Arguments arguments, int queries)
    {
        var (rows, isHalf) = ((int)arguments.Number("rows", 100_000), arguments.Text("precision") != "single");
        var precision = isHalf ? "half" : "single";
        if (arguments.Text("workspace") is { } folder)
        {
            var stored = new StoredVectors(folder);
            var noise = arguments.Number("noise", 30) / 100.0;
            var (table, labels) = stored.Table(rows, queries, noise, isHalf);
            var copies = Math.Max(0, rows - (stored.Count - queries));
            return new BenchmarkVectors(table, labels, stored.Queries(queries), $"{rows} rows of {stored.Dimension} of a workspace, {copies} of them copies with noise {noise:0.00}, {precision} precision");
        }

        var (dimension, centres) = ((int)arguments.Number("dimension", 512), (int)arguments.Number("centres", Math.Max(1, rows / 50)));
        var length = arguments.Number("noise", 100) / 100.0;
        var random = new Random(4);
        return new BenchmarkVectors(
            SyntheticVectors.Create(rows, dimension, centres, length, isHalf, seed: 2),
            [.. Enumerable.Range(0, rows).Select(_ => (byte)(Languages * random.NextDouble() * random.NextDouble()))],
            SyntheticVectors.Create(queries, dimension, centres, length, isHalf: false, seed: 3),
            $"{rows} synthetic rows of {dimension}, {centres} centres, noise {length:0.00}, {precision} precision");
    }
}
