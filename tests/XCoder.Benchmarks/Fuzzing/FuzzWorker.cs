using System.Diagnostics;
using System.Globalization;
using XCoder.Analysis.Extraction.Roslyn;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Extraction.TreeSitter;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;

namespace XCoder.Benchmarks.Fuzzing;

/// <summary>Extracts inputs on several threads and checks what comes out. Exit code 0: all held, 1: something did not, other: died.</summary>
internal sealed class FuzzWorker
{
    public const string Command = "fuzz-worker";

    private const int Hung = 3;
    private const int MaxReported = 40;
    private const long MaxResidentBytes = 2L << 30;
    private static readonly TimeSpan ParseLimit = TimeSpan.FromSeconds(3), CompilerLimit = TimeSpan.FromSeconds(2), FileLimit = TimeSpan.FromSeconds(5), HangLimit = TimeSpan.FromSeconds(120);

    private readonly LanguageCatalog _catalog = LanguageCatalog.Open();
    private readonly FuzzInputs _inputs;
    private readonly InFlight _flight;
    private readonly string _output;
    private readonly string? _only;
    private readonly long _seed, _end, _roslyn;
    private readonly object _gate = new();
    private long _next, _done, _bytes, _timeouts, _withErrors, _snippets;
    private int _failures;
    private (TimeSpan Wall, long Number, string Language, int Bytes) _slowest;

    private FuzzWorker(Arguments arguments, InFlight flight)
    {
        _seed = arguments.Number("seed", 1);
        _only = arguments.Text("language");
        _output = arguments.Text("output")!;
        _inputs = new FuzzInputs(_catalog, (int)_seed, _only, arguments.Text("file"));
        (_flight, _next) = (flight, flight.Next);
        (_end, _roslyn) = arguments.Text("input") is null ? (arguments.Number("inputs", 0), FuzzInputs.FirstRoslyn + arguments.Number("roslyn", 0)) : (_next + 1, _next + 1);
    }

    public static int Run(Arguments arguments)
    {
        var threads = (int)arguments.Number("threads", 1);
        using var flight = new InFlight(arguments.Text("journal")!, threads);
        var worker = new FuzzWorker(arguments, flight);
        using var watchdog = new Timer(_ => worker.StopIfHung(), null, 1000, 1000);
        var watch = Stopwatch.StartNew();
        var workers = Enumerable.Range(0, threads).Select(slot => new Thread(() => worker.Work(slot))).ToList();
        workers.ForEach(thread => thread.Start());
        workers.ForEach(thread => thread.Join());
        return worker.Summarise(watch.Elapsed.TotalSeconds);
    }

    private void Work(int slot)
    {
        using var extractor = new TreeSitterExtractor(_catalog, new ExtractionOptions { ParseLimit = ParseLimit });
        while (Take(slot) is { } number)
        {
            var input = _inputs.Create(number);
            var (clock, watch) = (ThreadClock.Now(), Stopwatch.StartNew());
            string? problem = null;
            try
            {
                Process(input, extractor);
            }
            catch (Exception exception)
            {
                problem = exception is FuzzException ? exception.Message : exception.ToString();
            }

            var taken = ThreadClock.Now() - clock;
            problem ??= taken > FileLimit ? $"took {taken.TotalSeconds:0.0} s of processor time" : null;
            _flight.Leave(slot);
            Note(input, watch.Elapsed, problem);
        }
    }

    private long? Take(int slot)
    {
        lock (_gate)
        {
            _next = _next >= _end && _next < FuzzInputs.FirstRoslyn && _roslyn > FuzzInputs.FirstRoslyn ? FuzzInputs.FirstRoslyn : _next;
            if (_next >= (_next >= FuzzInputs.FirstRoslyn ? _roslyn : _end))
            {
                return null;
            }

            _flight.Enter(slot, _next);
            _flight.SetNext(_next + 1);
            return _next++;
        }
    }

    private void Process(FuzzInput input, TreeSitterExtractor extractor)
    {
        var file = new SourceFile("input", input.Text, 0);
        ExtractedFile? extracted = null;
        if (input.Number >= FuzzInputs.FirstRoslyn)
        {
            RoslynProject.Extract([file], input.Language, new RoslynOptions { FileTimeout = CompilerLimit }, result => extracted = result.Extracted);
        }
        else
        {
            extracted = extractor.Extract(file, input.Language);
        }

        if (extracted is null)
        {
            Interlocked.Increment(ref _timeouts);
            return;
        }

        ExtractionCheck.Run(file, extracted);
        Interlocked.Add(ref _snippets, extracted.Snippets.Count);
        Interlocked.Add(ref _withErrors, extracted.HasErrors ? 1 : 0);
    }

    private void Note(FuzzInput input, TimeSpan wall, string? problem)
    {
        lock (_gate)
        {
            _done++;
            _bytes += input.Text.Length;
            if (wall > _slowest.Wall)
            {
                _slowest = (wall, input.Number, input.Language.Id, input.Text.Length);
            }

            if (problem is not null && ++_failures <= MaxReported)
            {
                Console.WriteLine($"FAILED: input {input.Number}: {problem}");
                SavedInput.Save(input, _seed, _only, _output);
            }
        }
    }

    private void StopIfHung()
    {
        if (_flight.Working(HangLimit) is { Count: > 0 } hung)
        {
            Console.WriteLine($"FAILED: input {string.Join(", ", hung)} did not end within {HangLimit.TotalSeconds} s");
            Environment.Exit(Hung);
        }
    }

    private int Summarise(double seconds)
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        var peak = process.PeakWorkingSet64;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{_done} inputs, {_bytes / 1e6:0.0} MB in {seconds:0.0} s: {_done / seconds:0} inputs/s; {_snippets} snippets, {_withErrors} with errors, {_timeouts} past the limit, {_failures} failed; peak {peak >> 20} MB; slowest {_slowest.Wall.TotalSeconds:0.00} s (input {_slowest.Number}, {_slowest.Language}, {_slowest.Bytes} bytes)"));
        if (peak > MaxResidentBytes)
        {
            Console.WriteLine($"FAILED: the process took {peak >> 20} MB, more than {MaxResidentBytes >> 20}");
            return 1;
        }

        return _failures == 0 ? 0 : 1;
    }
}
