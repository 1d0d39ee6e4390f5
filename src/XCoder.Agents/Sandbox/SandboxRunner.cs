using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace XCoder.Agents.Sandbox;

/// <summary>
/// Runs strangers' code with <c>bwrap</c> so that it can do nothing but calculate: no network, nothing to write to but a folder in
/// memory, no other process in sight, bounded time, memory, processes, files and output. Safe for concurrent use.
/// </summary>
public sealed class SandboxRunner : IDisposable
{
    // User ids that no one has: one for each run of this process at a time, so that limits of one do not count another's processes.
    private const int FirstUser = 1_900_000_000;
    private const int UsersAProcess = 1 << 10;
    private const uint CloseOnExec = 4;

    // Of its time spent ready to run without a processor: more is the machine's fault.
    private const double StarvedShare = 0.2;
    private static readonly ConcurrentBag<int> Users = [.. Enumerable.Range(0, UsersAProcess).Reverse()];
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(10), LongestLook = TimeSpan.FromMilliseconds(50);

    private readonly string _folder = Directory.CreateTempSubdirectory("xcoder-sandbox-").FullName;
    private readonly string _filter;
    private long _runs;

    /// <summary>A sandbox. Whether it holds here <see cref="SandboxCheck"/> tells.</summary>
    public SandboxRunner()
    {
        _filter = Path.Combine(_folder, "filter");
        File.WriteAllBytes(_filter, SeccompFilter.IsKnown ? SeccompFilter.Bytes(RuntimeInformation.ProcessArchitecture) : throw new PlatformNotSupportedException($"There is no filter of system calls for {RuntimeInformation.ProcessArchitecture}."));
    }

    /// <summary>Runs a job to its end.</summary>
    /// <remarks>Blocks the thread: the program dies with the thread that started it.</remarks>
    /// <exception cref="ArgumentException">A file has no bare name, or a limit is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The program was ended.</exception>
    public SandboxResult Run(SandboxJob job, CancellationToken cancellation = default)
    {
        job.Limits.Validate();
        var (watch, number) = (Stopwatch.StartNew(), Interlocked.Increment(ref _runs));
        var (code, status) = (Path.Combine(_folder, Text(number)), Path.Combine(_folder, Text(number) + ".status"));
        Directory.CreateDirectory(code);
        foreach (var (name, bytes) in job.Files)
        {
            File.WriteAllBytes(Path.Combine(code, Path.GetFileName(name) == name ? name : throw new ArgumentException($"'{name}' is no bare file name.", nameof(job))), bytes);
        }

        using var group = MemoryGroup.Create(job.Limits.Memory);
        var user = Users.TryTake(out var free) ? free : throw new InvalidOperationException($"More than {UsersAProcess} runs at once.");
        try
        {
            return Run(job, Bubblewrap.Arguments(job, code, _filter, status, group?.Folder ?? "", FirstUser + (Environment.ProcessId % 100_000 * UsersAProcess) + user), status, group, watch, cancellation);
        }
        finally
        {
            Users.Add(user);
            Directory.Delete(code, recursive: true);
            File.Delete(status);
        }
    }

    /// <summary>Removes what the runs left.</summary>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static SandboxResult Run(SandboxJob job, IReadOnlyList<string> arguments, string status, MemoryGroup? group, Stopwatch watch, CancellationToken cancellation)
    {
        var info = new ProcessStartInfo("/bin/sh", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        info.Environment.Clear();
        info.Environment["PATH"] = SystemPrograms.SearchPath;
        foreach (var (name, value) in UserScope.IsHere ? UserScope.Environment : new Dictionary<string, string>())
        {
            info.Environment[name] = value;
        }

        // Our own files close themselves in a child; those that whoever started us left open must, too.
        _ = close_range(3, uint.MaxValue, CloseOnExec);
        using var process = Process.Start(info)!;
        process.StandardInput.Close();
        var (output, errors) = (new BoundedOutput(job.Limits.OutputBytes), new BoundedOutput(job.Limits.OutputBytes));
        var reading = new[] { output.ReadAsync(process.StandardOutput.BaseStream, job.Limits.MostOutputBytes), errors.ReadAsync(process.StandardError.BaseStream, job.Limits.MostOutputBytes) };
        var ended = Watch(process, job.Limits, group, reading, watch, out var usage, cancellation);
        if (ended is not null || cancellation.IsCancellationRequested)
        {
            ProcessTree.Kill(process.Id);
        }

        process.WaitForExit();
        Task.WaitAll(reading, CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        ended ??= group?.HasEndedAProcess == true ? SandboxOutcome.OutOfMemory : null;
        if (ended is { } outcome)
        {
            return new SandboxResult(outcome, -1, output.ToString(), errors.ToString(), watch.Elapsed, Cpu: usage.Cpu, WasStarved: usage.IsStarved);
        }

        return ExitCode(status) is { } exitCode
            ? new SandboxResult(SandboxOutcome.Exited, exitCode, output.ToString(), errors.ToString(), watch.Elapsed, Cpu: usage.Cpu)
            : new SandboxResult(SandboxOutcome.NotStarted, -1, "", "", watch.Elapsed, errors.ToString().Trim());
    }

    // Why it must be ended, or null where it ended by itself.
    private static SandboxOutcome? Watch(Process process, SandboxLimits limits, MemoryGroup? group, Task<bool>[] reading, Stopwatch watch, out (TimeSpan Cpu, bool IsStarved) usage, CancellationToken cancellation)
    {
        var look = FirstLook;
        usage = default;
        while (!process.WaitForExit(look) && !cancellation.IsCancellationRequested)
        {
            // A child that is just being waited for is counted a look later.
            var cpu = ProcessTree.ProcessorTime(process.Id);
            usage.Cpu = cpu > usage.Cpu ? cpu : usage.Cpu;
            if (usage.Cpu > limits.Cpu)
            {
                return SandboxOutcome.TimedOut;
            }

            if (watch.Elapsed > limits.Wall)
            {
                usage.IsStarved = ProcessTree.RunDelay(process.Id) > limits.Wall * StarvedShare;
                return SandboxOutcome.Waited;
            }

            if (reading.Any(task => task is { IsCompletedSuccessfully: true, Result: false }))
            {
                return SandboxOutcome.TooMuchOutput;
            }

            var memory = ProcessTree.MemoryOfSandbox(process.Id, limits.FolderBytes);
            if (memory > limits.Memory || group?.HasEndedAProcess == true)
            {
                return SandboxOutcome.OutOfMemory;
            }

            look = memory > limits.Memory / 2 ? FirstLook : look * 2 < LongestLook ? look * 2 : LongestLook;
        }

        return null;
    }

    // bwrap writes it when the program has ended, and only if it was started.
    private static int? ExitCode(string status)
    {
        foreach (var line in File.Exists(status) ? File.ReadAllLines(status) : [])
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.TryGetProperty("exit-code", out var code))
            {
                return code.GetInt32();
            }
        }

        return null;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    [DllImport("libc")]
    private static extern int close_range(uint first, uint last, uint flags);
}
