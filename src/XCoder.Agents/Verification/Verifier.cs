using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using XCoder.Agents.Rows;
using XCoder.Agents.Sandbox;
using XCoder.Agents.Toolchains;
using XCoder.Analysis.Languages;

namespace XCoder.Agents.Verification;

/// <summary>
/// Verifies responses by gates in order: the parser tells the language, the compiler or checker reads the code without running
/// it, the tests run in the sandbox, and changed code must fail them. Without isolation nothing runs and nothing is verified.
/// Safe for concurrent use.
/// </summary>
public sealed class Verifier : IDisposable
{
    private const string Together = "in one process with the answer";
    private const int MostTries = 4;
    private const int MostLiterals = 8, LeastLiterals = 2;

    private readonly VerifierOptions _options;
    private readonly ToolchainCatalog _toolchains;
    private readonly ParserGate _parsers;
    private readonly CodeMutator _mutator;
    private readonly TrickScanner _tricks;
    private readonly ControlWriter _controls;
    private readonly SandboxRunner? _sandbox;
    private readonly Judge? _judge;
    private readonly ProgramCompiler _compiler;
    private readonly ToolchainFinder _installed;
    private readonly Dictionary<Toolchain, GateResult?> _broken = [];

    /// <summary>A verifier.</summary>
    /// <param name="catalog">The parsers.</param>
    /// <param name="toolchains">The toolchains.</param>
    /// <param name="sandbox">What <see cref="SandboxCheck.Run"/> found.</param>
    /// <param name="options">Limits.</param>
    public Verifier(LanguageCatalog catalog, ToolchainCatalog toolchains, SandboxCheck sandbox, VerifierOptions options)
    {
        options.Limits.Validate();
        _compiler = new ProgramCompiler(options.Compiler);
        (_options, _toolchains, _parsers, _mutator, Sandbox) = (options, toolchains, new ParserGate(catalog), new CodeMutator(catalog), sandbox);
        var tricks = TrickCatalog.Open();
        (_tricks, _controls) = (new TrickScanner(catalog, tricks), new ControlWriter(catalog, tricks));
        _sandbox = sandbox.Works ? new SandboxRunner(sandbox.Repositories) : null;
        _judge = _sandbox is null ? null : new Judge(catalog, toolchains, _sandbox, _compiler);
        _installed = new ToolchainFinder(sandbox.Repositories);
    }

    /// <summary>Whether programs can be isolated here.</summary>
    public SandboxCheck Sandbox { get; }

