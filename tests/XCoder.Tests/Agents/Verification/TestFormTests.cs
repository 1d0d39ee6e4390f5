using XCoder.Agents.Rows;
using XCoder.Agents.Verification;
using XCoder.Agents.Verification.Gates;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Text;
using XCoder.Tests.Agents.Verification.Sandbox;

namespace XCoder.Tests.Agents.Verification;

/// <summary>Tests in the forms of frameworks, tests that do not build, and what counts as a failed check.</summary>
public class TestFormTests(VerifierFixture fixture) : IClassFixture<VerifierFixture>
{
    private const string Add = "def add(a, b):\n    return a + b\n", Tests = "assert add(2, 3) == 5\nassert add(-1, 1) == 0\n", Others = "assert add(0, 7) == 7\nassert add(4, 4) == 8\n";

    [SandboxTheory]
    [InlineData("import unittest\nclass TestAdd(unittest.TestCase):\n    def test_add(self):\n        self.assertEqual(add(2, 3), 5)\n\nunittest.main()\n")]
    [InlineData("import pytest\nfrom solution import add\n\n@pytest.mark.parametrize('a, b, c', [(1, 2, 3), (0, 5, 5)])\ndef test_add(a, b, c):\n    assert add(a, b) == c\n\ndef test_text():\n    with pytest.raises(TypeError):\n        add(1, 'a')\n")]
    [InlineData("def test_add():\n    assert add(2, 3) == 5\n")]
    [InlineData("import my_module as m\nassert m.add(2, 3) == 5\n")]
    public void Verify_TestsOfAFramework_CountAsThoseAtTheTopLevel(string tests)
    {
        Assert.Equal(RowStatus.Verified, Verify("python", Add, tests, Others).Status);
        Assert.Equal(RowStatus.Failed, Verify("python", Add.Replace("+", "-", StringComparison.Ordinal), tests, Others).Status);
    }

    [Trait(FullRun.Category, FullRun.Heavy)]
    [ToolchainTheory("go", isQuick: true)]
    [InlineData("go", "func Add(a, b int) int { return a + b }", "package add\n\nimport (\n\t\"testing\"\n\n\t\"github.com/stretchr/testify/assert\"\n\t\"github.com/stretchr/testify/require\"\n)\n\nfunc TestAdd(t *testing.T) {\n\tfor _, c := range []struct{ a, b, sum int }{{1, 2, 3}, {0, 5, 5}} {\n\t\tt.Run(\"case\", func(t *testing.T) {\n\t\t\trequire.Equalf(t, c.sum, Add(c.a, c.b), \"of %d\", c.a)\n\t\t})\n\t}\n\tassert.NotZero(t, Add(1, 1))\n}\n", "import (\n\t\"testing\"\n\t\"github.com/stretchr/testify/assert\"\n)\nfunc TestMore(t *testing.T) {\n\tis := assert.New(t)\n\tis.Equal(7, Add(3, 4))\n\tis.Greater(Add(9, 1), 9, \"more\")\n}\n")]
    [InlineData("go", "package sums\n\nfunc Add(a, b int) int { return a + b }", "package sums_test\n\nimport (\n\t\"testing\"\n\n\t\"example.com/tools/sums\"\n\t\"github.com/google/go-cmp/cmp\"\n)\n\nfunc TestAdd(t *testing.T) {\n\tif diff := cmp.Diff([]int{5}, []int{sums.Add(2, 3)}); diff != \"\" {\n\t\tt.Error(diff)\n\t}\n}\n", "package main\n\nimport (\n\t\"testing\"\n\tcalc \"mymodule/sums\"\n\t\"math/rand\"\n)\n\nfunc TestMore(t *testing.T) {\n\tif calc.Add(4, 4) != 8 || rand.Intn(1) != 0 {\n\t\tt.Fatal(\"eight\")\n\t}\n}\n")]
    public void Verify_AssertionsOfAGoLibrary_CountAsChecks(string language, string code, string own, string others) => AssertChecks(language, code, own, others);

