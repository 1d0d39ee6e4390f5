using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Verification.Sandbox;

/// <summary>
/// Runs untrusted code with <c>bwrap</c> so that it can do nothing but compute: it has no network, writes only to a folder in memory, sees
/// no other processes, and is limited in time, memory, processes, files and output. Safe for concurrent use.
/// </summary>
internal sealed class SandboxRunner : IDisposable
{
    // Unused user ids. Each concurrent run of this process has its own, because the kernel counts processes by user.
    private const int FirstUser = 1_900_000_000;
    private const int UsersAProcess = 1 << 10;
    private const uint CloseOnExec = 4;

    // Share of the elapsed time. A program that waits longer than this for a processor is late because the machine is busy.
    private const double StarvedShare = 0.2;
    private static readonly ConcurrentBag<int> Users = [.. Enumerable.Range(0, UsersAProcess).Reverse()];
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(10), LongestLook = TimeSpan.FromMilliseconds(50);

    private readonly ScratchFolder _folder = ScratchFolder.Create("sandbox");
    private readonly string _filter;
    private readonly SandboxPrograms? _programs;
    private readonly string? _missing;
    private long _runs;

    /// <summary>Creates a runner. <see cref="SandboxCheck"/> tells whether isolation works on this machine.</summary>
    /// <param name="repositories">Roots of indexed repositories; programs in them are not used.</param>
    public SandboxRunner(IReadOnlyList<string>? repositories = null)
    {
        _programs = SandboxPrograms.Find(ProgramLocator.Here(repositories ?? []), out _missing);
        _filter = Path.Combine(_folder.Path, "filter");
        File.WriteAllBytes(_filter, SeccompFilter.IsKnown ? SeccompFilter.Bytes(RuntimeInformation.ProcessArchitecture)
            : throw new PlatformNotSupportedException($"There is no filter of system calls for {RuntimeInformation.ProcessArchitecture}."));
    }

