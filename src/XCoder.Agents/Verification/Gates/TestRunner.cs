using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Compiling;
using XCoder.Agents.Verification.Judging;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Agents.Verification.Gates;

/// <summary>Runs tests on an answer. Safe for concurrent use.</summary>
/// <param name="toolchains">Puts tests into the form that is run.</param>
/// <param name="tools">Compiles and runs programs.</param>
/// <param name="judge">Runs tests in another process than the answer; null without isolation, and then nothing runs.</param>
/// <param name="tricks">Finds means by which an answer could tamper with its tests.</param>
internal sealed class TestRunner(ToolchainCatalog toolchains, ToolRunner tools, Judge? judge, TrickScanner tricks)
{
    private const string Together = "in one process with the answer";
    private const int SignalBase = 128, Abort = 6, LastSignal = 64;

    // What the forms in grammars/forms say where they find no test.
    private const string NoTest = "no test was run";

    /// <summary>
    /// Runs a set of tests. Where their calls can be carried between processes, tests and answer run apart, so that the answer cannot forge
    /// the result. Otherwise both are one program.
    /// </summary>
    public TestResult Test(TestRun set, string code, SandboxLimits limits, CancellationToken cancellation, bool isChanged = false)
    {
        var (installed, gate, tests) = (set.Installed, set.Gate, set.Text);
        var prepared = toolchains.Prepare(installed.Toolchain.Language, code, tests);
        if (installed.Toolchain.Entry is { } entry && !ProgramText.IsMatch(prepared.Text, entry))
        {
            return new TestResult(set,
                new GateResult(gate, GateOutcome.Unknown, GateReason.NotRunnable, $"The tests are not {installed.Toolchain.Guide}."));
        }

        if (prepared.Conflict is { } form)
        {
            return new TestResult(set, new GateResult(gate, GateOutcome.Unknown, GateReason.CouldReachTests,
                $"The answer declares what tests in the form of {form} mean, or reaches for it."));
        }

        var judged = judge!.Run(installed, code, prepared, limits, cancellation);
        if (judged.Outcome == JudgeOutcome.Passed)
        {
            // Some toolchains check types only in a separate build. The tests' use of the answer must pass that build, too.
            if (!isChanged && installed.Toolchain.CallsBuild.Count > 0
                && tools.CheckTogether(installed, gate, ProgramText.WithTests(installed.Toolchain, code, prepared.Text, secret: ""), limits,
                    cancellation) is { } misfit)
            {
                return new TestResult(set, Excused(misfit, set, code, limits, cancellation));
            }

            return new TestResult(set,
                new GateResult(gate, GateOutcome.Passed, GateReason.Apart,
                    $"They pass in a process of their own; values of {judged.Calls} calls crossed.", judged.Command, judged.Tests),
                    IsApart: true);
        }

        if (judged.Outcome == JudgeOutcome.Void || judged.IsDeclaredAnew)
        {
            return new TestResult(set,
                new GateResult(gate, GateOutcome.Unknown, GateReason.SaysNothing, $"They say nothing: {judged.Detail}.", judged.Command,
                    judged.Tests));
        }

        if (judged.Outcome == JudgeOutcome.Late)
        {
            return new TestResult(set,
                new GateResult(gate, GateOutcome.Unknown, GateResult.ReasonOf(judged.Tests!), Waits(judged.Tests!), judged.Command,
                    judged.Tests, ToolRunner.Lacks(judged.Tests!)));
        }

        if (judged.Outcome == JudgeOutcome.Ended || (isChanged && judged.Outcome == JudgeOutcome.Failed))
        {
            return new TestResult(set,
                new GateResult(gate, GateOutcome.Failed, (judged.Tests is { } ended ? GateResult.ReasonOf(ended) : null)
                    ?? (judged.IsByError ? GateReason.Crashed : GateReason.TestsFail), "They fail.", judged.Command, judged.Tests),
                    IsApart: true);
        }

        // An answer that fails apart but passes in one process has either tampered with its tests or needs to share something with them.
        var together = TestTogether(set, code, limits, cancellation);
        return new TestResult(set, judged.Outcome == JudgeOutcome.Failed && together.Outcome == GateOutcome.Passed
            ? together with { Outcome = GateOutcome.Unknown, Reason = GateReason.NotApart,
                Detail = $"They pass, {Together}, and not apart from it: {judged.Detail}." }
            : together.Outcome == GateOutcome.Passed ? together with { Detail = $"{together.Detail.TrimEnd('.')}, since {judged.Detail}." }
                : together);
    }

