using XCoder.Analysis.Extraction.Roslyn;
using XCoder.Analysis.Indexing;
using Xunit;
using static XCoder.Tests.Analysis.Extraction.RoslynExtraction;

namespace XCoder.Tests.Analysis.Extraction;

public class RoslynFactsTests
{
    private const string Members = "class C { int _f; static int Twice(int x) => 2 * x; ";

    [Theory]
    [InlineData("int M(int a) { var b = a; System.Console.WriteLine(b); return b; }", true)]
    [InlineData("int M(int a) => a == 0 ? 0 : M(a - 1);", true)]
    [InlineData("int M() => _f;", false)]
    [InlineData("int M() => Twice(1);", false)]
    [InlineData("object M() => this;", false)]
    [InlineData("void M() { Unknown(); }", false)]
    [InlineData("void M(D d) { }", false)]
    [InlineData("T M<T>(T x) => x;", true)]
    [InlineData("int M() { int L(int x) => x; return L(1); }", true)]
    [InlineData("string M(dynamic x) => x.Foo(nameof(x)) + (1, b: 2).b + new { A = 1 }.A;", true)]
    [InlineData("System.Collections.Generic.IEnumerable<int> M(int[] a) => a.Where(x => x > 1).OrderBy(static x => -x);", true)]
    public void Extract_Method_KnowsWhetherItStandsAlone(string method, bool expected)
    {
        var file = Extract($"using System.Linq; {Members} {method} }} class D {{ }}");

        Assert.Equal(expected, file.Snippet("M").Resolved!.IsSelfContained);
    }

    [Fact]
    public void Extract_InnerSnippet_MayNeedItsParent()
    {
        var file = Extract("class C { int M(int a) { int L() => a; return L(); } }");

        Assert.Equal([true, true, false], file.Snippets.Select(snippet => snippet.Resolved!.IsSelfContained));
    }

    [Fact]
    public void Extract_Calls_AreQualifiedNamesOfSnippets()
    {
        var files = Extract([
            File("namespace A; public class P { public P(int x) { } public static P operator +(P a, P b) => a; public void Go<T>() { } }"),
            File("using A; using System; class C { P M(P p) { p.Go<int>(); p?.Go<string>(); Console.Write(1); return p + new P(1); } }", "b.cs")]);
        var called = files[1].Extracted!.Snippet("M").Resolved!;

        Assert.Equal(["A.P.Go", "A.P.P", "A.P.operator +", "System.Console.Write"], called.Calls);
        Assert.Equal(["A.P", "System.Console"], called.Types);
        Assert.Equal("A.P C.M(A.P p)", called.Signature);
        Assert.All(called.Calls.Take(3), call => Assert.Contains(files[0].Extracted!.Snippets, snippet => snippet.QualifiedName == call));
    }

    [Fact]
    public void Extract_Imports_AreThoseNeeded()
    {
        var file = Extract("""
            using System;
            using System.Linq;
            using System.Text;
            using static System.Math;
            using Map = System.Collections.Generic.Dictionary<int, int>;
            using Gone.Away;
            class C
            {
                string A() => new StringBuilder().ToString();
                int B(int[] x) => x.Sum();
                double D() => Sqrt(2);
                Map E() => null;
                Lost F() => null;
                int G() => 1;
            }
            """);

        Assert.Equal(6, file.Imports.Count);
        Assert.Equal([2], file.Snippet("A").Imports);
        Assert.Equal([1], file.Snippet("B").Imports);
        Assert.Equal([3], file.Snippet("D").Imports);
        Assert.Equal([4], file.Snippet("E").Imports);
        Assert.Equal([5], file.Snippet("F").Imports);
        Assert.Empty(file.Snippet("G").Imports);
        Assert.Equal([1, 2, 3, 4, 5], file.Snippet("C").Imports);
    }

    [Fact]
    public void Extract_WithoutUsings_HasTheImplicitOnes() =>
        Assert.True(Extract("class C { int M(List<int> x) => x.Sum(); }").Snippet("M").Resolved!.IsSelfContained);

    [Fact]
    public void Extract_OverLimit_IsSyntaxOnly()
    {
        var files = Extract([File("using System; class C { void M() { } }"), File("class D { }", "b.cs")], new RoslynOptions { MaxUnitFiles = 1 });

        Assert.All(files, file => Assert.Equal(RoslynOutcome.SyntaxOnly, file.Outcome));
        Assert.All(files, file => Assert.Contains("2 files", file.Detail!, StringComparison.Ordinal));
        Assert.Null(files[0].Extracted!.Snippets[1].Resolved);
        Assert.Equal([0], files[0].Extracted!.Snippets[1].Imports);
    }

    [Fact]
    public void Extract_AnyThreads_SameResult()
    {
        var sample = System.IO.File.ReadAllText(SamplePath());
        var files = Enumerable.Range(0, 12).Select(i => File(sample.Replace("namespace Sample", $"namespace S{i % 9}", StringComparison.Ordinal), $"{i}.cs")).ToList();
        var one = Print(Extract(files, new RoslynOptions { Threads = 1 }));

        Assert.Equal(one, Print(Extract(files, new RoslynOptions { Threads = 4 })));
        Assert.Equal(one, Print(Extract(files, new RoslynOptions { Threads = 3 })));
        Assert.DoesNotContain(RoslynOutcome.SyntaxOnly.ToString(), one, StringComparison.Ordinal);
    }

    [Fact]
    public void Assign_Files_GoToTheNearestProject() => Assert.Equal(
        ["", "src/A", "src/A", "src/A/Inner", "", ""],
        ProjectFolders.Assign(
            ["x.cs", "src/A/x.cs", "src/A/deep/er/x.cs", "src/A/Inner/x.cs", "src/AB/x.cs", "src/x.cs"],
            ["src/A/A.csproj", "src/A/Inner/I.csproj"]));
}
