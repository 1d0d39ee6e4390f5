using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Differential;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Languages;
using XCoder.Tests.Agents.Verification.Sandbox;

namespace XCoder.Tests.Agents.Verification.Differential;

public class DifferentialTesterTests(DifferentialFixture fixture) : IClassFixture<DifferentialFixture>
{
    private const string Sum = "def total(nums: List[int]) -> int:\n    return sum(nums)\n";

    [SandboxTheory]
    [InlineData("javascript", "function total(nums) { let t = 0; for (let i = 1; i < nums.length; i++) t += nums[i]; return t; }")]
    [InlineData("javascript", "function total(nums) { let t = 0; for (const n of nums) t -= n; return t; }")]
    [InlineData("csharp", "static int total(int[] nums) { var t = 1; foreach (var n in nums) t += n; return t; }")]
    public void Compare_WrongSums_Differ(string language, string code)
    {
        var verdict = fixture.Tester.Compare(("python", Sum), (language, code), "row");
        Assert.Equal((GateOutcome.Failed, DifferenceKind.Value), (verdict.Outcome, verdict.Kind));
        Assert.Matches($@"^total\(\[.*\]\) gives -?\d+ in python, -?\d+ in {language}, the translation; ", verdict.Detail);
    }

    [SandboxFact]
    public void Compare_WholeAndRealDivision_Differ()
    {
        var verdict = fixture.Tester.Compare(("python", "def mean(a: int, b: int) -> int:\n    return (a + b) // 2\n"), ("javascript", "const mean = (a, b) => (a + b) / 2;"), "row");
        Assert.Equal((GateOutcome.Failed, DifferenceKind.Value), (verdict.Outcome, verdict.Kind));
        Assert.Contains(".5 in javascript", verdict.Detail, StringComparison.Ordinal);
    }

    [SandboxTheory]
    [InlineData(true, GateOutcome.Unknown)]
    [InlineData(false, GateOutcome.Failed)]
    public void Compare_RemaindersOfNegativeNumbers_Differ(bool isLenient, GateOutcome outcome)
    {
        using var tester = DifferentialFixture.New(new DifferentialOptions { IsLenient = isLenient });
        var verdict = tester.Compare(("python", "def wrap(i: int, n: int) -> int:\n    return i % (abs(n) + 1)\n"), ("javascript", "function wrap(i, n) { return i % (Math.abs(n) + 1); }"), "row");
        Assert.Matches(@"^wrap\(-\d+, .*negative", verdict.Detail);
        Assert.Equal((outcome, DifferenceKind.Domain), (verdict.Outcome, verdict.Kind));
    }