    [ToolchainTheory("java", isQuick: false)]
    [Trait(FullRun.Category, FullRun.Heavy)]
    [InlineData("java", "class Sums { static int add(int a, int b) { return a + b; } }", "import static org.assertj.core.api.Assertions.*;\nimport org.junit.jupiter.api.Test;\nclass SumsTest {\n  @Test void adds() { assertThat(Sums.add(2, 3)).as(\"five\").isEqualTo(5).isPositive(); }\n}\n", "import static org.assertj.core.api.Assertions.assertThat;\nclass Tests {\n  static void run() { assertThat(Sums.add(4, 4)).isEqualTo(8); assertThat(java.util.List.of(Sums.add(1, 1))).containsExactly(2); }\n}\n")]
    public void Verify_AssertionsOfAJavaLibrary_CountAsChecks(string language, string code, string own, string others) => AssertChecks(language, code, own, others);

    [Trait(FullRun.Category, FullRun.Heavy)]
    [SandboxTheory]
    [InlineData("csharp", "public static class Sums { public static int Add(int a, int b) => a + b; }", "using FluentAssertions;\nusing Xunit;\npublic class SumsTests\n{\n    [Theory]\n    [InlineData(2, 3, 5)]\n    [InlineData(0, 4, 4)]\n    public void Add_Adds(int a, int b, int sum) => Sums.Add(a, b).Should().Be(sum);\n}\n", "using Shouldly;\nSums.Add(4, 4).ShouldBe(8);\nSums.Add(1, 7).ShouldBeGreaterThan(7);\n")]
    public void Verify_AssertionsOfACSharpLibrary_CountAsChecks(string language, string code, string own, string others) => AssertChecks(language, code, own, others);

    [SandboxTheory]
    [InlineData("python", Add, "assert add(2, 3 == 5\n")]
    [InlineData("python", Add, "assert total([2, 3]) == 5\n")]
    [InlineData("python", Add, "import unittest\nclass TestAdd(unittest.TestCase):\n    pass\n")]
    [InlineData("javascript", "function add(a, b) { return a + b; }", "const assert = require('assert');\nassert.strictEqual(sum(2, 3), 5);")]
    [InlineData("c", "int add(int a, int b) { return a + b; }", "#include <assert.h>\nvoid run_tests(void) { assert(add(2) == 5); }")]
    public void Verify_TestsThatDoNotBuild_SayNothingOfTheAnswer(string language, string code, string tests)
    {
        var verdict = Verify(language, code, tests, tests);
        Assert.NotEqual(RowStatus.Failed, verdict.Status);
        Assert.NotEqual(RowStatus.Verified, verdict.Status);
    }

    [SandboxFact]
    public void Verify_AnswerThatLacksWhatTheTaskNames_FailsItsTests() =>
        Assert.Equal(RowStatus.Failed, Verify("python", "def plus(a, b):\n    return a + b\n", Tests, Others, "Write a function `add(a, b)` that gives the sum of two numbers.").Status);

    [SandboxFact]
    public void Verify_AnswerWithOtherParametersThanTheTask_FailsItsTests()
    {
        const string Three = "int add(int a, int b, int c) { return a + b + c; }", Tests = "#include <assert.h>\nvoid run_tests(void) { assert(add(2, 3) == 5); }", Main = "#include <assert.h>\nint main(void) { assert(add(4, 3) == 7); return 0; }";
        Assert.Equal(RowStatus.Failed, Verify("c", Three, Tests, Main, "Write `int add(int a, int b)`.").Status);
        Assert.NotEqual(RowStatus.Failed, Verify("c", Three, Tests, Main, "Add numbers.").Status);
    }

    [ToolchainTheory("java", isQuick: false)]
    [Trait(FullRun.Category, FullRun.Heavy)]
    [InlineData("java", "Write a class `Sums` with `public static int add(int a, int b)`.", "class Sums { static int add(int[] n) { return n[0] + n[1]; } }", "class Tests { static void run() { if (Sums.add(2, 3) != 5) throw new AssertionError(); } }", "class Tests { static void run() { if (Sums.add(4, 4) != 8) throw new AssertionError(); } }")]
    public void Verify_JavaAnswerWithOtherParametersThanTheTaskDeclares_FailsItsTests(string language, string task, string code, string own, string others) => AssertLacks(language, task, code, own, others);

    [Trait(FullRun.Category, FullRun.Heavy)]
    [SandboxTheory]
    [InlineData("csharp", "Write a class Sums with `public static int Add(int a, int b)`.", "public static class Sums { public static int Add(int[] n) => n[0] + n[1]; }", "static class Tests { public static void Run() { if (Sums.Add(2, 3) != 5) throw new System.Exception(); } }", "static class Tests { public static void Run() { if (Sums.Add(4, 4) != 8) throw new System.Exception(); } }")]
    public void Verify_CSharpAnswerWithOtherParametersThanTheTaskDeclares_FailsItsTests(string language, string task, string code, string own, string others) => AssertLacks(language, task, code, own, others);

