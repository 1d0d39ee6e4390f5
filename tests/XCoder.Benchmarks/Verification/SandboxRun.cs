using System.Diagnostics;
using System.Globalization;
using XCoder.Agents.Verification.Sandbox;

namespace XCoder.Benchmarks.Verification;

/// <summary>What the sandbox adds to a program's own time: the same program started bare and in the sandbox, by turns; then many at a time.</summary>
internal static class SandboxRun
{
    // Of issue and README: more than the program's own time, at the median.
    private const double MostMilliseconds = 30;
    private const int WarmUp = 3;

    public static int Run(Arguments arguments)
    {
        var (runs, parallel) = ((int)arguments.Number("runs", 100), (int)arguments.Number("parallel", 4));
        if (SandboxCheck.Run() is { Works: false, Detail: var detail })
        {
            Say($"sandbox: {detail}");
            return 1;
        }

        // Not under /tmp, which is another folder in the sandbox.
        var folder = Directory.CreateDirectory($"/var/tmp/xcoder-sandbox-{Environment.ProcessId}").FullName;
        try
        {
            return Compare(folder, runs, parallel) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Compare(string folder, int runs, int parallel)
    {
        var (source, binary, holds) = (Path.Combine(folder, "main.c"), Path.Combine(folder, "main"), true);
        File.WriteAllText(source, "#include <stdio.h>\nint main(void) { puts(\"1\"); return 0; }\n");
        _ = Bare(["cc", "-O1", "-o", binary, source]);
        using var runner = new SandboxRunner();
        foreach (var (name, program, words) in ((string, string, string[])[])[("Python", "python3", ["-c", "print(1)"]), ("C", binary, []), ("Bash", "bash", ["-c", "echo 1"])])
        {
            // The same program in both: another may come first on the user's own path.
            string[] command = [ProgramLocator.Here([]).FindInSystem(program, out _) ?? program, .. words];
            var job = new SandboxJob { Command = command, Readable = [folder] };
            var (bare, isolated) = (new double[runs], new double[runs]);
            for (var i = -WarmUp; i < runs; i++)
            {
                // Whoever comes first may find a colder machine: they take turns at that, too.
                var (first, second) = i % 2 == 0 ? (Bare(command), Isolated(runner, job)) : (Isolated(runner, job), Bare(command));
                if (i >= 0)
                {
                    (bare[i], isolated[i]) = i % 2 == 0 ? (first, second) : (second, first);
                }
            }

            var difference = isolated.Zip(bare, (isolated, bare) => isolated - bare).ToArray();
            Say($"sandbox: {name}: {At(difference, 0.5):0.0} ms more at the median, {At(difference, 0.9):0.0} ms at the 90th percentile, {At(difference, 0):0.0} ms at best of {runs} pairs; {At(bare, 0.5):0.0} ms bare, {At(isolated, 0.5):0.0} ms in the sandbox");
            holds &= At(difference, 0.5) <= MostMilliseconds;
            for (var threads = 1; threads <= parallel; threads *= 2)
            {
                var (watch, options) = (Stopwatch.StartNew(), new ParallelOptions { MaxDegreeOfParallelism = threads });
                Parallel.For(0, runs, options, _ => Isolated(runner, job));
                var isolatedRate = runs / watch.Elapsed.TotalSeconds;
                watch.Restart();
                Parallel.For(0, runs, options, _ => Bare(command));
                Say($"sandbox: {name}: {isolatedRate:0.0} runs a second with {threads} threads, {runs / watch.Elapsed.TotalSeconds:0.0} bare");
            }
        }

        Say($"sandbox: {(holds ? "within" : "above")} the limit of {MostMilliseconds} ms");
        return holds;
    }

    private static double Isolated(SandboxRunner runner, SandboxJob job)
    {
        var watch = Stopwatch.StartNew();
        var result = runner.Run(job);
        return result.Succeeded && result.Output == "1\n" ? watch.Elapsed.TotalMilliseconds : throw new InvalidOperationException($"{result.Outcome} {result.ExitCode}: {result.Output}{result.Errors}{result.Detail}");
    }

    private static double Bare(IReadOnlyList<string> command)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        process.StandardInput.Close();
        Task.WaitAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        return process.ExitCode == 0 ? watch.Elapsed.TotalMilliseconds : throw new InvalidOperationException($"{command[0]} ended with {process.ExitCode}.");
    }

    private static double At(double[] values, double share) => values.Order().ElementAt((int)Math.Min(values.Length - 1, share * values.Length));

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