    // Runs response and tests as one program: where calls cannot be carried between processes, and to tell how tests fail.
    public GateResult TestTogether(TestRun set, string code, SandboxLimits limits, CancellationToken cancellation)
    {
        var (installed, gate, tests) = (set.Installed, set.Gate, set.Text);
        var toolchain = installed.Toolchain;
        var prepared = toolchains.Prepare(toolchain.Language, code, tests);

        // A response that ends the program before the tests have run must not pass. So the last line must be a word that no file holds: the
        // program reads it from a descriptor, and only its tail, after the tests, does so.
        var (mark, word) =
            ("passed-" + Convert.ToHexString(RandomNumberGenerator.GetBytes(12)), Convert.ToHexString(RandomNumberGenerator.GetBytes(24)));
        var texts = ProgramText.WithTests(toolchain, code, prepared.Text, mark);
        var (files, command) =
            (texts.ToDictionary(text => text.Key, text => Encoding.UTF8.GetBytes(text.Value)),
                installed.Words(toolchain.RunTests ?? toolchain.Run));
        if (toolchain.Compiler is not null)
        {
            var compiled = tools.Compiler.Compile(texts[toolchain.File], toolchain.File, toolchain.Main, cancellation);
            if (compiled.Assembly is not { } assembly)
            {
                var refused = ToolRunner.Refused(toolchain, compiled.Messages);
                return compiled.Failure is { } failure
                    ? new GateResult(gate, GateOutcome.Unknown, ToolRunner.Failure(compiled), failure, Lacks: compiled.Lacks)
                    : Excused(new GateResult(gate, refused, refused == GateOutcome.Failed ? GateReason.NotBuilt
                        : GateReason.MissingLibrary, "With its tests it does not compile", Messages: compiled.Messages), set, code, limits,
                        cancellation);
            }

            files = ProgramCompiler.Files(toolchain.File, assembly);
        }

        prepared.AddFiles(files);
        if (toolchain.Build.Count > 0 || toolchain.WordFrom > 0)
        {
            files[ShellScript.File] = Encoding.UTF8.GetBytes(ShellScript.Of(installed.Words(toolchain.Build), command, toolchain.WordFrom));
            command = ShellScript.Command;
        }

        var run = tools.Run(installed, files, command, limits, cancellation, Encoding.ASCII.GetBytes(word + "\n"));
        var shown = string.Join(' ',
            installed.Words(toolchain.Build.Count > 0 ? [.. toolchain.Build, "&&", .. toolchain.RunTests ?? toolchain.Run]
                : toolchain.RunTests ?? toolchain.Run));
        var isDone = run.Output.EndsWith($"\n{mark}{word}\n", StringComparison.Ordinal);
        var isBuilt = !(toolchain.Build.Count > 0 && run is { Outcome: SandboxOutcome.Exited, ExitCode: ShellScript.BuildFailed });
        return run.Succeeded && isDone ? Honest(gate, toolchain, code, prepared.Body, shown, run)
            : run.Outcome == SandboxOutcome.Waited
                ? new GateResult(gate, GateOutcome.Unknown, GateResult.ReasonOf(run), Waits(run), shown, run, ToolRunner.Lacks(run))
            : run.Outcome == SandboxOutcome.NotStarted
                ? new GateResult(gate, GateOutcome.Unknown, GateReason.SandboxFailed, "The sandbox failed: " + run.Detail, shown, run)
            : Excused(new GateResult(gate, ToolRunner.Refused(toolchain, run.Output + "\n" + run.Errors), WhyNot(run, isBuilt),
                (run.Succeeded ? "It ends before the tests have" : isBuilt ? "They fail" : "With its tests it cannot be built")
                    + $", {Together}.", shown, run), set, code, limits, cancellation);

        GateReason WhyNot(SandboxResult run, bool isBuilt) => GateResult.ReasonOf(run) ?? (run.Succeeded ? GateReason.EndedEarly
            : ToolRunner.Refused(toolchain, run.Output + "\n" + run.Errors) == GateOutcome.Unknown ? GateReason.MissingLibrary
            : !isBuilt ? GateReason.NotBuilt : IsCrash(toolchain, run) ? GateReason.Crashed : GateReason.TestsFail);
    }

