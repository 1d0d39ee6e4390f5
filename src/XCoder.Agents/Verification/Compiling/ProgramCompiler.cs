using System.Collections.Concurrent;
using System.Text;
using XCoder.Agents.Rows;
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
/// <param name="Lacks">Where it could not for want of something on this machine: what, as <see cref="XCoder.Agents.Rows.RowVerification.Lacks"/> names it; else null.</param>
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
    /// <param name="main">Name of the type whose <c>Main</c> begins it; null compiles a library, or a program of top-level statements.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="isChecked">Whether arithmetic that overflows throws.</param>
    public CompiledProgram Compile(string text, string file, string? main, CancellationToken cancellation = default, bool isChecked = false)
    {
        var reply = Ask(new CompileRequest(text, file, main, isChecked), out var lacks, cancellation);
        return new CompiledProgram(reply.Assembly, reply.Messages, reply.Failure is { } failure ? $"The C# compiler {failure}." : null, lacks);
    }

    /// <summary>Ids of the processes that wait for a program.</summary>
    internal IReadOnlyList<int> Processes => [.. _idle.Select(process => process.Id)];

    /// <summary>Whether a text can be read in any process without ending it.</summary>
    internal bool CanRead(string text) => Ask(new CompileRequest(text, "code", null, false, IsRead: true), out _, CancellationToken.None).Failure is null;

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
        "{\"runtimeOptions\":{\"tfm\":\"net" + Environment.Version.ToString(2) + "\",\"framework\":{\"name\":\"Microsoft.NETCore.App\",\"version\":\"" + Environment.Version.ToString(3) + "\"}}}";

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