    /// <summary>Runs a job to its end.</summary>
    /// <remarks>Blocks the calling thread, because the program dies with the thread that started it.</remarks>
    /// <exception cref="ArgumentException">A file's name is not a bare name, or a limit is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; its program has been ended.</exception>
    public SandboxResult Run(SandboxJob job, CancellationToken cancellation = default)
    {
        job.Limits.Validate();
        if (_programs is null)
        {
            return new SandboxResult(SandboxOutcome.NotStarted, -1, "", "", TimeSpan.Zero, _missing);
        }

        var (watch, number) = (Stopwatch.StartNew(), Interlocked.Increment(ref _runs));
        var (code, status) = (Path.Combine(_folder.Path, Text(number)), Path.Combine(_folder.Path, Text(number) + ".status"));
        Directory.CreateDirectory(code);
        foreach (var (name, bytes) in job.Files)
        {
            var parts = name.Split('/');
            if (parts.Any(part => part is "" or "." or ".." || Path.GetFileName(part) != part))
            {
                throw new ArgumentException($"'{name}' is no path below a folder.", nameof(job));
            }

            var path = Path.Combine([code, .. parts]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }

        using var group = MemoryGroup.Create(job.Limits.Memory);
        var user = Users.TryTake(out var free) ? free : throw new InvalidOperationException($"More than {UsersAProcess} runs at once.");
        try
        {
            return Run(job, _programs.Shell,
                Bubblewrap.Arguments(_programs, job, code, _filter, status, group?.Folder ?? "",
                    FirstUser + (Environment.ProcessId % 100_000 * UsersAProcess) + user), status, group, watch, cancellation);
        }
        finally
        {
            Users.Add(user);
            Directory.Delete(code, recursive: true);
            File.Delete(status);
        }
    }

    /// <summary>Removes the folder with the files of all runs.</summary>
    public void Dispose() => _folder.Dispose();

    private static SandboxResult Run(SandboxJob job, string shell, IReadOnlyList<string> arguments, string status, MemoryGroup? group,
        Stopwatch watch, CancellationToken cancellation)
    {
        // This program's own files close in a child process. Files that its parent left open must close, too.
        _ = close_range(3, uint.MaxValue, CloseOnExec);
        using var process = ProgramStart.Start(shell, arguments, UserScope.Environment);
        var (output, errors) = (new BoundedOutput(job.Limits.OutputBytes), new BoundedOutput(job.Limits.OutputBytes));
        var (input, answers) = (process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
        var writing = job.Talk is null ? WriteAsync(input, job.Input) : Task.CompletedTask;
        var talking = job.Talk is { } talk
            ? Task.Factory.StartNew(() => talk(input, answers), CancellationToken.None, TaskCreationOptions.LongRunning,
                TaskScheduler.Default)
            : output.ReadAsync(answers, job.Limits.MostOutputBytes);
        var reading = new[] { talking, errors.ReadAsync(process.StandardError.BaseStream, job.Limits.MostOutputBytes) };
        var ended = Watch(process, job, group, reading, watch, out var usage, cancellation);
        if (ended is not null || cancellation.IsCancellationRequested)
        {
            ProcessTree.Kill(process.Id);
        }

        process.WaitForExit();
        Task.WaitAll([writing, .. reading], CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        ended ??= group?.HasEndedAProcess == true ? SandboxOutcome.OutOfMemory : null;
        if (ended is { } outcome)
        {
            return new SandboxResult(outcome, -1, output.ToString(), errors.ToString(), watch.Elapsed, Cpu: usage.Cpu,
                WasStarved: usage.IsStarved);
        }

        return ExitCode(status) is { } exitCode
            ? new SandboxResult(SandboxOutcome.Exited, exitCode, output.ToString(), errors.ToString(), watch.Elapsed, Cpu: usage.Cpu)
            : new SandboxResult(SandboxOutcome.NotStarted, -1, "", "", watch.Elapsed, errors.ToString().Trim());
    }

    // A program may end without reading its input; the rest is dropped.
    private static async Task WriteAsync(Stream stream, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await using (stream.ConfigureAwait(false))
            {
                await stream.WriteAsync(bytes).ConfigureAwait(false);
            }
        }
        catch (IOException)
        {
        }
    }

    // Returns why the program must be ended, or null if it ended by itself.
    private static SandboxOutcome? Watch(Process process, SandboxJob job, MemoryGroup? group, Task<bool>[] reading, Stopwatch watch,
        out (TimeSpan Cpu, bool IsStarved) usage, CancellationToken cancellation)
    {
        var (look, limits, last, idle, running) = (FirstLook, job.Limits, watch.Elapsed, TimeSpan.Zero, TimeSpan.Zero);
        usage = default;
        while (!process.WaitForExit(look) && !cancellation.IsCancellationRequested)
        {
            // If a child is reaped while the times are read, its time is missing from this sum and is back in the next one. Keep the
            // highest sum so far.
            var (cpu, before) = (ProcessTree.ProcessorTime(process.Id), usage.Cpu);
            usage.Cpu = cpu > before ? cpu : before;
            if (usage.Cpu > limits.Cpu)
            {
                return SandboxOutcome.TimedOut;
            }

            // A program that is neither running nor ready waits for something. One that is ready but does not run waits for a busy machine.
            var (now, isRunning) = (watch.Elapsed, cpu > before || ProcessTree.IsRunning(process.Id));
            running += isRunning ? now - last : TimeSpan.Zero;
            idle += isRunning || job.MayWait?.Invoke() == true ? TimeSpan.Zero : now - last;
            last = now;
            if (now > limits.Wall || idle > limits.Idle)
            {
                usage.IsStarved = running - usage.Cpu > now * StarvedShare || ProcessTree.RunDelay(process.Id) > now * StarvedShare;
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

    // bwrap writes the exit code when the program has ended, and only if it was started.
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
