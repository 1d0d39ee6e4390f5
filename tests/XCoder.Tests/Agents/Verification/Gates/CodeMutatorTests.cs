using XCoder.Agents.Verification.Gates;
using XCoder.Analysis.Languages;
using Xunit;

namespace XCoder.Tests.Agents.Verification.Gates;

/// <summary>Statements that are left out of code in which no operator of mutation testing finds anything to change.</summary>
public class CodeMutatorTests
{
    [Theory]
    [InlineData("rust", "fn reverse(values: &mut [u8]) { values.reverse(); }", "fn reverse(values: &mut [u8]) {  }")]
    [InlineData("rust", "fn both(a: &mut [u8]) { a.sort(); a.reverse(); }", "fn both(a: &mut [u8]) {  a.reverse(); }", "fn both(a: &mut [u8]) { a.sort();  }")]
    [InlineData("java", "class A { void f(int[] a) { sort(a, 0); } }", "class A { void f(int[] a) {  } }")]
    [InlineData("c", "void f(int n) {\n    g(n);\n}", "void f(int n) {\n    \n}")]
    public void Mutate_OfCodeWithoutOperators_LeavesStatementsOut(string language, string code, params string[] expected)
    {
        using var mutator = new CodeMutator(LanguageCatalog.Open());
        Assert.Subset(mutator.Mutate(language, code, isSpare: true).ToHashSet(), new HashSet<string>(expected));
    }

    [Fact]
    public void Mutate_OfALoopOnOneLine_LeavesItsConditionIn()
    {
        using var mutator = new CodeMutator(LanguageCatalog.Open());
        Assert.DoesNotContain(mutator.Mutate("c", "void f(int n) { for (int i = 0; less(i, n); step(&i)) { g(i); } }", isSpare: true),
            changed => !changed.Contains("less(", StringComparison.Ordinal));
    }
}
