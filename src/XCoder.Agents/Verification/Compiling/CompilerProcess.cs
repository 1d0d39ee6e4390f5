using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Compiler;

namespace XCoder.Agents.Verification.Compiling;

/// <summary>What became of a compiler that was asked.</summary>
internal enum CompilerFate
{
    /// <summary>It answered, or ended for a reason that the program gave it.</summary>
    Known,

    /// <summary>It ended for no reason that the program gave it.</summary>
    Lost,

    /// <summary>It got too little of the machine.</summary>
    Late,
}

/// <summary>
/// One running C# compiler, a process that is kept for one program after another. What code by strangers makes of it ends with
/// it: a stack that overflows, memory, time. One thread at a time.
/// </summary>
internal sealed class CompilerProcess : IDisposable
{
    private const int ErrorBytes = 4096;
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(5), LongestLook = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly BoundedOutput _errors = new(ErrorBytes);
    private readonly Task _listening;
    private readonly long _memory;

    /// <summary>Starts it.</summary>
    /// <param name="memory">Most bytes of memory.</param>
    /// <exception cref="IOException">It cannot be started.</exception>
    public CompilerProcess(long memory)
    {
        _memory = memory;
        var program = typeof(CompileRequest).Assembly.Location;
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));
        if (program.Length == 0 || !File.Exists(host))
        {
            throw new FileNotFoundException($"cannot start: {host} is not there; install the .NET runtime, or run this program with it");
        }

        try
        {
            _process = ProgramStart.Start(host, ["exec", program], new Dictionary<string, string>
            {
                ["DOTNET_GCHeapHardLimit"] = (memory * 3 / 4).ToString("x", System.Globalization.CultureInfo.InvariantCulture),
                ["DOTNET_gcServer"] = "0",
                ["DOTNET_EnableDiagnostics"] = "0",
                ["DOTNET_TieredPGO"] = "0",
                ["DOTNET_DbgEnableMiniDump"] = "0",
            });
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new IOException($"cannot be started with {host}: {exception.Message}", exception);
        }

        _listening = _errors.ReadAsync(_process.StandardError.BaseStream, long.MaxValue);
    }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it can take another request.</summary>
    public bool IsAlive => !_process.HasExited;

    /// <summary>Compiles a program. Whatever its reply does not come for ends the process, and is the reply's failure.</summary>
    /// <param name="request">The program.</param>
    /// <param name="cpu">Most processor time.</param>
    /// <param name="wall">Longest time: for a process that waits, or gets no processor.</param>
    /// <param name="cancellation">Ends it.</param>
    public (CompileReply Reply, CompilerFate Fate) Compile(CompileRequest request, TimeSpan cpu, TimeSpan wall, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var (watch, before) = (Stopwatch.StartNew(), ProcessTree.ProcessorTime(_process.Id));
        var reading = AskAsync(request);
        for (var look = FirstLook; !IsDone(reading, look, cancellation); look = look * 2 < LongestLook ? look * 2 : LongestLook)
        {
            var isLate = watch.Elapsed > wall;
            var failure = ProcessTree.ProcessorTime(_process.Id) - before > cpu ? $"took more than {cpu.TotalSeconds:0.#} s of processor time"
                : isLate ? $"did not answer within {wall.TotalSeconds:0.#} s"
                : ProcessTree.Memory(_process.Id) > _memory ? Exceeded : null;
            if (failure is not null)
            {
                End();
                return (new CompileReply(null, "", failure), isLate ? CompilerFate.Late : CompilerFate.Known);
            }
        }

        if (cancellation.IsCancellationRequested)
        {
            End();
            cancellation.ThrowIfCancellationRequested();
        }

        if (reading is { IsCompletedSuccessfully: true, Result: { } message })
        {
            return (CompileReply.Read(Frame.Reader(message)), CompilerFate.Known);
        }

        End();
        var errors = _errors.ToString();
        var reason = errors.Contains("Stack overflow", StringComparison.OrdinalIgnoreCase) ? "ran out of stack"
            : errors.Contains("Out of memory", StringComparison.OrdinalIgnoreCase) || _process.ExitCode == CompileReply.OutOfMemory ? Exceeded : null;
        return (new CompileReply(null, "", reason ?? $"ended with exit code {_process.ExitCode}{(errors.Trim() is { Length: > 0 } said ? ": " + said.ReplaceLineEndings(" ") : "")}"), reason is null ? CompilerFate.Lost : CompilerFate.Known);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        _process.Dispose();
    }

    private string Exceeded => $"used more than {_memory >> 20} MB of memory";

    private async Task<byte[]?> AskAsync(CompileRequest request)
    {
        try
        {
            await _process.StandardInput.BaseStream.WriteAsync(request.ToBytes());
            await _process.StandardInput.BaseStream.FlushAsync();
            return await Frame.ReadAsync(_process.StandardOutput.BaseStream);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or ObjectDisposedException)
        {
            return null;
        }
    }

    private static bool IsDone(Task reading, TimeSpan look, CancellationToken cancellation)
    {
        try
        {
            return reading.Wait(look, cancellation);
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private void End()
    {
        // It has no children.
        _process.Kill();
        _process.WaitForExit();
        _listening.Wait();
    }
}
