using System.Text;
using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Compiling;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Agents.Verification.Gates;

/// <summary>Runs compilers, checkers and programs. Safe for concurrent use.</summary>
/// <param name="sandbox">Runs them; null without isolation, and then nothing runs.</param>
/// <param name="compiler">The C# compiler, which runs outside the sandbox.</param>
internal sealed class ToolRunner(SandboxRunner? sandbox, ProgramCompiler compiler)
{
    /// <summary>The C# compiler, which runs outside the sandbox and never executes the code.</summary>
    public ProgramCompiler Compiler => compiler;

    /// <summary>Compiles or checks code without running it.</summary>
    public GateResult Check(InstalledToolchain installed, string code, SandboxLimits limits, CancellationToken cancellation)
    {
        var toolchain = installed.Toolchain;
        var text = ProgramText.Alone(toolchain, code);
        if (toolchain.Compiler is not null)
        {
            var compiled = compiler.Compile(text, toolchain.File, null, cancellation);
            return compiled.Failure is { } failure
                ? new GateResult(GateNames.Compile, GateOutcome.Unknown, Failure(compiled), failure, Lacks: compiled.Lacks)
                : compiled.Assembly is not null ? new GateResult(GateNames.Compile, GateOutcome.Passed, null, "It compiles.")
                : Says(GateNames.Compile, Refused(toolchain, compiled.Messages), compiled.Messages);
        }

        var (command, run, outcome) = RunCheck(installed, new Dictionary<string, string> { [toolchain.File] = text }, limits, cancellation);
        return Says(GateNames.Check, outcome, null, command, run);

        GateResult Says(string gate, GateOutcome outcome, string? messages, string? command = null, SandboxResult? run = null)
        {
            var said = outcome == GateOutcome.Passed ? "accepts it" : outcome == GateOutcome.Failed ? "refuses it" : "cannot tell";
            return new(
                gate, outcome, outcome == GateOutcome.Passed ? null : outcome == GateOutcome.Failed ? GateReason.Refused
                    : (run is null ? null : GateResult.ReasonOf(run)) ?? GateReason.MissingLibrary,
                $"{toolchain.Name} {said}", command, run, run is null ? null : Lacks(run), messages);
        }
    }

    /// <summary>Checks an answer and its tests as one program. Returns null if the checker accepts them, else the finding.</summary>
    public GateResult? CheckTogether(InstalledToolchain installed, string gate, IReadOnlyDictionary<string, string> texts,
        SandboxLimits limits, CancellationToken cancellation)
    {
        var (command, run, outcome) = RunCheck(installed, texts, limits, cancellation);
        return outcome == GateOutcome.Passed ? null
            : new GateResult(gate, outcome, outcome == GateOutcome.Failed ? GateReason.NotBuilt
                : GateResult.ReasonOf(run) ?? GateReason.MissingLibrary,
                "With its tests it cannot be built.", command, run, Lacks(run));
    }

    private (string Command, SandboxResult Run, GateOutcome Outcome) RunCheck(InstalledToolchain installed,
        IReadOnlyDictionary<string, string> texts, SandboxLimits limits, CancellationToken cancellation)
    {
        var command = installed.Words(installed.Toolchain.Check);
        var run = Run(installed, texts.ToDictionary(text => text.Key, text => Encoding.UTF8.GetBytes(text.Value)), command, limits,
            cancellation);
        return (string.Join(' ', command), run, run.Succeeded ? GateOutcome.Passed : run.Outcome == SandboxOutcome.Exited
            ? Refused(installed.Toolchain, run.Output + run.Errors) : GateOutcome.Unknown);
    }

    /// <summary>Runs a command on files in the sandbox.</summary>
    public SandboxResult Run(InstalledToolchain installed, Dictionary<string, byte[]> files, IReadOnlyList<string> command,
        SandboxLimits limits, CancellationToken cancellation, ReadOnlyMemory<byte> input = default) =>
        sandbox!.Run(
            new SandboxJob { Input = input, Command = command, Files = files, Environment = installed.Toolchain.Environment,
                Readable = installed.Readable, Limits = limits }, cancellation);

    /// <summary>What the machine lacked when a busy machine made a run too slow; null otherwise.</summary>
    public static string? Lacks(SandboxResult run) =>
        run is { Outcome: SandboxOutcome.Waited, WasStarved: true } ? RowVerification.Time : null;

    /// <summary>The reason for which the compiler gave no answer.</summary>
    public static GateReason Failure(CompiledProgram compiled) =>
        compiled.Lacks == RowVerification.Time ? GateReason.TooLittleTime : GateReason.CompilerFailed;

    /// <summary>Outcome for code that a tool refused: unknown if its messages say that a library is missing here, else failed.</summary>
    public static GateOutcome Refused(Toolchain toolchain, string messages) =>
        toolchain.Missing is { } missing && ProgramText.IsMatch(messages, missing) ? GateOutcome.Unknown : GateOutcome.Failed;
}
