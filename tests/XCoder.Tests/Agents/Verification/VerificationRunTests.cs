using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Agents.Verification;
using XCoder.Agents.Verification.Gates;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Languages;
using XCoder.Tests.Agents.Export;
using XCoder.Tests.Agents.Verification.Sandbox;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Agents.Verification;

/// <summary>What a machine lacks says nothing of a row for good.</summary>
public sealed class VerificationRunTests : IDisposable
{
    private static readonly SandboxCheck None = new(false, "planted"), Late = None with { WasLate = true };

    private readonly TemporaryFolder _folder = new();
    private readonly LanguageCatalog _catalog = LanguageCatalog.Open();

    public VerificationRunTests()
    {
        var row = SampleRows.Make(1, target: "python") with
        {
            Dataset = RowKind.Discussion.Dataset,
            Task = RowTask.Instruction,
            SourceLanguage = "python",
            Response = "```python\ndef add(a, b):\n    return a + b\n```",
            Tests = "assert add(2, 3) == 5\n",
            IndependentTests = "assert add(1, 1) == 2\n",
        };
        SampleRows.Store(_folder.Root, [row with { Id = RowId.Of(row) }]);
    }

    public void Dispose() => _folder.Dispose();

    [SandboxFact]
    public void Run_OfARowThatLackedIsolation_TriesItAgainOnceThereIsSome()
    {
        Assert.Equal(1, Run(None).Verified);
        Assert.Equal((RowStatus.Unverifiable, RowVerification.Isolation), (Stored().Status, Stored().Lacks));
        Assert.Equal((0, 1), Run(None) is var second ? (second.Verified, second.Before) : default);
        Assert.Equal(1, Run(SandboxFactAttribute.Check).Verified);
        Assert.Equal((RowStatus.Verified, null), (Stored().Status, Stored().Lacks));
        Assert.Equal(0, Run(SandboxFactAttribute.Check).Verified);
    }

    [SandboxFact]
    public void Run_OnAMachineTooBusyToTell_StoresNothing()
    {
        var before = Stored();
        Assert.Equal(1, Run(Late).Verified);
        Assert.Equal(before.Evidence, Stored().Evidence);
        Assert.Equal(1, Run(SandboxFactAttribute.Check).Verified);
        Assert.Equal(RowStatus.Verified, Stored().Status);
    }

    [SandboxFact]
    public void Verify_CodeThatWaits_IsUnverifiable()
    {
        using var verifier = new Verifier(_catalog, ToolchainCatalog.Open(), SandboxFactAttribute.Check, new VerifierOptions { Limits = new SandboxLimits { Wall = TimeSpan.FromSeconds(2) } });
        var verdict = verifier.Verify("python", "import time\ndef add(a, b):\n    time.sleep(1000)\n", new TestSets("assert add(2, 3) == 5\n"));
        Assert.Equal((RowStatus.Unverifiable, SandboxOutcome.Waited), (verdict.Status, verdict.Gates[^1].Run!.Outcome));
        Assert.Contains("waits for something", verdict.Gates[^1].Detail, StringComparison.Ordinal);
    }

    private VerificationSummary Run(SandboxCheck check)
    {
        using var store = GenerationStore.Open(_folder.Root);
        using var verifier = new Verifier(_catalog, ToolchainCatalog.Open(), check, new VerifierOptions());
        var step = new VerificationStep(verifier, 1, again: false);
        new RowPass(store, [step]).RunAsync(null).GetAwaiter().GetResult();
        return step.Summary;
    }

    private RowVerification Stored()
    {
        using var store = GenerationStore.Open(_folder.Root);
        return store.Rows(new RowSelection(null)).Single().Verification;
    }
}
