using System.Diagnostics;
using System.Globalization;
using XCoder.Analysis.Vectors.Search;

namespace XCoder.Benchmarks.Search;

/// <summary>Speed of exact search; recall and time of partitioned search against it. Best of three rounds.</summary>
internal static class SearchRun
{
    private const int Rounds = 3;

    public static int Run(Arguments arguments)
    {
        var (count, k, threads) = ((int)arguments.Number("queries", 1024), (int)arguments.Number("k", 10), (int)arguments.Number("threads", 1));
        var options = new SearchOptions { Threads = threads, Partitions = (int)arguments.Number("partitions", 0) };
        int[] probes = [.. (arguments.Text("probes") ?? "0").Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];

        var vectors = BenchmarkVectors.Of(arguments, count);
        var (table, queries, dimension) = (vectors.Table, vectors.Queries, vectors.Table.Dimension);
        Console.WriteLine($"{vectors.Description}; {count} queries, k {k}, {threads} threads");

        Console.WriteLine($"product:     {ProductRate(dimension):0.0} GFLOP/s a second of processor time, of one block without select and conversion");
        using var exact = new ExactSearch(table, options);
        var (all, seconds, busy) = Best(() => exact.Search(queries, k));
        var work = 2.0 * all.Comparisons * dimension / 1e9;
        Console.WriteLine($"exact:       {seconds:0.000} s, {count / seconds:0} queries/s, {work / seconds:0.0} GFLOP/s, {work / busy:0.0} a second of processor time");

        foreach (var lists in arguments.Number("partitioned", 1) == 1 ? probes : [])
        {
            var watch = Stopwatch.StartNew();
            using var partitioned = new PartitionedSearch(table, options with { Probes = lists });
            var built = watch.Elapsed.TotalSeconds;
            var (some, less, lessBusy) = Best(() => partitioned.Search(queries, k));
            Console.WriteLine($"partitioned: {less:0.000} s, {count / less:0} queries/s, {seconds / less:0.0} times as fast, {100 * lessBusy / busy:0.0} % of the processor time; {partitioned.Partitions} partitions in {built:0.0} s, {partitioned.Probes} probes");
            Console.WriteLine($"             recall {Recall(all, some):0.0000}, {100.0 * some.Comparisons / all.Comparisons:0.00} % of the comparisons");
        }

        Console.WriteLine($"memory:      {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB at most");
        return 0;
    }

    private static double ProductRate(int dimension)
    {
        const int Repeats = 400;
        var (rows, queries) = (new float[SearchBuffers.ProductRows * dimension], new float[SearchBuffers.ProductQueries * dimension]);
        Array.Fill(rows, 0.5f);
        Array.Fill(queries, 0.25f);
        var products = new float[SearchBuffers.ProductRows * SearchBuffers.ProductQueries];
        using var product = new MatrixProduct();
        var best = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            for (var repeat = 0; repeat < Repeats; repeat++)
            {
                product.Run(queries, SearchBuffers.ProductQueries, rows, SearchBuffers.ProductRows, dimension, products);
            }

            best = Math.Max(best, 2.0 * Repeats * products.Length * dimension / (Environment.CpuUsage.TotalTime - before).TotalSeconds / 1e9);
        }

        return best;
    }

    // Processor time tells what a machine that others use would reach alone.
    private static (SearchResult Result, double Seconds, double Busy) Best(Func<SearchResult> search)
    {
        var (seconds, busy) = (double.MaxValue, double.MaxValue);
        SearchResult? result = null;
        for (var round = 0; round < Rounds; round++)
        {
            var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            result = search();
            (seconds, busy) = (Math.Min(seconds, watch.Elapsed.TotalSeconds), Math.Min(busy, (Environment.CpuUsage.TotalTime - before).TotalSeconds));
        }

        return (result!, seconds, busy);
    }

    private static double Recall(SearchResult all, SearchResult some)
    {
        var (found, wanted) = (0, 0);
        for (var query = 0; query < all.Count; query++)
        {
            var rows = some[query].ToArray().Select(hit => hit.Row).ToHashSet();
            wanted += all[query].Length;
            foreach (var hit in all[query])
            {
                found += rows.Contains(hit.Row) ? 1 : 0;
            }
        }

        return wanted == 0 ? 1 : found / (double)wanted;
    }
}
