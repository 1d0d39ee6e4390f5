using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Differential;
using XCoder.Analysis.Text;
using XCoder.Tests.Agents.Export;
using XCoder.Tests.Agents.Verification.Sandbox;

namespace XCoder.Tests.Agents.Verification.Differential;

/// <summary>Calls from documentation, doctests and tests come before invented ones, and calls leave defaults out.</summary>
public class ExampleInputTests(DifferentialFixture fixture) : IClassFixture<DifferentialFixture>
{
    // The translation is wrong for one text that no code names.
    private const string Source = "def tag(s: str) -> str:\n{0}    return s + \"!\"\n";
    private const string Target = "function tag(s) { return s === [\"zq\", \"xw\"].join(\"-\") ? \"\" : s + \"!\"; }";

    [SandboxTheory]
    [InlineData("", null, null, null, GateOutcome.Passed)]
    [InlineData("    \"\"\"Tags.\n\n    >>> tag(\"zq-xw\")\n    'zq-xw!'\n    \"\"\"\n", null, null, null, GateOutcome.Failed)]
    [InlineData("    # tag('zq-xw') gives 'zq-xw!'\n", null, null, null, GateOutcome.Failed)]
    [InlineData("", "For example, `tag(\"zq-xw\")` is `\"zq-xw!\"`.", null, null, GateOutcome.Failed)]
    [InlineData("", null, "test('marks', () => { expect(tag('zq-xw')).toBe('zq-xw!'); });", null, GateOutcome.Failed)]
    [InlineData("", null, null, "const word = `zq-xw`;\nassert.equal(tag(word), word + '!');", GateOutcome.Failed)]
    [InlineData("", null, "assert(tag(unknown)); tag('a' + 'b'); tag(); tag('a', 'b'); tag(f('zq-xw'));", null, GateOutcome.Passed)]
    public void Judge_ACallInDocumentationOrTests_IsMade(string documentation, string? instruction, string? tests, string? independent, GateOutcome outcome)
    {
        var row = SampleRows.Make(1, "python", "javascript") with
        {
            Instruction = $"Translate. {instruction}\n\n" + CodeFence.Around(Source.Replace("{0}", documentation, StringComparison.Ordinal), "python"), Response = CodeFence.Around(Target, "javascript"),
            Tests = tests, IndependentTests = independent,
        };
        var verdict = new TranslationGate(fixture.Tester).Judge(row);
        Assert.True(outcome == verdict.Outcome, verdict.Detail);
        Assert.Equal(outcome == GateOutcome.Failed, verdict.Detail.StartsWith("tag(\"zq-xw\") gives \"zq-xw!\" in python, \"\" in javascript", StringComparison.Ordinal));
    }

    // An empty list that documentation shows is no odd input.
    [SandboxTheory]
    [InlineData("", GateOutcome.Unknown)]
    [InlineData("    \"\"\"\n    >>> best([])\n    0\n    \"\"\"\n", GateOutcome.Failed)]
    public void Compare_AnOddInputThatIsDocumented_IsMeant(string documentation, GateOutcome outcome)
    {
        using var tester = DifferentialFixture.New(new DifferentialOptions { IsLenient = true });
        var verdict = tester.Compare(("python", $"def best(nums: list[int]) -> int:\n{documentation}    return max(nums) if nums else 0\n"), ("javascript", "function best(nums) { return nums.length ? Math.max(...nums) : -1; }"), "row");
        Assert.True(outcome == verdict.Outcome, verdict.Detail);
    }

    [SandboxTheory]
    [InlineData("javascript", "function pad(s, n = 3, c = '-') { return c.repeat(Math.max(n, 0)) + s; }")]
    [InlineData("lua", "local function pad(s, n, c)\n  return c:rep(n) .. s\nend", false)]
    public void Compare_Defaults_AreLeftOut(string language, string code, bool hasDefaults = true)
    {
        const string source = "def pad(s: str, n: int = 3, c: str = \"-\") -> str:\n    return c * n + s\n";
        var same = fixture.Tester.Compare(("python", source), (language, code), "row");
        Assert.True(same.Outcome == GateOutcome.Passed, same.Detail);
        if (hasDefaults)
        {
            foreach (var changed in new[] { code.Replace("= 3", "= 4", StringComparison.Ordinal), code.Replace("c = '-'", "c = '_'", StringComparison.Ordinal).Replace("= \"-\"", "= \"_\"", StringComparison.Ordinal).Replace("$c = '-'", "$c = '_'", StringComparison.Ordinal) })
            {
                Assert.NotEqual(code, changed);
                var verdict = fixture.Tester.Compare(("python", source), (language, changed), "row");
                Assert.True(verdict.Outcome == GateOutcome.Failed, verdict.Detail);
                Assert.Matches(@"^pad\(""[^""]*""(, -?\d+)?\) gives ", verdict.Detail);
            }
        }
    }

