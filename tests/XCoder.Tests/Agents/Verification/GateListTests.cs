using XCoder.Agents.Rows;
using XCoder.Agents.Verification;
using XCoder.Agents.Verification.Gates;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Languages;
using XCoder.Tests.Agents.Verification.Sandbox;

namespace XCoder.Tests.Agents.Verification;

/// <summary>Another gate is a class and an entry of the list.</summary>
public class GateListTests
{
    private const string Add = "def add(a, b):\n    if a == 0:\n        return b\n    return a + b\n";
    private static readonly TestSets Tests = new("assert add(2, 3) == 5\nassert add(-1, 1) == 0\n", "assert add(0, 7) == 7\nassert add(4, 2) == 6\n");

    [SandboxFact]
    public void Verify_WithAToyGate_AsksItAfterTheOthers()
    {
        var verdict = Verify(SandboxFactAttribute.Check, new ToyGate(RowStatus.ParsedOnly), Add);
        Assert.Equal(RowStatus.ParsedOnly, verdict.Status);
        Assert.Equal(["parse", "check", "tests", "independent", "mutation", "toy"], verdict.Gates.Select(gate => gate.Gate));
        Assert.Equal(RowStatus.Verified, Verify(SandboxFactAttribute.Check, new ToyGate(null), Add).Status);
    }

    [Theory]
    [InlineData(false, RowStatus.Verified, RowStatus.Unverifiable, false)]
    [InlineData(true, RowStatus.Verified, RowStatus.Verified, true)]
    [InlineData(true, RowStatus.Failed, RowStatus.Failed, true)]
    [InlineData(true, null, RowStatus.Unverifiable, true)]
    public void Verify_WithoutIsolation_AsksOnlyGatesThatAreAskedAnyway(bool isAskedAnyway, RowStatus? says, RowStatus expected, bool isAsked)
    {
        var verdict = Verify(new SandboxCheck(false, "planted"), new ToyGate(says, isAskedAnyway), Add);
        Assert.Equal((expected, isAsked), (verdict.Status, verdict.Gates.Any(gate => gate.Gate == "toy")));
    }

    [Fact]
    public void Verify_RefusedCode_AsksNoFurtherGate()
    {
        var verdict = Verify(new SandboxCheck(false, "planted"), new ToyGate(RowStatus.Verified, isAskedAnyway: true), "def add(a, b:\n");
        Assert.Equal((RowStatus.Failed, false), (verdict.Status, verdict.Gates.Any(gate => gate.Gate == "toy")));
    }

    private static CodeVerdict Verify(SandboxCheck sandbox, ToyGate toy, string code)
    {
        using var verifier = new Verifier(LanguageCatalog.Open(), ToolchainCatalog.Open(), sandbox, new VerifierOptions(), [toy]);
        return verifier.Verify("python", code, Tests);
    }

    private sealed class ToyGate(RowStatus? says, bool isAskedAnyway = false) : IGate
    {
        public bool IsAskedAnyway => isAskedAnyway;

        public RowStatus? Pass(GateCase answer)
        {
            answer.Results.Add(new GateResult("toy", GateOutcome.Passed, null, "It is a toy."));
            return says;
        }
    }
}