    [SandboxTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Compare_LengthsInUnitsAndInBytes_AreLeftOpen(bool isLenient)
    {
        using var tester = DifferentialFixture.New(new DifferentialOptions { IsLenient = isLenient });
        var verdict = tester.Compare(("javascript", "function width(s) { return s.length; }"), ("php", "function width(string $s): int { return strlen($s); }"), "row");
        Assert.Equal((GateOutcome.Unknown, DifferenceKind.Text), (verdict.Outcome, verdict.Kind));
        Assert.Contains("width(\"é\") gives 1 in javascript, 2 in php", verdict.Detail, StringComparison.Ordinal);
    }

    [SandboxFact]
    public void Compare_LengthsInPointsAndInUtf16_AreLeftOpenBeyondTheBmpAlone()
    {
        var verdict = fixture.Tester.Compare(("python", "def width(s: str) -> int:\n    return len(s)\n"), ("csharp", "static int Width(string s) => s.Length;"), "row");
        Assert.Equal((GateOutcome.Unknown, DifferenceKind.Text), (verdict.Outcome, verdict.Kind));
        Assert.Contains(@"width(""a\uD83D\uDE00b"") gives 3 in python, 4 in csharp", verdict.Detail, StringComparison.Ordinal);
    }

    [SandboxTheory]
    [Trait(FullRun.Category, FullRun.Heavy)]
    [InlineData(true, GateOutcome.Unknown)]
    [InlineData(false, GateOutcome.Failed)]
    public void Compare_LettersThatOneSideAloneRaises_DifferBeyondAscii(bool isLenient, GateOutcome outcome)
    {
        using var tester = DifferentialFixture.New(new DifferentialOptions { IsLenient = isLenient });
        var verdict = tester.Compare(("javascript", "function loud(s) { return s.toUpperCase(); }"), ("csharp", "static string Loud(string s) => new string(s.Select(c => c is >= 'a' and <= 'z' ? (char)(c - 32) : c).ToArray());"), "row");
        Assert.Equal((outcome, DifferenceKind.Text), (verdict.Outcome, verdict.Kind));
        Assert.Contains("loud(\"é\") gives \"É\" in javascript, \"é\" in csharp", verdict.Detail, StringComparison.Ordinal);
    }

    [SandboxFact]
    public void Compare_InPlaceAndCopy_Differ()
    {
        var verdict = fixture.Tester.Compare(("python", "def order(nums: List[int]) -> None:\n    nums.sort()\n"), ("javascript", "function order(nums) { return [...nums].sort((a, b) => a - b); }"), "row");
        Assert.Equal((GateOutcome.Failed, DifferenceKind.Argument), (verdict.Outcome, verdict.Kind));
    }

    [SandboxTheory]
    [InlineData("def total(nums: List[int]) -> int:\n    return helper(nums)\n", "leans on names that are not there")]
    [InlineData("def total(self, nums: List[int]) -> int:\n    return sum(nums) + self.offset\n", "leans on names that are not there")]
    [InlineData("import numpy\ndef total(nums: List[int]) -> int:\n    return numpy.sum(nums)\n", "does not build or run alone")]
    [InlineData("def total(root: Node) -> int:\n    return root.value\n", "no function with parameters that values are known for")]
    [InlineData("def total(nums: List[int]) -> int:\n    return 5\n", "too few or equal values", "function total(nums) { return 5; }")]
    [InlineData("def total(nums: List[int]) -> int:\n    print(sum(nums))\n", "too few or equal values", "function total(nums) { console.log(nums.length); }")]
    [InlineData("import random\ndef total(nums: List[int]) -> float:\n    return random.random()\n", "not deterministic")]
    public void Compare_WhatCannotBeJudged_IsUnknown(string code, string reason, string? other = null)
    {
        var verdict = fixture.Tester.Compare(("python", code), ("javascript", other ?? "function total(nums) { return nums.reduce((a, b) => a + b, 0); }"), "row");
        Assert.Equal((GateOutcome.Unknown, reason), (verdict.Outcome, verdict.ReasonText));
    }

    [SandboxTheory]
    [InlineData("process.exit(0);\nfunction total(nums) { return 0; }")]
    [InlineData("function total(nums) { process.exit(0); }")]
    [InlineData("function total(nums) { for (let i = 0; i < 40; i++) console.log(`= ${i} 6\\t[[]]\\n$`); process.exit(0); }")]
    [InlineData("function total(nums) { while (true) { } }")]
    public void Compare_CodeThatEndsTheProgramOrNeverEnds_DoesNotPass(string code)
    {
        using var tester = DifferentialFixture.New(new DifferentialOptions { CallSeconds = 1, Starts = 2 });
        Assert.NotEqual(GateOutcome.Passed, tester.Compare(("python", Sum), ("javascript", code), "row").Outcome);
    }

    [SandboxFact]
    public void Compare_AnEndlessTranslation_Differs()
    {
        using var tester = DifferentialFixture.New(new DifferentialOptions { CallSeconds = 1, Starts = 3 });
        var verdict = tester.Compare(("python", Sum), ("lua", "local function total(nums)\n  local i, t = 1, 0\n  while i <= #nums do\n    t = t + nums[i]\n  end\n  return t\nend"), "row");
        Assert.Equal((GateOutcome.Failed, DifferenceKind.Time), (verdict.Outcome, verdict.Kind));
    }

    [SandboxFact]
    public void Compare_SomeCallsThatEndTheProgram_LeavesTheOthers()
    {
        var verdict = fixture.Tester.Compare(("python", "import os\ndef half(n: int) -> int:\n    if n == 3:\n        os._exit(1)\n    return n * 2\n"), ("ruby", "def half(n)\n  n * 2\nend"), "row");
        Assert.Equal(GateOutcome.Passed, verdict.Outcome);
    }

    [SandboxFact]
    public void Compare_NumbersTooLargeForOneSide_AreReportedApart()
    {
        var verdict = fixture.Tester.Compare(("python", "def cube(n: int) -> int:\n    return n * n * n\n"), ("javascript", "function cube(n) { return Math.imul(Math.imul(n, n), n); }"), "row");
        Assert.Equal((GateOutcome.Passed, DifferenceKind.Overflow), (verdict.Outcome, verdict.Kind));
    }

    [SandboxFact]
    public void Compare_ErrorsWhereTheSourceGivesValues_DifferIfItsValuesAreMeant()
    {
        Assert.Equal((GateOutcome.Failed, DifferenceKind.Error), Of(("php", "function last(array $nums): int { return $nums[count($nums) - 1]; }"), "static int last(int[] nums) => nums[nums.Length];"));
        Assert.Equal((GateOutcome.Unknown, DifferenceKind.Domain), Of(("lua", "local function at(nums, i)\n  return nums[i + 1] or 0\nend"), "static int at(int[] nums, int i) => nums[i];"));

        (GateOutcome, DifferenceKind) Of((string, string) source, string target) => fixture.Tester.Compare(source, ("csharp", target), "row") is var verdict ? (verdict.Outcome, verdict.Kind) : default;
    }

    [SandboxFact]
    public void Compare_WithoutTypes_FindsThoseThatFit()
    {
        Assert.Equal(GateOutcome.Passed, fixture.Tester.Compare(("javascript", "function twice(s) { return s + s; }"), ("python", "def twice(s):\n    return s + s\n"), "row").Outcome);
        Assert.Equal(GateOutcome.Failed, fixture.Tester.Compare(("javascript", "function area(a, b) { return a * b; }"), ("lua", "local function area(a, b)\n  return a * b + 1\nend"), "row").Outcome);
    }

    // PHP sorts strings of digits as numbers: of what fits both, numbers are likelier meant.
    [SandboxFact]
    public void Compare_ListsOfUnsaidItems_TakesNumbers()
    {
        var verdict = fixture.Tester.Compare(("php", "function bubbleSort(array &$nums): void {\n    sort($nums);\n}"), ("javascript", "function bubbleSort(nums) {\n  nums.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));\n}"), "corpus");
        Assert.True(verdict.Outcome == GateOutcome.Passed, verdict.Detail);
    }

    // Few texts are numbers: more are made of those that the source accepts.
    [SandboxTheory]
    [Trait(FullRun.Category, FullRun.Heavy)]
    [InlineData("int.Parse(s)", GateOutcome.Passed)]
    [InlineData("s.Length > 6 ? 0 : int.Parse(s)", GateOutcome.Failed)]
    public void Compare_ASourceThatRefusesMostValues_IsCalledWithMoreThatItAccepts(string expression, GateOutcome outcome)
    {
        var verdict = fixture.Tester.Compare(("python", "def parse(s: str) -> int:\n    if not s or any(c not in \"0123456789\" for c in s):\n        raise ValueError(s)\n    return int(s)\n"), ("csharp", $"static long Parse(string s) => {expression.Replace("int.Parse", "(long)System.Numerics.BigInteger.Parse", StringComparison.Ordinal)};"), "row");
        Assert.True(outcome == verdict.Outcome, verdict.Detail);
    }

    [SandboxFact]
    public void Compare_TheSameSeed_MakesTheSameCalls()
    {
        var verdicts = Enumerable.Range(0, 2).Select(_ => fixture.Tester.Compare(("python", Sum), ("ruby", "def total(nums)\n  nums.sum + 1\nend"), "row")).ToList();
        Assert.Equal(verdicts[0], verdicts[1]);
    }

    [Fact]
    public void Compare_WithoutIsolation_RunsNothing()
    {
        using var tester = new DifferentialTester(LanguageCatalog.Open(), ToolchainCatalog.Open(), CallCatalog.Open(), new SandboxCheck(false, "planted"), new DifferentialOptions());
        var verdict = tester.Compare(("python", Sum), ("ruby", "def total(nums)\n  nums.sum\nend"), "row");
        Assert.Equal((GateOutcome.Unknown, false), (verdict.Outcome, verdict.IsLasting));
        Assert.Contains("planted", verdict.Detail, StringComparison.Ordinal);
    }
}
