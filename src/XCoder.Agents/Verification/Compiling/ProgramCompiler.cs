using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Compiler;

namespace XCoder.Agents.Verification.Compiling;

/// <summary>Limits of the C# compiler for one program. A compilation that exceeds one of them is ended.</summary>
public sealed record CompilerLimits
{
    /// <summary>Processor time, 1 s or more. Default 20 s; most programs take 0.1 s, the first one of a process 3 s.</summary>
    public TimeSpan Cpu { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest elapsed time on a busy machine, as a multiple of <see cref="Cpu"/>, 1 or more. Default 10.</summary>
    public int WallFactor { get; init; } = 10;

    /// <summary>Bytes of memory, 256 MiB or more. Default 1 GiB; most programs need 150 MiB.</summary>
    public long Memory { get; init; } = 1L << 30;

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names the option, its value and its
    /// range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Cpu, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(WallFactor, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Memory, 256L << 20);
    }
}

/// <summary>The result of compiling one program: an assembly, error messages, or the reason why the compiler gave no answer.</summary>
/// <param name="Assembly">The compiled assembly; null if there is none.</param>
/// <param name="Messages">The first error messages if the compiler refused the program, else empty.</param>
/// <param name="Failure">A sentence that says why the compiler gave no answer, or null.</param>
/// <param name="Lacks">What this machine lacked when the compiler gave no answer, as <see cref="XCoder.Agents.Rows.RowVerification.Lacks"/>
/// names it, or null.</param>
internal sealed record CompiledProgram(byte[]? Assembly, string Messages, string? Failure = null, string? Lacks = null);

/// <summary>
/// Compiles C# in processes of its own and keeps them for further programs: one for each thread that compiles at the same time. Compiled
/// code is never executed. Safe for concurrent use.
/// </summary>
internal sealed class ProgramCompiler : IDisposable
{
    private const int Attempts = 2;

    private readonly CompilerLimits _limits;
    private readonly ConcurrentBag<CompilerProcess> _idle = [];

    /// <summary>Creates a compiler; its first process starts with the first program.</summary>
    /// <param name="limits">Limits for each program; null stands for the defaults.</param>
    public ProgramCompiler(CompilerLimits? limits = null) => (_limits = limits ?? new CompilerLimits()).Validate();

    /// <summary>Compiles a program. A compiler that dies or gets too little processor time is tried a second time.</summary>
    /// <param name="text">The source text.</param>
    /// <param name="file">The file name that messages show.</param>
    /// <param name="main">Name of the type whose <c>Main</c> is the entry point; null compiles a library or a program of top-level
    /// statements.</param>
    /// <param name="cancellation">Ends the compilation and its process.</param>
    /// <param name="isChecked">Whether arithmetic that overflows throws at run time.</param>
    public CompiledProgram Compile(string text, string file, string? main, CancellationToken cancellation = default, bool isChecked = false)
    {
        var reply = Ask(new CompileRequest(text, file, main, isChecked), out var lacks, cancellation);
        return new CompiledProgram(reply.Assembly, reply.Messages, reply.Failure is { } failure ? $"The C# compiler {failure}." : null,
            lacks);
    }

    /// <summary>Ids of the idle processes.</summary>
    internal IReadOnlyList<int> Processes => [.. _idle.Select(process => process.Id)];

    /// <summary>
    /// Whether the parser reads a text without a stack overflow and within the limits. The text is parsed in another process.
    /// </summary>
    internal bool CanRead(string text) =>
        Ask(new CompileRequest(text, "code", null, false, IsRead: true), out _, CancellationToken.None).Failure is null;

    /// <summary>
    /// The files that <c>dotnet</c> needs to run a compiled program, by name: the assembly and its runtime configuration.
    /// </summary>
    /// <param name="file">Name of the source file; the assembly is named after it.</param>
    /// <param name="assembly">The compiled assembly.</param>
    public static Dictionary<string, byte[]> Files(string file, byte[] assembly) => new()
    {
        [Path.ChangeExtension(file, ".dll")] = assembly,
        [Path.ChangeExtension(file, ".runtimeconfig.json")] = Encoding.UTF8.GetBytes(RuntimeConfiguration),
    };

    /// <summary>Ends the idle processes.</summary>
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

/// <summary>Why a compilation ended.</summary>
internal enum CompilerFate
{
    /// <summary>The compiler answered, or the program caused it to end.</summary>
    Known,

    /// <summary>The compiler ended for a reason unrelated to the program.</summary>
    Lost,

    /// <summary>The compiler got too little processor time before the longest elapsed time was over.</summary>
    Late,
}

/// <summary>
/// One running C# compiler, a process that compiles one program after another. A process of its own contains the harm that untrusted code
/// can do to a compiler: stack overflows, memory and time. Use it from one thread at a time.
/// </summary>
internal sealed class CompilerProcess : IDisposable
{
    private const int ErrorBytes = 4096;
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(5), LongestLook = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly BoundedOutput _errors = new(ErrorBytes);
    private readonly Task _listening;
    private readonly long _memory;

    /// <summary>Starts the process.</summary>
    /// <param name="memory">Largest memory in bytes; the managed heap may take three quarters of it.</param>
    /// <exception cref="IOException">The process cannot be started.</exception>
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

    /// <summary>Id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Whether the process runs and can take another request.</summary>
    public bool IsAlive => !_process.HasExited;

    /// <summary>Compiles a program. When no reply arrives, the method ends the process and says why in the reply's failure.</summary>
    /// <param name="request">The program to compile.</param>
    /// <param name="cpu">Largest processor time.</param>
    /// <param name="wall">Longest elapsed time; it catches a process that waits or gets no processor.</param>
    /// <param name="cancellation">Ends the process.</param>
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
        var said = errors.Trim() is { Length: > 0 } text ? ": " + text.ReplaceLineEndings(" ") : "";
        return (new CompileReply(null, "", reason ?? $"ended with exit code {_process.ExitCode}{said}"),
            reason is null ? CompilerFate.Lost : CompilerFate.Known);
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
        // The compiler starts no processes of its own.
        _process.Kill();
        _process.WaitForExit();
        _listening.Wait();
    }
}
