using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Compiler;

namespace XCoder.Agents.Verification.Compiling;

/// <summary>What the C# compiler may use for one program; more ends it.</summary>
public sealed record CompilerLimits
{
    /// <summary>Processor time, 1 s or more. Default 20 s; most programs take 0.1 s, the first one 3 s.</summary>
    public TimeSpan Cpu { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest time on a busy machine, as a multiple of <see cref="Cpu"/>, 1 or more. Default 10.</summary>
    public int WallFactor { get; init; } = 10;

    /// <summary>Bytes of memory, 256 MiB or more. Default 1 GiB; most programs need 150 MiB.</summary>
    public long Memory { get; init; } = 1L << 30;

    /// <summary>Throws if a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option, its value and its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Cpu, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(WallFactor, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Memory, 256L << 20);
    }
}

/// <summary>What compiling a program came to.</summary>
/// <param name="Assembly">The assembly, or null.</param>
/// <param name="Messages">The first error messages where it was refused, else empty.</param>
/// <param name="Failure">Why the compiler could say nothing, in a sentence; else null.</param>
/// <param name="Lacks">Where it could not for want of something on this machine: what, as
/// <see cref="XCoder.Agents.Rows.RowVerification.Lacks"/> names it; else null.</param>
internal sealed record CompiledProgram(byte[]? Assembly, string Messages, string? Failure = null, string? Lacks = null);

/// <summary>
/// Compiles C# in processes of its own, which are kept for further programs: as many as there are threads that ask. Nothing of a
/// program is executed. Safe for concurrent use.
/// </summary>
internal sealed class ProgramCompiler : IDisposable
{
    private const int Attempts = 2;

    private readonly CompilerLimits _limits;
    private readonly ConcurrentBag<CompilerProcess> _idle = [];

    /// <summary>A compiler. The first process starts with the first program.</summary>
    /// <param name="limits">What it may use; null: the defaults.</param>
    public ProgramCompiler(CompilerLimits? limits = null) => (_limits = limits ?? new CompilerLimits()).Validate();

    /// <summary>Compiles a program.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="file">Name of its file in messages.</param>
    /// <param name="main">Name of the type whose <c>Main</c> begins it; null compiles a library, or a program of top-level
    /// statements.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="isChecked">Whether arithmetic that overflows throws.</param>
    public CompiledProgram Compile(string text, string file, string? main, CancellationToken cancellation = default, bool isChecked = false)
    {
        var reply = Ask(new CompileRequest(text, file, main, isChecked), out var lacks, cancellation);
        return new CompiledProgram(reply.Assembly, reply.Messages, reply.Failure is { } failure ? $"The C# compiler {failure}." : null,
            lacks);
    }

    /// <summary>Ids of the processes that wait for a program.</summary>
    internal IReadOnlyList<int> Processes => [.. _idle.Select(process => process.Id)];

    /// <summary>Whether a text can be read in any process without ending it.</summary>
    internal bool CanRead(string text) =>
        Ask(new CompileRequest(text, "code", null, false, IsRead: true), out _, CancellationToken.None).Failure is null;

    /// <summary>A compiled program as files that can be run, by name.</summary>
    /// <param name="file">Name of the file it was compiled from.</param>
    /// <param name="assembly">The assembly.</param>
    public static Dictionary<string, byte[]> Files(string file, byte[] assembly) => new()
    {
        [Path.ChangeExtension(file, ".dll")] = assembly,
        [Path.ChangeExtension(file, ".runtimeconfig.json")] = Encoding.UTF8.GetBytes(RuntimeConfiguration),
    };

    /// <summary>Ends the processes.</summary>
    public void Dispose()
    {
        while (_idle.TryTake(out var process))
        {
            process.Dispose();
        }
    }

    private static string RuntimeConfiguration { get; } =
        "{\"runtimeOptions\":{\"tfm\":\"net" + Environment.Version.ToString(2)
            + "\",\"framework\":{\"name\":\"Microsoft.NETCore.App\",\"version\":\"" + Environment.Version.ToString(3) + "\"}}}";

    private CompileReply Ask(CompileRequest request, out string? lacks, CancellationToken cancellation)
    {
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var (reply, fate) = Ask(request, cancellation);
                if (fate == CompilerFate.Known || attempt == Attempts)
                {
                    lacks = fate == CompilerFate.Late ? RowVerification.Time : null;
                    return reply;
                }
            }
        }
        catch (IOException exception)
        {
            lacks = RowVerification.Toolchain;
            return new CompileReply(null, "", exception.Message);
        }
    }

    private (CompileReply Reply, CompilerFate Fate) Ask(CompileRequest request, CancellationToken cancellation)
    {
        var process = Take();
        try
        {
            return process.Compile(request, _limits.Cpu, _limits.Cpu * _limits.WallFactor, cancellation);
        }
        finally
        {
            if (process.IsAlive)
            {
                _idle.Add(process);
            }
            else
            {
                process.Dispose();
            }
        }
    }

    private CompilerProcess Take()
    {
        while (_idle.TryTake(out var idle))
        {
            if (idle.IsAlive)
            {
                return idle;
            }

            idle.Dispose();
        }

        return new CompilerProcess(_limits.Memory);
    }
}

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
    public (CompileReply Reply, CompilerFate Fate) Compile(CompileRequest request, TimeSpan cpu, TimeSpan wall,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var (watch, before) = (Stopwatch.StartNew(), ProcessTree.ProcessorTime(_process.Id));
        var reading = AskAsync(request);
        for (var look = FirstLook; !IsDone(reading, look, cancellation); look = look * 2 < LongestLook ? look * 2 : LongestLook)
        {
            var isLate = watch.Elapsed > wall;
            var failure = ProcessTree.ProcessorTime(_process.Id) - before > cpu
                ? $"took more than {cpu.TotalSeconds:0.#} s of processor time"
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
            : errors.Contains("Out of memory", StringComparison.OrdinalIgnoreCase) || _process.ExitCode == CompileReply.OutOfMemory
                ? Exceeded : null;
        return (new CompileReply(null, "",
            reason ?? $"ended with exit code {_process.ExitCode}{(errors.Trim() is { Length: > 0 } said ? ": " + said.ReplaceLineEndings(" ") : "")}"), reason is null ? CompilerFate.Lost : CompilerFate.Known);
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
