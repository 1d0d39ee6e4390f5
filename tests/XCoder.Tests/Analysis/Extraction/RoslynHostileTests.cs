using System.Text;
using XCoder.Analysis.Extraction.Roslyn;
using XCoder.Analysis.Model;
using Xunit;
using static XCoder.Tests.Analysis.Extraction.RoslynExtraction;

namespace XCoder.Tests.Analysis.Extraction;

public class RoslynHostileTests
{
    [Theory]
    [InlineData("(", "1", ")", 10_000)]
    [InlineData("(", "1", ")", 3_000)]
    [InlineData("", "1", ")", 10_000)]
    [InlineData("(", "", "", 10_000)]
    [InlineData("a+", "a", "", 100_000)]
    [InlineData("a.b", "c", "", 10_000)]
    [InlineData("() => ", "1", "", 10_000)]
    [InlineData("System.Threading.Tasks.Task.Run(() => ", "1", ")", 30)]
    [InlineData("$\"{", "1", "}\"", 2_000)]
    [InlineData("default(A<", "int", ">)", 3_000)]
    [InlineData("A<", "int", ">", 10_000)]
    [InlineData("new int[", "1", "]", 3_000)]
    [InlineData("!", "true", "", 10_000)]
    [InlineData("1 switch { _ => ", "1", "}", 3_000)]
    public void Extract_DeepExpression_KeepsTheProcessAlive(string open, string middle, string close, int depth) =>
        AssertSurvives($"class C {{ void M(int a) {{ var x = {Repeat(open, depth)}{middle}{Repeat(close, depth)}; }} }}");

    [Theory]
    [InlineData("{", "}", 10_000)]
    [InlineData("{", "}", 3_000)]
    [InlineData("void F() {", "}", 3_000)]
    [InlineData("if (true) ", ";", 10_000)]
    public void Extract_DeepStatement_KeepsTheProcessAlive(string open, string close, int depth) =>
        AssertSurvives($"class C {{ void M() {{ {Repeat(open, depth)}{Repeat(close, depth)} }} }}");

    [Theory]
    [InlineData("class A { ", "} ", 3_000)]
    [InlineData("namespace A { ", "} ", 3_000)]
    [InlineData("#if A\n", "#endif\n", 3_000)]
    [InlineData("[A]", "class C { }", 1)]
    public void Extract_DeepDeclaration_KeepsTheProcessAlive(string open, string close, int depth) =>
        AssertSurvives(Repeat(open, depth) + Repeat(close, depth));

    [Theory]
    [InlineData('!')]
    [InlineData('(')]
    public void Extract_DeepDirective_Fails(char sign)
    {
        var file = Extract([File($"#if {new string(sign, 1_000_000)}A\nclass C {{ }}\n#endif")])[0];

        Assert.Equal(RoslynOutcome.Failed, file.Outcome);
        Assert.Contains(sign == '(' ? "brackets" : "operators", file.Detail!, StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_ManyRanks_KeepsTheProcessAlive() => AssertSurvives($"class C {{ void M(int{Repeat("[]", 20_000)} x) {{ }} }}");

    [Fact]
    public void Extract_RandomBytes_KeepsTheProcessAlive()
    {
        var bytes = new byte[1 << 20];
        new Random(3).NextBytes(bytes);
        var file = Extract([new SourceFile("a.cs", bytes, 0)])[0];

        Assert.True(file.Extracted is null || file.Extracted.HasErrors);
    }

    [Fact]
    public void Extract_RandomTokens_KeepsTheProcessAlive()
    {
        string[] words = ["class", "C", "{", "}", "(", ")", "<", ">", ";", "=>", "=", "x", "1", "\"s\"", "$\"{", "[", "]", "#if A\n", "#endif\n", "async", "record", "namespace", "static", "\n", " ", "var", "\"\"\"", "extension", ".", ",", "?"];
        var random = new Random(5);
        for (var i = 0; i < 30; i++)
        {
            AssertSurvives(string.Join(' ', Enumerable.Range(0, 400).Select(_ => words[random.Next(words.Length)])));
        }
    }

    [Fact]
    public void Extract_TooDeepFile_LeavesTheOthersResolved()
    {
        var files = Extract([File($"class C {{ void M(int a) {{ var x = {Repeat("a+", 5_000)}a; }} }}"), File("class D { }", "b.cs")]);

        Assert.Equal([RoslynOutcome.SyntaxOnly, RoslynOutcome.Resolved], files.Select(file => file.Outcome));
        Assert.Contains("nodes deep", files[0].Detail!, StringComparison.Ordinal);
        Assert.Equal(2, files[0].Extracted!.Snippets.Count);
    }

    [Fact]
    public void Extract_DeclarationsWithoutNames_AreNoSnippets()
    {
        var file = Extract("class { void M() { } } class C { void () { } int { get { return 1; } } }");

        Assert.Equal(["M", "C"], file.Snippets.Select(snippet => snippet.Name));
    }

    [Fact]
    public void Extract_DeepNesting_IsCutAndMarked()
    {
        var file = Extract(Repeat("class C{", 1_000) + Repeat("}", 1_000));

        Assert.Equal(100, file.Snippets.Count);
        Assert.True(file.HasErrors);
    }

    [Fact]
    public void Extract_Cancelled_Throws() => Assert.Throws<OperationCanceledException>(
        () => RoslynProject.Extract([File("class C { }")], CSharp, new RoslynOptions(), _ => { }, new CancellationToken(true)));

    [Fact]
    public void Extract_FailingReceiver_ReachesTheCaller() => Assert.Throws<InvalidOperationException>(
        () => RoslynProject.Extract([File("class C { }")], CSharp, new RoslynOptions(), _ => throw new InvalidOperationException()));

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    private static void AssertSurvives(string text)
    {
        var files = Extract([File(text), File("class Other { C c; void M() { c.M(0); } }", "b.cs")]);

        Assert.Equal(2, files.Count);
        Assert.Equal(RoslynOutcome.Resolved, files[1].Outcome);
        Assert.True(files[0].Extracted is not null || files[0].Detail is not null);
    }
}
