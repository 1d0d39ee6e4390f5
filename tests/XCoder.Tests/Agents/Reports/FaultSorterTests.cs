using System.Text.Json;
using XCoder.Agents.Reports;
using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Gates;
using XCoder.Tests.Agents.Export;
using XCoder.Tests.Agents.Verification;
using XCoder.Tests.Agents.Verification.Sandbox;

namespace XCoder.Tests.Agents.Reports;

/// <summary>Failures by kind: what toolchains said, as recorded in <c>failures.json</c>, and what they say here.</summary>
public class FaultSorterTests(TrustingVerifierFixture fixture) : IClassFixture<TrustingVerifierFixture>
{
    private readonly FaultSorter _sorter = new();

    [Fact]
    public void KindOf_RecordedMessages_IsTheirKind()
    {
        using var recorded = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestPaths.Root, "tests", "XCoder.Tests", "Agents", "Reports", "failures.json")));
        var cases = recorded.RootElement.EnumerateArray().Select(item => (Name: Text(item, "name"), Kind: Text(item, "kind"), Found: _sorter.KindOf(Failed(Text(item, "evidence"))))).ToList();
        Assert.Empty(cases.Where(item => item.Kind != item.Found).Select(item => $"{item.Name} is {item.Kind}, sorted as {item.Found}"));
        Assert.Equal(["api", "compile", "runtime", "time", "type", "wrong-value"], cases.Select(item => item.Kind).Distinct().Order(StringComparer.Ordinal));

        static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;
    }

    [SandboxTheory]
    [InlineData("python", "def add(a, b)\n    return a + b\n", "assert add(2, 3) == 5\n", "compile")]
    [InlineData("python", "package main\n\nfunc add(a int, b int) int {\n\treturn a + b\n}\n", "assert add(2, 3) == 5\n", "language")]
    [InlineData("python", "def add(a, b):\n    return a.plus(b)\n", "assert add(2, 3) == 5\n", "api")]
    [InlineData("javascript", "function add(a, b) { return a - b; }\n", "const assert = require('assert');\nassert.strictEqual(add(2, 3), 5);\n", "wrong-value")]
    [InlineData("javascript", "function add(a, b) { return BigInt(a) + b; }\n", "const assert = require('assert');\nassert.strictEqual(add(2, 3), 5);\n", "type")]
    [InlineData("bash", "add() { echo $(($1 - $2)); }\n", "[ \"$(add 2 3)\" = 5 ] || exit 1\n", "wrong-value")]
    [InlineData("csharp", "static class Adding { public static int Add(int a, int b) => a.Plus(b); }\n", SharpTests, "api")]
    [InlineData("csharp", "static class Adding { public static int Add(int a, int b) => \"x\" + b; }\n", SharpTests, "type")]
    public void KindOf_WhatAToolchainSaysHere_IsItsKind(string language, string code, string tests, string kind)
    {
        var verdict = fixture.Verifier.Verify(new GateCase(language, code, new TestSets(tests), "Write Add, or add where names begin with small letters.", null, default));
        var row = SampleRows.Make(1) with { Verification = verdict.ToRow() };
        Assert.Equal((RowStatus.Failed, kind), (verdict.Status, _sorter.KindOf(row) ?? string.Join('\n', row.Verification.Evidence)));
    }

    [SandboxTheory]
    [Trait(FullRun.Category, FullRun.Heavy)]
    [InlineData("csharp", "static class Adding { public static int Add(int a, int b) => a + ; }\n", SharpTests, "compile")]
    [InlineData("csharp", "static class Adding { public static int Sum(int a, int b) => a + b; }\n", SharpTests, "api")]
    [InlineData("csharp", "static class Adding { public static int Add(int a, int b) => a - b; }\n", SharpTests, "wrong-value")]
    [InlineData("csharp", "static class Adding { public static int Add(int a, int b) => (new int[a])[b]; }\n", SharpTests, "runtime")]
    public void KindOf_WhatTheCompilerOfCSharpSays_IsItsKind(string language, string code, string tests, string kind) =>
        KindOf_WhatAToolchainSaysHere_IsItsKind(language, code, tests, kind);

    [Theory]
    [InlineData("The loop is not idiomatic Go.", "idiom")]
    [InlineData("Unidiomatic: indexes where iterators would do", "idiom")]
    [InlineData("It reads as a line-by-line translation of Java.", "idiom")]
    [InlineData("The sum is off by one.", null)]
    [InlineData("The idiomatic loop is off by one.", null)]
    public void KindOf_WhatACritiqueRefuses_IsIdiomWhereItSaysSo(string fault, string? kind)
    {
        var row = SampleRows.Make(1, verdict: Verdict.Reject);
        Assert.Equal(kind, _sorter.KindOf(row with { Critique = row.Critique with { Faults = ["Too long.", fault] } }));
        Assert.Null(_sorter.KindOf(row with { Critique = row.Critique with { Verdict = Verdict.Accept, Faults = [fault] } }));
    }

    [Fact]
    public void KindOf_AFailedGate_ComesBeforeTheCritique() =>
        Assert.Equal("compile", _sorter.KindOf(SampleRows.Make(1) with
        {
            Verification = new RowVerification(RowStatus.Failed, [EvidenceMigration.Read("parse: failed: The Go parser finds a syntax error.")]),
            Critique = new RowCritique { Verdict = Verdict.Reject, Scores = new Dictionary<string, double>(), Faults = ["not idiomatic"] },
        }));

    [Fact]
    public void KindOf_ParserAndCompilerThatRefuse_IsTheCompilers() => Assert.Equal("type", _sorter.KindOf(SampleRows.Make(1) with
    {
        Verification = new RowVerification(RowStatus.Failed, [EvidenceMigration.Read("parse: failed: The Go parser finds a syntax error."), EvidenceMigration.Read("check: failed: Go refuses it; /usr/bin/go build /code/main.go; exit code 2; 46 ms; # command-line-arguments\n/code/main.go:4:9: cannot use \"x\" (untyped string constant) as int value in return statement")]),
    }));

    [Fact]
    public void KindOf_TheFirstMessage_Decides() =>
        Assert.Equal("type", _sorter.KindOf(Failed("check: failed: Rust refuses it; rustc; exit code 1; 9 ms; error[E0308]: mismatched types\n\nerror[E0425]: cannot find function `plus` in this scope")));

    [Fact]
    public void KindOf_ALongHostileMessage_IsSortedInNoTime()
    {
        var text = string.Concat(Enumerable.Repeat("error: not idiomatic aaaa (TypeError undefined method ", 40_000));
        Assert.NotNull(_sorter.KindOf(Failed("tests: failed: They fail.; x; exit code 1; 3 ms; " + text)));
        Assert.NotNull(_sorter.KindOf(Failed("check: failed: X refuses it; x; exit code 1; 3 ms; " + text)));
    }

    [Fact]
    public void KindOf_PassedRows_IsNone() => Assert.Null(_sorter.KindOf(SampleRows.Make(1)));

    private const string SharpTests = "static class Tests { public static void Run() { if (Adding.Add(2, 3) != 5) throw new System.Exception(\"wrong\"); } }\n";

    private static InstructionRow Failed(string evidence) => SampleRows.Make(1) with { Verification = new RowVerification(RowStatus.Failed, [EvidenceMigration.Read(evidence)]) };
}