    /// <summary>Verifies code that is meant to run with the standard library alone.</summary>
    /// <param name="language">Language id that it claims to be in.</param>
    /// <param name="code">The code.</param>
    /// <param name="tests">Sets of tests; all must pass.</param>
    /// <param name="cancellation">Ends it.</param>
    public CodeVerdict Verify(string language, string code, TestSets tests, CancellationToken cancellation = default)
    {
        var gates = new List<GateResult>();
        var toolchain = _toolchains.Find(language, code + "\n" + tests.Own);
        var parsed = _parsers.Check(language, code, toolchain is null ? null : ProgramText.Alone(toolchain, code));
        gates.Add(parsed);
        if (parsed.Outcome == GateOutcome.Failed && (parsed.Gate != ParserGate.Syntax || string.IsNullOrWhiteSpace(code)))
        {
            return Verdict(RowVerification.Failed);
        }

        var missing = toolchain is null ? "There is no toolchain for it." : null;
        var installed = toolchain is null ? null : _installed.Find(toolchain, out missing);
        if (_sandbox is null || installed is null)
        {
            gates.Add(new GateResult(GateNames.Check, GateOutcome.Unknown, _sandbox is null ? GateReason.NoIsolation : GateReason.NoToolchain, _sandbox is null ? $"Nothing is run without isolation: {Sandbox.Detail}." : missing!,
                Lacks: _sandbox is null ? Sandbox.WasLate ? RowVerification.Time : RowVerification.Isolation : toolchain is null ? null : RowVerification.Toolchain));
            return Verdict(parsed.Outcome == GateOutcome.Failed ? RowVerification.Failed : RowVerification.Unverifiable);
        }

        // A tool that refuses a program without a line in it says nothing about any other.
        if (Broken(installed, cancellation) is { } broken)
        {
            gates.Add(broken);
            return Verdict(parsed.Outcome == GateOutcome.Failed ? RowVerification.Failed : RowVerification.Unverifiable);
        }

        // A compiler knows its language better than a grammar does; what it takes is not refused for the grammar's sake.
        var check = Check(installed, code, _options.Limits, cancellation);
        gates.Add(check);
        if (parsed.Outcome == GateOutcome.Failed && check.Outcome == GateOutcome.Passed)
        {
            gates[0] = parsed with { Outcome = GateOutcome.Unknown };
        }

        if (check.Outcome != GateOutcome.Passed)
        {
            return Verdict(check.Outcome == GateOutcome.Failed || parsed.Outcome == GateOutcome.Failed ? RowVerification.Failed : RowVerification.Unverifiable);
        }

        // Both are run, also where one fails: what they disagree on is evidence, too.
        var sets = tests.All.Select(set => new TestRun(_installed.Find(_toolchains.Find(language, code + "\n" + set.Text)!, out _) ?? installed, set.Gate, set.Text)).ToList();
        var tested = sets.ConvertAll(set => Test(set, code, _options.Limits, cancellation));
        var results = tested.ConvertAll(test => test.Gate);
        gates.AddRange(results);
        if (results.Find(result => result.Outcome != GateOutcome.Passed) is { } refused)
        {
            return Verdict(results.Exists(result => result.Outcome == GateOutcome.Failed) ? RowVerification.Failed : refused.Gate == TestSets.OwnGate ? RowVerification.Unverifiable : RowVerification.ParsedOnly);
        }

        if (_options.NeedsIndependentTests && tests.Missing is { } missingSet)
        {
            gates.Add(new GateResult(missingSet, GateOutcome.Unknown, GateReason.NoTests, missingSet == TestSets.OwnGate ? "Its author wrote no tests." : "No other agent wrote tests."));
            return Verdict(RowVerification.ParsedOnly);
        }

        if (sets.Count == 0)
        {
            return Verdict(RowVerification.ParsedOnly);
        }

        var mutation = Mutate([.. sets.Zip(tested, (set, test) => (set, test.IsApart))], language, code, results.Max(result => result.Run!.Cpu), cancellation);
        gates.Add(mutation);
        return Verdict(mutation.Outcome == GateOutcome.Failed ? RowVerification.ParsedOnly : RowVerification.Verified);

        CodeVerdict Verdict(string status) => new(status, gates);
    }