    [SandboxTheory]
    [InlineData("first([5])\n", "first([1, 2])\n")]
    [InlineData("try:\n    assert first([5]) == 6\nexcept AssertionError:\n    pass\n", "print(first([1]) == 1)\n")]
    public void Verify_TestsThatCheckNothing_AreWeakThoughChangedCodeCrashes(string tests, string others) =>
        Assert.NotEqual(RowStatus.Verified, Verify("python", "def first(items):\n    return items[0]\n", tests, others).Status);

    // PHP ends with 255 where an exception is not caught, which is no signal. A closure keeps both in one process.
    [SandboxFact]
    public void Verify_ChecksOfALanguageWithItsOwnExitCode_FailChangedCode()
    {
        const string Code = "function apply(callable $f, int $n): int { return $f($n) + 1; }", Tests = "if (apply(fn($x) => $x * 2, 3) !== 7) { throw new Exception('seven'); }", Others = "if (apply(fn($x) => $x, 4) !== 5) { throw new Exception('five'); }";
        Assert.Equal(RowStatus.Verified, Verify("php", Code, Tests, Others).Status);
    }

    [SandboxFact]
    public void Verify_AnswerThatDeclaresTheFramework_IsNotVerified()
    {
        const string Code = "module Minitest\nend\ndef add(a, b)\n  a - b\nend\n", Tests = "require 'minitest/autorun'\nclass TestAdd < Minitest::Test\n  def test_add\n    assert_equal 5, add(2, 3)\n  end\nend\n";
        Assert.NotEqual(RowStatus.Verified, Verify("ruby", Code, Tests, Tests.Replace("TestAdd", "OtherTest", StringComparison.Ordinal)).Status);
    }

    [Theory]
    [InlineData("Here are the tests:\n```python\nassert add(1, 2) == 3\n```\n", "assert add(1, 2) == 3")]
    [InlineData("```python\nassert add(1, 2) == 3\n```", "assert add(1, 2) == 3")]
    [InlineData("text = '\n```\nx\n```\n'\n", "text = '\n```\nx\n```\n'")]
    [InlineData("assert add(1, 2) == 3", "assert add(1, 2) == 3")]
    public void Given_CodeOfAModel_IsWhatItsFencesHold(string text, string code) => Assert.Equal(code, CodeFence.Given(text).Trim('\n'));

    [Fact]
    public void Prepare_TestsInTheToolchainsForm_LeavesThem()
    {
        const string Go = "func runTests() { if add(1, 2) != 3 { panic(\"x\") } }";
        Assert.Equal(Tests, ToolchainCatalog.Open().Prepare("python", Add, Tests).Text);
        Assert.Equal(Go, ToolchainCatalog.Open().Prepare("go", "", Go).Text);
    }

    // Whether an assertion counts shows in one changed answer as in eight, each of which is built.
    private void AssertChecks(string language, string code, string own, string others)
    {
        using var verifier = new Verifier(LanguageCatalog.Open(), ToolchainCatalog.Open(), SandboxFactAttribute.Check, FullRun.IsWanted ? new VerifierOptions() : new VerifierOptions { Mutations = 2 });
        Assert.Equal(RowStatus.Verified, verifier.Verify(Case(language, code, own, others)).Status);
        Assert.Equal(RowStatus.Failed, verifier.Verify(Case(language, code.Replace("a + b", "a - b", StringComparison.Ordinal), own, others)).Status);
    }

    // The task declares what the tests call, and the answer something else.
    private void AssertLacks(string language, string task, string code, string own, string others)
    {
        Assert.Equal(RowStatus.Failed, Verify(language, code, own, others, task).Status);
        Assert.NotEqual(RowStatus.Failed, Verify(language, code, own, others, "Write a class Sums that adds.").Status);
    }

    private CodeVerdict Verify(string language, string code, string own, string independent, string task = "") =>
        fixture.Verifier.Verify(Case(language, code, own, independent, task));

    private static GateCase Case(string language, string code, string own, string independent, string task = "") =>
        new(language, code, new TestSets(own, independent), task, null, default);
}
