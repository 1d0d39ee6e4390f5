using XCoder.Agents.Rows;
using XCoder.Agents.Verification;
using XCoder.Agents.Verification.Gates;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Languages;
using XCoder.Tests.Agents.Verification.Sandbox;

namespace XCoder.Tests.Agents.Verification;

public class VerifierTests(VerifierFixture fixture) : IClassFixture<VerifierFixture>
{
    private const string Add = "def add(a, b):\n    if a == 0:\n        return b\n    return a + b\n";
    private const string OtherTests = "assert add(0, 7) == 7\nassert add(4, 2) == 6\n";
    private const string Tests = "assert add(2, 3) == 5\nassert add(-1, 1) == 0\n";

    public static TheoryData<string, RowStatus> Overloads
    {
        get
        {
            (string, RowStatus)[] all =
            [
                ("function repeat(value: string, times: number): string;\nfunction repeat<T>(value: T[], times: number): T[];\n", RowStatus.Verified),
                ("function repeat(value: string, times: number): string;\n", RowStatus.Unverifiable),
                ("function repeat(value: string, times: string): string;\nfunction repeat<T>(value: T[], times: string): T[];\n", RowStatus.Unverifiable),
            ];
            var data = new TheoryData<string, RowStatus>();
            foreach (var (overloads, expected) in all)
            {
                data.Add(overloads, expected);
            }

            return data;
        }
    }

    [SandboxFact]
    public void Verify_GoodCodeWithTests_IsVerifiedWithEvidence()
    {
        var verdict = fixture.Verifier.Verify("python", Add, new TestSets(Tests, OtherTests));
        Assert.Equal(RowStatus.Verified, verdict.Status);
        Assert.Equal(["parse", "check", "tests", "independent", "mutation"], verdict.Gates.Select(gate => gate.Gate));
        Assert.Matches(@"^tests: passed: .*python3 .*; exit code 0; \d+ ms$", verdict.ToRow().Evidence[2].ToString());
    }

    [SandboxFact]
    public void Verify_ASetThatFailsNoChangedCode_IsWeakThoughTheOtherDoes()
    {
        var verdict = fixture.Verifier.Verify("python", Add, new TestSets(Tests, "assert add(0, 7) == 7\n"));
        Assert.Equal((RowStatus.ParsedOnly, "mutation"), (verdict.Status, verdict.Gates[^1].Gate));
        Assert.Contains("independent", verdict.Gates[^1].Detail, StringComparison.Ordinal);
    }

    [SandboxFact]
    public void Verify_CodeInWhichNothingCanBeChanged_IsNotVerified()
    {
        using var trusting = new Verifier(LanguageCatalog.Open(), ToolchainCatalog.Open(), SandboxFactAttribute.Check, new VerifierOptions { NeedsIndependentTests = false });
        var verdict = trusting.Verify("python", "def same(a):\n    return a\n", new TestSets("assert same([]) == []\nassert same('x') == 'x'\n"));
        Assert.Equal((RowStatus.ParsedOnly, "mutation"), (verdict.Status, verdict.Gates[^1].Gate));
    }

    [SandboxFact]
    public void Verify_TestsOfItsAuthorAlone_IsNotVerifiedUnlessAskedFor()
    {
        var verdict = fixture.Verifier.Verify("python", Add, new TestSets(Tests));
        Assert.Equal((RowStatus.ParsedOnly, "independent", GateOutcome.Unknown), (verdict.Status, verdict.Gates[^1].Gate, verdict.Gates[^1].Outcome));
        Assert.Equal(RowStatus.ParsedOnly, fixture.Verifier.Verify("python", Add, new TestSets(null, Tests)).Status);

        using var trusting = new Verifier(LanguageCatalog.Open(), ToolchainCatalog.Open(), SandboxFactAttribute.Check, new VerifierOptions { NeedsIndependentTests = false });
        Assert.Equal(RowStatus.Verified, trusting.Verify("python", Add, new TestSets(Tests)).Status);
    }

    [SandboxFact]
    public void Verify_AgentsThatDisagree_IsNeitherVerifiedNorFailed()
    {
        var verdict = fixture.Verifier.Verify("python", Add, new TestSets(Tests, "assert add(2, 2) == 5\n"));
        Assert.Equal((RowStatus.ParsedOnly, "independent"), (verdict.Status, verdict.Failure!.Gate));
        Assert.Equal([GateOutcome.Passed, GateOutcome.Failed], verdict.Gates.Skip(2).Select(gate => gate.Outcome));

        // Also where the author's own tests are the wrong ones.
        Assert.Equal((RowStatus.ParsedOnly, "tests"), fixture.Verifier.Verify("python", Add, new TestSets("assert add(2, 2) == 5\n", Tests)) is var other ? (other.Status, other.Failure!.Gate) : default);
    }