    /// <summary>Whether what a row lacked is here now, so that it is worth trying again.</summary>
    /// <param name="row">The row's verdict.</param>
    /// <param name="language">Language id.</param>
    /// <param name="code">The code.</param>
    /// <param name="cancellation">Ends it.</param>
    internal bool HasNow(RowVerification row, string language, string code, CancellationToken cancellation = default) => row.Lacks is not null && _sandbox is not null
        && _toolchains.Find(language, code) is { } toolchain && _installed.Find(toolchain, out _) is { } installed && Broken(installed, cancellation) is null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _parsers.Dispose();
        _mutator.Dispose();
        _tricks.Dispose();
        _controls.Dispose();
        _judge?.Dispose();
        _sandbox?.Dispose();
        _compiler.Dispose();
    }

    // What is wrong with a tool, or null. One that took too long is asked again the next time: a busy machine says nothing of it.
    private GateResult? Broken(InstalledToolchain installed, CancellationToken cancellation)
    {
        lock (_broken)
        {
            if (_broken.TryGetValue(installed.Toolchain, out var known))
            {
                return known;
            }

            // What a program may take is no measure of whether the tool works.
            var limits = new SandboxLimits();
            var result = Check(installed, "", limits, cancellation);
            if (IsLate(result))
            {
                result = Check(installed, "", limits.WithTime(limits.Cpu * 3), cancellation);
            }

            var broken = result.Outcome == GateOutcome.Passed ? null
                : new GateResult(GateNames.Check, GateOutcome.Unknown, IsLate(result) ? GateReason.TooLittleTime : GateReason.BrokenToolchain, $"{installed.Toolchain.Name} does not work here: {result.ToEvidence()}", Lacks: IsLate(result) ? RowVerification.Time : RowVerification.Toolchain);
            return IsLate(result) ? broken : _broken[installed.Toolchain] = broken;
        }

        static bool IsLate(GateResult result) => result.Lacks == RowVerification.Time || result.Run?.Outcome is SandboxOutcome.TimedOut or SandboxOutcome.Waited;
    }

    private GateResult Check(InstalledToolchain installed, string code, SandboxLimits limits, CancellationToken cancellation)
    {
        var toolchain = installed.Toolchain;
        var text = ProgramText.Alone(toolchain, code);
        if (toolchain.Compiler is not null)
        {
            var compiled = _compiler.Compile(text, toolchain.File, null, cancellation);
            return compiled.Failure is { } failure ? new GateResult(GateNames.Compile, GateOutcome.Unknown, Failure(compiled), failure, Lacks: compiled.Lacks)
                : compiled.Assembly is not null ? new GateResult(GateNames.Compile, GateOutcome.Passed, null, "It compiles.")
                : Says(GateNames.Compile, Refused(toolchain, compiled.Messages), compiled.Messages);
        }

        var command = installed.Words(toolchain.Check);
        var run = Run(installed, new() { [toolchain.File] = Encoding.UTF8.GetBytes(text) }, command, limits, cancellation);
        var outcome = run.Succeeded ? GateOutcome.Passed : run.Outcome == SandboxOutcome.Exited ? Refused(toolchain, run.Output + run.Errors) : GateOutcome.Unknown;
        return Says(GateNames.Check, outcome, null, string.Join(' ', command), run);

        GateResult Says(string gate, GateOutcome outcome, string? messages, string? command = null, SandboxResult? run = null) => new(
            gate, outcome, outcome == GateOutcome.Passed ? null : outcome == GateOutcome.Failed ? GateReason.Refused : (run is null ? null : GateResult.ReasonOf(run)) ?? GateReason.MissingLibrary,
            $"{toolchain.Name} {(outcome == GateOutcome.Passed ? "accepts it" : outcome == GateOutcome.Failed ? "refuses it" : "cannot tell")}", command, run, run is null ? null : Lacks(run), messages);
    }

    // Where calls can cross, tests run apart from the answer: what passes there cannot be forged by it. Else both are one program.
    private TestResult Test(TestRun set, string code, SandboxLimits limits, CancellationToken cancellation, bool isChanged = false)
    {
        var (installed, gate, tests) = set;
        if (installed.Toolchain.Entry is { } entry && !ProgramText.IsMatch(tests, entry))
        {
            return new TestResult(new GateResult(gate, GateOutcome.Unknown, GateReason.NotRunnable, $"The tests are not {installed.Toolchain.Guide}."));
        }

        var judged = _judge!.Run(installed, code, tests, limits, cancellation);
        if (judged.Outcome == JudgeOutcome.Passed)
        {
            return new TestResult(new GateResult(gate, GateOutcome.Passed, GateReason.Apart, $"They pass in a process of their own; values of {judged.Calls} calls crossed.", judged.Command, judged.Tests), IsApart: true);
        }

        if (judged.Outcome == JudgeOutcome.Void || judged.IsDeclaredAnew)
        {
            return new TestResult(new GateResult(gate, GateOutcome.Unknown, GateReason.SaysNothing, $"They say nothing: {judged.Detail}.", judged.Command, judged.Tests));
        }

        if (judged.Outcome == JudgeOutcome.Late)
        {
            return new TestResult(new GateResult(gate, GateOutcome.Unknown, GateResult.ReasonOf(judged.Tests!), Waits(judged.Tests!), judged.Command, judged.Tests, Lacks(judged.Tests!)));
        }

        if (judged.Outcome == JudgeOutcome.Ended || (isChanged && judged.Outcome == JudgeOutcome.Failed))
        {
            return new TestResult(new GateResult(gate, GateOutcome.Failed, (judged.Tests is { } ended ? GateResult.ReasonOf(ended) : null) ?? GateReason.TestsFail, "They fail.", judged.Command, judged.Tests), IsApart: true);
        }

        // What fails apart and passes together has either reached its tests, or needs to share something with them.
        var together = TestTogether(set, code, limits, cancellation);
        return new TestResult(judged.Outcome == JudgeOutcome.Failed && together.Outcome == GateOutcome.Passed
            ? together with { Outcome = GateOutcome.Unknown, Reason = GateReason.NotApart, Detail = $"They pass, {Together}, and not apart from it: {judged.Detail}." }
            : together.Outcome == GateOutcome.Passed ? together with { Detail = $"{together.Detail.TrimEnd('.')}, since {judged.Detail}." } : together);
    }

    // Response and tests as one program: where calls cannot cross, and to tell how tests fail.
    private GateResult TestTogether(TestRun set, string code, SandboxLimits limits, CancellationToken cancellation)
    {
        var (installed, gate, tests) = set;
        var toolchain = installed.Toolchain;

        // A response that ends the program before the tests have run must not pass: the last line has to be a word which no file
        // holds, and which the program is given only through a descriptor that its tail reads behind the tests.
        var (mark, word) = ("passed-" + Convert.ToHexString(RandomNumberGenerator.GetBytes(12)), Convert.ToHexString(RandomNumberGenerator.GetBytes(24)));
        var texts = ProgramText.WithTests(toolchain, code, tests, mark);
        var (files, command) = (texts.ToDictionary(text => text.Key, text => Encoding.UTF8.GetBytes(text.Value)), installed.Words(toolchain.RunTests ?? toolchain.Run));
        if (toolchain.Compiler is not null)
        {
            var compiled = _compiler.Compile(texts[toolchain.File], toolchain.File, toolchain.Main, cancellation);
            if (compiled.Assembly is not { } assembly)
            {
                var refused = Refused(toolchain, compiled.Messages);
                return compiled.Failure is { } failure ? new GateResult(gate, GateOutcome.Unknown, Failure(compiled), failure, Lacks: compiled.Lacks)
                    : new GateResult(gate, refused, refused == GateOutcome.Failed ? GateReason.NotBuilt : GateReason.MissingLibrary, "With its tests it does not compile", Messages: compiled.Messages);
            }

            files = ProgramCompiler.Files(toolchain.File, assembly);
        }

        if (toolchain.Build.Count > 0 || toolchain.WordFrom > 0)
        {
            files[ShellScript.File] = Encoding.UTF8.GetBytes(ShellScript.Of(installed.Words(toolchain.Build), command, toolchain.WordFrom));
            command = ShellScript.Command;
        }

        var run = Run(installed, files, command, limits, cancellation, Encoding.ASCII.GetBytes(word + "\n"));
        var shown = string.Join(' ', installed.Words(toolchain.Build.Count > 0 ? [.. toolchain.Build, "&&", .. toolchain.RunTests ?? toolchain.Run] : toolchain.RunTests ?? toolchain.Run));
        var isDone = run.Output.EndsWith($"\n{mark}{word}\n", StringComparison.Ordinal);
        var isBuilt = !(toolchain.Build.Count > 0 && run is { Outcome: SandboxOutcome.Exited, ExitCode: ShellScript.BuildFailed });
        return run.Succeeded && isDone ? Honest(gate, toolchain, code, tests, shown, run)
            : run.Outcome == SandboxOutcome.Waited ? new GateResult(gate, GateOutcome.Unknown, GateResult.ReasonOf(run), Waits(run), shown, run, Lacks(run))
            : run.Outcome == SandboxOutcome.NotStarted ? new GateResult(gate, GateOutcome.Unknown, GateReason.SandboxFailed, "The sandbox failed: " + run.Detail, shown, run)
            : new GateResult(gate, Refused(toolchain, run.Output + "\n" + run.Errors), WhyNot(run, isBuilt), (run.Succeeded ? "It ends before the tests have" : isBuilt ? "They fail" : "With its tests it cannot be built") + $", {Together}.", shown, run);

        GateReason WhyNot(SandboxResult run, bool isBuilt) => GateResult.ReasonOf(run) ?? (run.Succeeded ? GateReason.EndedEarly
            : Refused(toolchain, run.Output + "\n" + run.Errors) == GateOutcome.Unknown ? GateReason.MissingLibrary : isBuilt ? GateReason.TestsFail : GateReason.NotBuilt);
    }

    // What shares a process with its tests can reach them: that they pass counts only where it has no means to.
    private GateResult Honest(string gate, Toolchain toolchain, string code, string tests, string shown, SandboxResult run) =>
        _tricks.Find(toolchain, code, tests) is { } trick
            ? new GateResult(gate, GateOutcome.Unknown, GateReason.CouldReachTests, $"They pass, but {Together}, which {trick}.", shown, run)
            : new GateResult(gate, GateOutcome.Passed, GateReason.Together, $"They pass, {Together}.", shown, run);

    private GateResult Mutate(List<(TestRun Set, bool IsApart)> sets, string language, string code, TimeSpan cpu, CancellationToken cancellation)
    {
        // A change may make it run on and on: more than a few times what it took is enough to know.
        var limit = (3 * cpu) + TimeSpan.FromSeconds(1);
        var limits = limit < _options.Limits.Cpu ? _options.Limits.WithTime(limit) : _options.Limits;
        // Sets that were judged apart have seen their control: the same calls with other values.
        var (survived, isRefused) = (0, sets.Exists(set => set.IsApart));
        foreach (var (set, control) in sets.Where(set => !set.IsApart).SelectMany(set => _controls.Write(language, code).Select(control => (set.Set, control))))
        {
            var result = Test(set, control, limits, cancellation, isChanged: true).Gate;
            isRefused |= result.Outcome == GateOutcome.Failed && IsBuilt(result.Run);
            if (result.Outcome != GateOutcome.Failed && result.Run is { Succeeded: true })
            {
                return new GateResult(GateNames.Mutation, GateOutcome.Failed, GateReason.WeakTests, $"The tests are weak: {set.Gate} pass an answer that is wrong on purpose.", result.Command, result.Run);
            }
        }

        if (sets.Where(set => !set.IsApart).Select(set => set.Set).FirstOrDefault(set => IsBlind(set, language, code, limits, cancellation)) is { } blind)
        {
            return new GateResult(GateNames.Mutation, GateOutcome.Failed, GateReason.WeakTests, $"The tests are weak: {blind.Gate} pass whatever number or text in them is changed.");
        }

        foreach (var (changed, tried) in _mutator.Mutate(language, code).Select((changed, i) => (changed, i)))
        {
            // Some can neither pass nor fail; each of them may take as long as a program may.
            if (survived >= _options.Mutations || tried >= MostTries * _options.Mutations)
            {
                break;
            }

            var passed = 0;
            foreach (var (set, _) in sets)
            {
                var result = Test(set, changed, limits, cancellation, isChanged: true).Gate;
                if ((result.Outcome == GateOutcome.Failed && IsBuilt(result.Run)) || result.Run is { Outcome: SandboxOutcome.Waited, WasStarved: false })
                {
                    return new GateResult(GateNames.Mutation, GateOutcome.Passed, null, $"Code changed by one token fails the tests{(survived > 0 ? $", after {survived} that did not" : "")}; {Controls(isRefused)}.");
                }

                if (result.Outcome != GateOutcome.Passed)
                {
                    break;
                }

                passed++;
            }

            survived += passed == sets.Count ? 1 : 0;
        }

        // One change alone may be one that changes nothing.
        return survived > 1 ? new GateResult(GateNames.Mutation, GateOutcome.Failed, GateReason.WeakTests, $"The tests are weak: they pass {survived} codes that were changed by a token.")
            : !isRefused ? new GateResult(GateNames.Mutation, GateOutcome.Failed, GateReason.WeakTests, $"Whether the tests are weak cannot be told: nothing in the code could be changed so that they fail, and {Controls(isRefused)}.")
            : new GateResult(GateNames.Mutation, GateOutcome.Unknown, GateReason.NothingToChange, (survived == 1 ? "The one change that is possible passes the tests" : "Nothing in the code could be changed") + $"; {Controls(isRefused)}.");
    }

    // Where the answer shares a process with its tests, it may have them compare nothing: then what they compare with does not matter.
    private bool IsBlind(TestRun set, string language, string code, SandboxLimits limits, CancellationToken cancellation)
    {
        var passed = 0;
        foreach (var changed in _mutator.MutateLiterals(language, set.Text, _toolchains.Judge(language)?.Form.Opening ?? "").Take(MostLiterals))
        {
            var result = TestTogether(set with { Text = changed }, code, limits, cancellation);
            if (result.Outcome == GateOutcome.Failed && IsBuilt(result.Run))
            {
                return false;
            }

            passed += result.Outcome == GateOutcome.Passed ? 1 : 0;
        }

        return passed >= LeastLiterals;
    }

    private static string Controls(bool isRefused) => isRefused ? "an answer that is wrong on purpose fails them, too" : "no answer that is wrong on purpose could be made of it";

    private static bool IsBuilt(SandboxResult? run) => run is not null and not { Outcome: SandboxOutcome.Exited, ExitCode: ShellScript.BuildFailed };

    private SandboxResult Run(InstalledToolchain installed, Dictionary<string, byte[]> files, IReadOnlyList<string> command, SandboxLimits limits, CancellationToken cancellation, ReadOnlyMemory<byte> input = default) =>
        _sandbox!.Run(new SandboxJob { Input = input, Command = command, Files = files, Environment = installed.Toolchain.Environment, Readable = installed.Readable, Limits = limits }, cancellation);

    private static string Waits(SandboxResult run) => string.Create(CultureInfo.InvariantCulture, $"It {(run.WasStarved ? "got too little of a busy machine" : "waits for something that does not come")}: after {run.Wall.TotalSeconds:0.#} s it had used {run.Cpu.TotalSeconds:0.##} s of processor time.");

    private static GateReason Failure(CompiledProgram compiled) => compiled.Lacks == RowVerification.Time ? GateReason.TooLittleTime : GateReason.CompilerFailed;

    private static string? Lacks(SandboxResult run) => run is { Outcome: SandboxOutcome.Waited, WasStarved: true } ? RowVerification.Time : null;

    private static GateOutcome Refused(Toolchain toolchain, string messages) =>
        toolchain.Missing is { } missing && ProgramText.IsMatch(messages, missing) ? GateOutcome.Unknown : GateOutcome.Failed;

    // What running a set of tests showed, and whether the answer was in another process.
    private sealed record TestResult(GateResult Gate, bool IsApart = false);

    // A set of tests and what runs it.
    private sealed record TestRun(InstalledToolchain Installed, string Gate, string Text);
}