    // Tests that do not build, or that use names which neither the answer nor its task has, say nothing about the answer.
    private GateResult Excused(GateResult result, TestRun set, string code, SandboxLimits limits, CancellationToken cancellation)
    {
        var toolchain = set.Installed.Toolchain;
        var messages = result.Messages ?? result.Run?.Output + "\n" + result.Run?.Errors;
        if (result.Outcome == GateOutcome.Failed && messages.Contains(NoTest, StringComparison.Ordinal))
        {
            return result with { Outcome = GateOutcome.Unknown, Reason = GateReason.NotRunnable, Detail = "They hold no test that runs." };
        }

        if (result.Outcome != GateOutcome.Failed
            || result.Reason is not (GateReason.NotBuilt or GateReason.TestsFail or GateReason.Crashed))
        {
            return result;
        }

        var isBuilding = result.Reason == GateReason.NotBuilt;
        var unbound = toolchain.Unbound is { } pattern ? ProgramText.Match(messages, pattern) : null;
        return (unbound is not null && IsExpected(unbound, isBuilding, code, set.Task)) || (isBuilding && IsBuiltWithStub())
                || !(isBuilding || unbound is not null || IsRefused())
            ? result
            : result with { Outcome = GateOutcome.Unknown, Reason = GateReason.NotBuilt,
                Detail = "They do not build with the answer, which says nothing about it." };

        // The task declares what the tests call, and the answer declares something else.
        bool IsBuiltWithStub() => set.Task.Length > 0 && toolchain.Stub?.Write(set.Task, code, set.Text) is { } stubs
            && TestTogether(set with { Task = "" }, stubs, limits, cancellation).Reason is GateReason.TestsFail or GateReason.Crashed;

        bool IsRefused() => toolchain is { Build.Count: 0, Compiler: null }
            && tools.Check(set.Installed, toolchains.Prepare(toolchain.Language, code, set.Text).Text, limits, cancellation)
                is { Outcome: GateOutcome.Failed };
    }

    // Whether it is the answer's fault that a name is not declared: the task has it and the answer does not, or a running answer uses it.
    private static bool IsExpected(Match found, bool isBuilding, string code, string task) =>
        found.Groups["name"].Value is { Length: > 0 } name && $@"(?<!\w){Regex.Escape(name)}(?!\w)" is var pattern
            && (isBuilding ? ProgramText.IsMatch(task, pattern) && !ProgramText.IsMatch(code, pattern)
                : ProgramText.IsMatch(code + "\n" + task, pattern));

    // A program that a signal ends has crashed, but for the one by which checks end programs.
    private static bool IsCrash(Toolchain toolchain, SandboxResult run) =>
        (run is { Outcome: SandboxOutcome.Exited, ExitCode: > SignalBase and <= SignalBase + LastSignal and not SignalBase + Abort })
            || (toolchain.Crash is { } crash && ProgramText.IsMatch(run.Output + "\n" + run.Errors, crash));

    // A response that shares a process with its tests could tamper with them; a pass counts only if it has no means to.
    private GateResult Honest(string gate, Toolchain toolchain, string code, string tests, string shown, SandboxResult run) =>
        tricks.Find(toolchain, code, tests) is { } trick
            ? new GateResult(gate, GateOutcome.Unknown, GateReason.CouldReachTests, $"They pass, but {Together}, which {trick}.", shown,
                run)
            : new GateResult(gate, GateOutcome.Passed, GateReason.Together, $"They pass, {Together}.", shown, run);

    private static string Waits(SandboxResult run) =>
        string.Create(CultureInfo.InvariantCulture,
            $"It {(run.WasStarved ? "got too little of a busy machine" : "waits for something that does not come")}: "
                + $"after {run.Wall.TotalSeconds:0.#} s it had used {run.Cpu.TotalSeconds:0.##} s of processor time.");
}

/// <summary>A set of tests with the toolchain that runs it.</summary>
/// <param name="Installed">The toolchain.</param>
/// <param name="Gate">The set's gate.</param>
/// <param name="Text">The tests as written.</param>
/// <param name="Task">The instruction that the answer follows; empty if it is not known.</param>
internal sealed record TestRun(InstalledToolchain Installed, string Gate, string Text, string Task = "");

/// <summary>The result of a set of tests, and whether the answer ran in another process.</summary>
internal sealed record TestResult(TestRun Set, GateResult Gate, bool IsApart = false);