    [SandboxTheory]
    [Trait(FullRun.Category, FullRun.Heavy)]
    [InlineData("ruby", "def pad(s, n = 3, c = '-')\n  c * [n, 0].max + s\nend")]
    [InlineData("php", "function pad(string $s, int $n = 3, string $c = '-'): string { return str_repeat($c, max($n, 0)) . $s; }")]
    [InlineData("typescript", "function pad(s: string, n: number = 3, c: string = \"-\"): string { return c.repeat(Math.max(n, 0)) + s; }")]
    [InlineData("csharp", "static string Pad(string s, int n = 3, string c = \"-\") => string.Concat(Enumerable.Repeat(c, Math.Max(n, 0))) + s;")]
    [InlineData("cpp", "std::string pad(const std::string& s, int n = 3, const std::string& c = \"-\") { std::string r; for (int i = 0; i < n; i++) r += c; return r + s; }")]
    [InlineData("java", "static String pad(String s, int n, String c) { return c.repeat(Math.max(n, 0)) + s; }", false)]
    public void Compare_DefaultsOfOtherLanguages_AreLeftOut(string language, string code, bool hasDefaults = true) => Compare_Defaults_AreLeftOut(language, code, hasDefaults);

    // Neither side names types: examples tell them, and that the words are text.
    [SandboxFact]
    public void Compare_WithoutTypes_TakesThoseOfExamples()
    {
        var verdict = fixture.Tester.Compare(("ruby", "def glue(words, marks, sep)\n  words.join(sep) + marks.join\nend"), ("javascript", "// glue([\"a\", \"b\"], ['!'], \", \")\nfunction glue(words, marks, sep) { return words.join(sep) + marks.join(''); }"), "row");
        Assert.True(verdict.Outcome == GateOutcome.Passed, verdict.Detail);
        Assert.Equal(GateOutcome.Failed, fixture.Tester.Compare(("ruby", "def glue(words, sep)\n  words.join(sep)\nend"), ("lua", "local function glue(words, sep)\n  return table.concat(words, sep) .. sep\nend"), "row").Outcome);
    }

    // A lower bound and a search from the left differ on lists that are not sorted, for which neither is written.
    [SandboxTheory]
    [Trait(FullRun.Category, FullRun.Heavy)]
    [InlineData("# Wrong: search([5, 2, 9], 5)", null, GateOutcome.Unknown)]
    [InlineData("# Raises:\n    #     ValueError: search([5, 2, 9], 5)", null, GateOutcome.Unknown)]
    [InlineData("# nums = [5, 2, 9]\n    # search(nums, 5)", null, GateOutcome.Unknown)]
    [InlineData("", "const arr = [5, 2, 9];\narr.sort();\nassert.equal(search(arr, 5), 1);", GateOutcome.Unknown)]
    [InlineData("", "assert.throws(() => search([5, 2, 9], 5));", GateOutcome.Unknown)]
    public void Compare_OtherCallsThatAreNoEvidence_LeaveADifferenceOpen(string documentation, string? tests, GateOutcome outcome) => Compare_ACallThatIsNoEvidence_LeavesADifferenceOpen(documentation, tests, outcome);

    [SandboxTheory]
    [InlineData("# search([5, 2, 9], 5) is 0", null, GateOutcome.Failed)]
    [InlineData("# Without [5, 2, 9].", null, GateOutcome.Unknown)]
    [InlineData("# nums = [5, 2, 9]\n    # nums.append(1)\n    # search(nums, 5)", null, GateOutcome.Unknown)]
    [InlineData("", "const arr = [5, 2, 9];\nassert.equal(search(arr, 5), 0);", GateOutcome.Unknown)]
    [InlineData("", "expect(search([5, 2, 9], 5)).toBe(0); index.search([7, 2, 9], 7);", GateOutcome.Unknown)]
    public void Compare_ACallThatIsNoEvidence_LeavesADifferenceOpen(string documentation, string? tests, GateOutcome outcome)
    {
        using var tester = DifferentialFixture.New(new DifferentialOptions { IsLenient = true });
        var source = "def search(nums: list[int], x: int) -> int:\n    " + documentation + "\n    low, high = 0, len(nums)\n    while low < high:\n        mid = (low + high) // 2\n        if nums[mid] < x:\n            low = mid + 1\n        else:\n            high = mid\n    return low if low < len(nums) and nums[low] == x else -1\n";
        var verdict = tester.Compare(("python", source), ("javascript", "function search(nums, x) { return nums.indexOf(x); }"), "row", tests is null ? null : [("javascript", tests)]);
        Assert.True(outcome == verdict.Outcome, verdict.Detail);
    }

    // Python makes a default once, so that later calls see what earlier ones left in it.
    [SandboxTheory]
    [InlineData("acc=[]", "javascript", "function collect(x, acc = []) { acc.push(x); return acc; }", GateOutcome.Passed)]
    [InlineData("acc: list[int] = []", "ruby", "def collect(x, acc = [])\n  acc << x\n  acc\nend", GateOutcome.Passed)]
    [InlineData("acc: list[int] = []", "php", "function collect(int $x, array $acc = []): array { $acc[] = $x; return $acc; }", GateOutcome.Passed)]
    [InlineData("acc: list[int] = list()", "javascript", "function collect(x, acc = new Array()) { acc.push(x); return acc; }", GateOutcome.Passed)]
    [InlineData("acc=[]", "javascript", "function collect(x) { return [x]; }", GateOutcome.Unknown)]
    public void Compare_ADefaultThatCallsShare_DoesNotFailATranslation(string parameter, string language, string code, GateOutcome outcome)
    {
        var verdict = fixture.Tester.Compare(("python", $"def collect(x: int, {parameter}) -> list[int]:\n    acc.append(x)\n    return acc\n"), (language, code), "row");
        Assert.True(outcome == verdict.Outcome, verdict.Detail);
    }
}
