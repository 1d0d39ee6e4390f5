using System.Diagnostics;
using System.Globalization;
using XCoder.Analysis.Extraction.TreeSitter;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Detect;

namespace XCoder.Benchmarks.Folders;

/// <summary>
/// Times parsing, and extraction, of a folder's files from memory, on one thread and on two. The kinds of run take
/// turns, so that a busy machine slows all alike; medians of all rounds, and the best round, which a busy machine
/// disturbs least.
/// </summary>
internal static class FolderRun
{
    private const long MaxFileBytes = 1 << 20;

    public static int Run(string folder, long rounds, bool withExtraction)
    {
        var catalog = LanguageCatalog.Open();
        var files = Read(folder, catalog);
        if (files.Count == 0)
        {
            Console.Error.WriteLine($"There is no file below {folder} that tree-sitter parses.");
            return 1;
        }

        var bytes = files.Sum(file => (long)file.File.Text.Length);
        var kinds = new List<(string Name, int Threads, bool Extract)> { ("parse", 1, false), ("parse", 2, false) };
        if (withExtraction)
        {
            kinds.AddRange([("extract", 1, true), ("extract", 2, true)]);
        }

        var seconds = kinds.ToDictionary(kind => kind, _ => new List<double>());
        for (var round = -1; round < rounds; round++)
        {
            foreach (var kind in kinds)
            {
                var taken = Time(files, catalog, kind.Threads, kind.Extract);
                if (round >= 0) // the first round warms up
                {
                    seconds[kind].Add(taken);
                }
            }
        }

        Write($"{files.Count:N0} files, {bytes:N0} bytes, {rounds} rounds");
        foreach (var kind in kinds)
        {
            var median = Median(seconds[kind]);
            Write($"{kind.Name,-8} {kind.Threads} thread(s) {median,8:0.000} s {bytes / 1e6 / median,7:0.0} MB/s, best {seconds[kind].Min():0.000} s");
        }

        foreach (var extract in withExtraction ? [false, true] : new[] { false })
        {
            var name = extract ? "extract" : "parse";
            var one = seconds[(name, 1, extract)];
            var two = seconds[(name, 2, extract)];
            Write($"speed-up {name,-8}  {Median([.. one.Zip(two, (o, t) => o / t)]),8:0.00} two threads over one, of the best rounds {one.Min() / two.Min():0.00}");
        }

        if (withExtraction)
        {
            foreach (var threads in new[] { 1, 2 })
            {
                var ratios = seconds[("extract", threads, true)].Zip(seconds[("parse", threads, false)], (extract, parse) => extract / parse);
                Write($"ratio    {threads} thread(s) {Median([.. ratios]),8:0.00} extraction / parse, of the best rounds {seconds[("extract", threads, true)].Min() / seconds[("parse", threads, false)].Min():0.00}");
            }
        }

        return 0;
    }

    private static List<(SourceFile File, Language Language)> Read(string folder, LanguageCatalog catalog)
    {
        var detector = new LanguageDetector(catalog.Languages);
        var files = new List<(SourceFile, Language)>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var relative = Path.GetRelativePath(folder, path);
            if (new FileInfo(path) is { Length: <= MaxFileBytes, LinkTarget: null } && detector.MayBeSource(relative)
                && TextDecoder.Decode(relative, File.ReadAllBytes(path)) is { } file
                && detector.Detect(relative, file.Text) is { Parser: "tree-sitter" } language)
            {
                files.Add((file, language));
            }
        }

        return files;
    }

    private static double Time(List<(SourceFile File, Language Language)> files, LanguageCatalog catalog, int threads, bool extract)
    {
        var next = -1;
        void Work()
        {
            using var extractor = new TreeSitterExtractor(catalog);
            using var parser = new RawParser(catalog);
            for (int i; (i = Interlocked.Increment(ref next)) < files.Count;)
            {
                var (file, language) = files[i];
                _ = extract ? extractor.Extract(file, language) is not null : parser.Parse(file.Text, language);
            }
        }

        var watch = Stopwatch.StartNew();
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(Work)).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        return watch.Elapsed.TotalSeconds;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values.Count % 2 == 1 ? values[values.Count / 2] : (values[(values.Count / 2) - 1] + values[values.Count / 2]) / 2;
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
