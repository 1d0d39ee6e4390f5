using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Compiling;
using XCoder.Agents.Verification.Gates;
using XCoder.Agents.Verification.Judging;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Languages;

namespace XCoder.Agents.Verification;

/// <summary>
/// Verifies responses by gates in order: the parser tells the language, the compiler or checker reads the code without running
/// it, the tests run in the sandbox, changed code must fail them, and a translation must do what its source does. Without isolation
/// nothing runs and nothing is verified.
/// Safe for concurrent use.
/// </summary>
internal sealed class Verifier : IDisposable
{
    private readonly IReadOnlyList<IGate> _gates;
    private readonly ToolGate _tools;
    private readonly IReadOnlyList<IDisposable?> _owned;

    /// <summary>A verifier.</summary>
    /// <param name="catalog">The parsers.</param>
    /// <param name="toolchains">The toolchains.</param>
    /// <param name="sandbox">What <see cref="SandboxCheck.Run"/> found.</param>
    /// <param name="options">Limits.</param>
    /// <param name="last">The last entries of the list: gates of folders above this one. The verifier does not dispose of them. Default
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
        var tests = new TestRunner(tools, judge, tricks);
        _tools = new ToolGate(tools, toolchains, installed, sandbox);
        _gates =
        [
            new SyntaxGate(parsers, toolchains),
            _tools,
            new CheckGate(tools, options),
            new TestGate(tests, toolchains, installed, options),
            new MutationGate(tests, mutator, controls, toolchains, options),

            // In the product one: the differential gate of translations, whose folder stands above this one.
            .. last ?? [],
        ];
    }

    /// <summary>Whether programs can be isolated here.</summary>
    public SandboxCheck Sandbox { get; }

    /// <summary>Verifies code that is meant to run with the standard library alone.</summary>
    /// <param name="language">Language id that it claims to be in.</param>
    /// <param name="code">The code.</param>
    /// <param name="tests">Sets of tests; all must pass.</param>
    /// <param name="cancellation">Ends it.</param>
    public CodeVerdict Verify(string language, string code, TestSets tests, CancellationToken cancellation = default) =>
        Verify(new GateCase(language, code, tests, null, cancellation));

    /// <summary>Verifies an answer.</summary>
    /// <param name="answer">An answer that has been through no gate.</param>
    internal CodeVerdict Verify(GateCase answer)
    {
        RowStatus? status = null;
        foreach (var gate in _gates)
        {
            // What was refused stays refused.
            if (status is null || (gate.IsAskedAnyway && status != RowStatus.Failed))
            {
                status = gate.Pass(answer) ?? status;
            }
        }

        return new CodeVerdict(status ?? RowStatus.Verified, answer.Results);
    }

    /// <summary>Whether what a row lacked is here now, so that it is worth trying again.</summary>
    /// <param name="row">The row's verdict.</param>
    /// <param name="language">Language id.</param>
    /// <param name="code">The code.</param>
    /// <param name="cancellation">Ends it.</param>
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