    // Apart from its tests an answer in TypeScript is run without a look at types: what the tests mean of it must fit them all the same. That
    // tests do not build says nothing of the answer, though, where no task says what they may call.
    [Trait(FullRun.Category, FullRun.Heavy)]
    [SandboxTheory]
    [MemberData(nameof(Overloads))]
    public void Verify_TestsThatTypesForbid_DoNotBuild(string overloads, RowStatus expected)
    {
        const string Body = "function repeat(value: string | unknown[], times: any): unknown {\n  if (typeof value === \"string\") return value.repeat(times);\n  return Array.from({ length: times }, () => value).flat();\n}\n";
        const string TestsOfRepeat = "const list: number[] = repeat([1, 2], 3);\nif (list.join() !== \"1,2,1,2,1,2\" || repeat(\"ab\", 3) !== \"ababab\" || repeat([], 2).length !== 0) throw new Error(\"list\");\n", Others = "if (repeat(\"ab\", 2) !== \"abab\" || repeat([], 5).length !== 0) throw new Error(\"repeat\");\n";
        var verdict = fixture.Verifier.Verify("typescript", overloads + Body, new TestSets(TestsOfRepeat, Others));

        Assert.True(verdict.Status == expected || (verdict.Status == RowStatus.Unverifiable && InstalledToolchain.Find(ToolchainCatalog.Open().Toolchains.First(toolchain => toolchain.Language == "typescript"), out _) is null),
            string.Join(" | ", verdict.Gates.Select(gate => gate.ToEvidence())));
        Assert.Equal(expected == RowStatus.Unverifiable, verdict.Gates.Any(gate => gate.Reason == GateReason.NotBuilt));
    }

    [SandboxFact]
    public void Verify_WeakTestsBesideStrongOnes_IsNotVerified()
    {
        // An answer that is wrong on purpose must fail every set.
        var verdict = fixture.Verifier.Verify("python", Add, new TestSets("assert add\n", Tests));
        Assert.Equal((RowStatus.ParsedOnly, "mutation"), (verdict.Status, verdict.Failure!.Gate));
        Assert.Contains("tests pass an answer that is wrong on purpose", verdict.Failure.Detail, StringComparison.Ordinal);
    }

    [SandboxFact]
    public void Verify_GoodAnswerThatReachesTheTests_IsUnverifiableWithTheTrick()
    {
        // A function does not cross to another process.
        const string Apply = "def apply(f, a):\n    return f(a, a)\n", TestsOfApply = "assert apply(add, 2) == 4\n";
        var verdict = fixture.Verifier.Verify("python", "import atexit\n" + Add + Apply, new TestSets(Tests + TestsOfApply, OtherTests + TestsOfApply));
        Assert.Equal(RowStatus.Unverifiable, verdict.Status);
        Assert.Contains("in one process with the answer, which ends the program by 'atexit'", verdict.Gates[^1].Detail, StringComparison.Ordinal);
    }

    [SandboxFact]
    public void Verify_TestsOfDifferentModuleKinds_AreEachRunAsTheyAre() =>
        Assert.Equal(RowStatus.Verified, fixture.Verifier.Verify("javascript", "function add(a, b) { return a + b; }", new TestSets("const assert = require('assert');\nassert.strictEqual(add(2, 3), 5);", "import assert from 'node:assert';\nassert.strictEqual(add(-1, 1), 0);\nassert.strictEqual(add(2, 5), 7);")).Status);

    [SandboxTheory]
    [InlineData("import sys\nsys.exit(0)\n" + Add, Tests, "tests")]
    [InlineData("import os\nos._exit(0)\n" + Add, Tests, "tests")]
    [InlineData("def add(a, b):\n    return a - b\n", Tests, "tests")]
    [InlineData("def add(a, b):\n    return nothing\n", Tests, "tests")]
    [InlineData("def add(a, b)\n    return a + b\n", Tests, "parse")]
    [InlineData("package main\n\nfunc add(a int, b int) int {\n\treturn a + b\n}\n", Tests, "language")]
    [InlineData("", Tests, "parse")]
    public void Verify_BadCode_Fails(string code, string tests, string gate)
    {
        var verdict = fixture.Verifier.Verify("python", code, new TestSets(tests, OtherTests));
        Assert.Equal(RowStatus.Failed, verdict.Status);
        Assert.Equal(gate, verdict.Failure!.Gate);
    }

