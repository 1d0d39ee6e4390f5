using System.Diagnostics;
using XCoder.Analysis.Languages;

namespace XCoder.Benchmarks.Fuzzing;

/// <summary>
/// Runs the inputs in a process of its own, which a native parser may kill; the inputs it died in are saved, and
/// another process goes on behind them.
/// </summary>
internal static class FuzzRun
{
    private const int MaxRestarts = 20;

    public static int Run(Arguments arguments)
    {
        var seed = arguments.Number("seed", 1);
        var (inputs, roslyn, threads) = (arguments.Number("inputs", 10_000), arguments.Number("roslyn", 0), (int)arguments.Number("threads", Environment.ProcessorCount));
        var output = arguments.Text("output") ?? Path.Combine(Path.GetTempPath(), "xcoder-fuzz");
        Directory.CreateDirectory(output);
        var journal = Path.Combine(output, $"in-flight.{Environment.ProcessId}");
        File.Delete(journal);
        using var flight = new InFlight(journal, threads);
        flight.SetNext(arguments.Number("input", 0));
        var failed = false;
        try
        {
            for (var attempt = 0; attempt <= MaxRestarts; attempt++)
            {
                var code = Start([FuzzWorker.Command, "--seed", $"{seed}", "--inputs", $"{inputs}", "--roslyn", $"{roslyn}", "--threads", $"{threads}", "--output", output, "--journal", journal,
                    .. Copied(arguments, "language"), .. Copied(arguments, "input"), .. Copied(arguments, "file")]);
                if (code is 0 or 1)
                {
                    return failed ? 1 : code;
                }

                failed = true;
                Report(arguments, seed, output, flight, code);
                flight.Clear();
                if (arguments.Text("input") is not null)
                {
                    return 1;
                }
            }

            Console.WriteLine($"fuzz: stopped after {MaxRestarts} restarts");
            return 1;
        }
        finally
        {
            File.Delete(journal);
        }
    }

    private static string[] Copied(Arguments arguments, string name) => arguments.Text(name) is { } value ? [$"--{name}", value] : [];

    private static int Start(string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
        {
            start.ArgumentList.Add(typeof(FuzzRun).Assembly.Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static void Report(Arguments arguments, long seed, string output, InFlight flight, int code)
    {
        var working = flight.Working(TimeSpan.Zero);
        Console.WriteLine($"FAILED: the process ended with {code} in {(working.Count == 1 ? "input" : "one of the inputs")} {string.Join(", ", working)}");
        var inputs = new FuzzInputs(LanguageCatalog.Open(), (int)seed, arguments.Text("language"), arguments.Text("file"));
        foreach (var number in working)
        {
            SavedInput.Save(inputs.Create(number), seed, arguments.Text("language"), output);
        }
    }
}
