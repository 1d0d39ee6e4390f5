using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Compiling;
using XCoder.Agents.Verification.Gates;
using XCoder.Agents.Verification.Judging;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Languages;

namespace XCoder.Agents.Verification;

/// <summary>
/// Verifies responses with gates in order: the parser identifies the language, the compiler or checker reads the code without running it,
/// the tests run in the sandbox, changed code must fail them, and a translation must do the same as its source. Without isolation nothing
/// runs and nothing is verified. Safe for concurrent use.
/// </summary>
internal sealed class Verifier : IDisposable
{
    private readonly IReadOnlyList<IGate> _gates;
    private readonly ToolGate _tools;
    private readonly IReadOnlyList<IDisposable?> _owned;

    /// <summary>Creates a verifier.</summary>
    /// <param name="catalog">The languages' parsers.</param>
    /// <param name="toolchains">The toolchains that build and run code.</param>
    /// <param name="sandbox">Result of <see cref="SandboxCheck.Run"/>.</param>
    /// <param name="options">Limits and demands.</param>
    /// <param name="last">Further gates at the end of the list, from folders above this one. The caller disposes of them. Default
    /// none.</param>
    public Verifier(
        LanguageCatalog catalog, ToolchainCatalog toolchains, SandboxCheck sandbox, VerifierOptions options,
        IReadOnlyList<IGate>? last = null)
    {
        options.Limits.Validate();
        Sandbox = sandbox;
        var (compiler, parsers, mutator, known) =
            (new ProgramCompiler(options.Compiler), new ParserGate(catalog), new CodeMutator(catalog), TrickCatalog.Open());
        var (tricks, controls, installed) =
            (new TrickScanner(catalog, known), new ControlWriter(catalog, known), new ToolchainFinder(sandbox.Repositories));
        var runner = sandbox.Works ? new SandboxRunner(sandbox.Repositories) : null;
        var judge = runner is null ? null : new Judge(catalog, toolchains, runner, compiler);
        _owned = [parsers, mutator, tricks, controls, judge, runner, compiler];
        var tools = new ToolRunner(runner, compiler);
        var tests = new TestRunner(toolchains, tools, judge, tricks);
        _tools = new ToolGate(tools, toolchains, installed, sandbox);
        _gates =
        [
            new SyntaxGate(parsers, toolchains),
            _tools,
            new CheckGate(tools, options),
            new TestGate(tests, toolchains, installed, options),
            new MutationGate(tests, mutator, controls, toolchains, options),

            // The product passes one gate here: the differential gate of translations, whose folder depends on this one.
            .. last ?? [],
        ];
    }

    /// <summary>Tells whether programs can be isolated here.</summary>
    public SandboxCheck Sandbox { get; }

    /// <summary>Verifies code that needs nothing but the standard library.</summary>
    /// <param name="language">Language id that the code claims to be in.</param>
    /// <param name="code">The code to verify.</param>
    /// <param name="tests">The test sets; all must pass.</param>
    /// <param name="cancellation">Ends the verification.</param>
    public CodeVerdict Verify(string language, string code, TestSets tests, CancellationToken cancellation = default) =>
        Verify(new GateCase(language, code, tests, "", null, cancellation));

    /// <summary>Verifies an answer.</summary>
    /// <param name="answer">An answer that has not been through any gate.</param>
    internal CodeVerdict Verify(GateCase answer) => Verify(answer, _gates);

    /// <summary>Compiles an answer and runs its tests, without a look at how good these are.</summary>
    /// <param name="answer">An answer that has not been through any gate.</param>
    internal CodeVerdict Try(GateCase answer) => Verify(answer, _gates.TakeWhile(gate => gate is not MutationGate));

    private static CodeVerdict Verify(GateCase answer, IEnumerable<IGate> gates)
    {
        RowStatus? status = null;
        foreach (var gate in gates)
        {
            // A failed answer stays failed.
            if (status is null || (gate.IsAskedAnyway && status != RowStatus.Failed))
            {
                status = gate.Pass(answer) ?? status;
            }
        }

        return new CodeVerdict(status ?? RowStatus.Verified, answer.Results);
    }

    /// <summary>Whether this machine now has what a row lacked, so that another try is worthwhile.</summary>
    /// <param name="row">The row's verification.</param>
    /// <param name="language">Language id of the row's answer.</param>
    /// <param name="code">The code of the row's answer.</param>
    /// <param name="cancellation">Ends the check of the toolchain.</param>
    internal bool HasNow(RowVerification row, string language, string code, CancellationToken cancellation = default) =>
        row.Lacks is not null && _tools.Has(language, code, cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var owned in _owned)
        {
            owned?.Dispose();
        }
    }
}