    [SandboxFact]
    public void Verify_CodeThatNeverEnds_Fails()
    {
        using var verifier = new Verifier(LanguageCatalog.Open(), ToolchainCatalog.Open(), SandboxFactAttribute.Check, new VerifierOptions { Limits = new SandboxLimits().WithTime(TimeSpan.FromSeconds(1)) with { Wall = TimeSpan.FromMinutes(2) } });
        var verdict = verifier.Verify("python", "def add(a, b):\n    while True: pass\n", new TestSets(Tests, OtherTests));
        Assert.Equal((RowStatus.Failed, SandboxOutcome.TimedOut), (verdict.Status, verdict.Failure!.Run!.Outcome));
    }

    [SandboxTheory]
    [InlineData("import numpy\n" + Add, Tests)]
    [InlineData("import mypackage.tools\n" + Add, Tests)]
    public void Verify_CodeThatNeedsWhatIsNotHere_IsUnverifiable(string code, string tests) => Assert.Equal(RowStatus.Unverifiable, fixture.Verifier.Verify("python", code, new TestSets(tests)).Status);

    [SandboxTheory]
    [InlineData("class A { Lst<int> x; }", RowStatus.Failed)]
    [InlineData("using System.Collections.Generic;\nclass A : Disposble { List<int> x; }", RowStatus.Failed)]
    [InlineData("class A { System.Text.StringBuildr x; }", RowStatus.Failed)]
    [InlineData("class A { global::Lst<int> x; }", RowStatus.Failed)]
    [InlineData("using Newtonsoft.Json.Linq;\nclass A { JObject x; }", RowStatus.Unverifiable)]
    [InlineData("using System.Reactive.Linq;\nclass A { int F() => 1 + \"a\"; }", RowStatus.Unverifiable)]
    [InlineData("using O = Newtonsoft.Json.Linq.JObject;\nclass A { O x; }", RowStatus.Unverifiable)]
    [InlineData("class A { Newtonsoft.Json.Linq.JObject x; }", RowStatus.Unverifiable)]
    [InlineData("class A { global::Newtonsoft.Json.Linq.JObject x; }", RowStatus.Unverifiable)]
    [InlineData("class A { System.Data.SqlClient.SqlConnection x; }", RowStatus.Unverifiable)]
    public void Verify_CSharpWithAnUnknownType_NeedsAPackageOnlyWhereItNamesANamespace(string code, RowStatus status) => Assert.Equal(status, fixture.Verifier.Verify("csharp", code, new TestSets(null)).Status);

    [SandboxTheory]
    [InlineData("")]
    [InlineData(null)]
    public void Verify_WithoutTests_IsParsedOnly(string? tests) => Assert.Equal(RowStatus.ParsedOnly, fixture.Verifier.Verify("python", Add, new TestSets(tests, tests)).Status);

    [SandboxTheory]
    [InlineData("assert add\n")]
    [InlineData("assert add(0, 0) == 0\n")]
    public void Verify_WeakTests_AreCalledSo(string tests)
    {
        var verdict = fixture.Verifier.Verify("python", Add, new TestSets(tests, tests));
        Assert.Equal(RowStatus.ParsedOnly, verdict.Status);
        Assert.Contains("weak", verdict.Failure!.Detail, StringComparison.Ordinal);
    }

    [SandboxFact]
    public void Verify_TestsWithoutTheirEntry_AreUnverifiable() => Assert.Equal(RowStatus.Unverifiable, fixture.Verifier.Verify("go", "func add(a, b int) int { return a + b }", new TestSets("func TestAdd(t *testing.T) {}", "func runTests() {}")).Status);

    [Theory]
    [InlineData("python", Add, Tests)]
    [InlineData("csharp", "static class M { public static int Add(int a, int b) => a + b; }", "static class Tests { public static void Run() { if (M.Add(1, 2) != 3) throw new Exception(); } }")]
    [InlineData("haskell", "add a b = a + b", "")]
    public void Verify_WithoutIsolation_IsNeverVerified(string language, string code, string tests)
    {
        using var verifier = new Verifier(LanguageCatalog.Open(), ToolchainCatalog.Open(), new SandboxCheck(false, "planted"), new VerifierOptions());
        var verdict = verifier.Verify(language, code, new TestSets(tests, tests));
        Assert.Equal(RowStatus.Unverifiable, verdict.Status);
        Assert.Contains("planted", string.Join('\n', verdict.ToRow().Evidence), StringComparison.Ordinal);
    }

    [Fact]
    public void Catalog_EveryToolchain_IsOfAKnownLanguageAndShowsTheSecret()
    {
        var languages = LanguageCatalog.Open().Languages.Select(language => language.Id).ToHashSet();
        Assert.All(ToolchainCatalog.Open().Toolchains, toolchain =>
        {
            Assert.Contains(toolchain.Language, languages);
            Assert.Contains("{secret}", toolchain.Tail, StringComparison.Ordinal);
            Assert.NotEmpty(toolchain.Guide);
        });
    }
}
