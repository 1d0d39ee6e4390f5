using System.Text;
using XCoder.Analysis.Extraction.Roslyn;
using XCoder.Analysis.Model;
using Xunit;
using static XCoder.Tests.Analysis.Extraction.RoslynExtraction;

namespace XCoder.Tests.Analysis.Extraction;

/// <summary>Code in branches that a plain build leaves out is read, too, and each snippet once.</summary>
public class InactiveCodeTests
{
    [Theory]
    [InlineData("class A {\n#if DEBUG\n void Dump() { }\n#else\n void Log() { }\n#endif\n void Last() { }\n}\n", "A Dump Last Log")]
    [InlineData("#if UNITY_EDITOR\nusing UnityEditor;\nclass Window { void OnGui() { } }\n#endif\n", "OnGui Window")]
    [InlineData("class A {\n#if NET48\n void F1() { }\n#elif NETSTANDARD2_0 && !WINDOWS\n void F2() { }\n#elif TRACE\n void F3() { }\n#else\n void F4() { }\n#endif\n}\n", "A F1 F2 F3 F4")]
    [InlineData("class A {\n#if X\n void F() { }\n#if Y\n void G() { }\n#else\n void H() { }\n#endif\n#endif\n}\n", "A F G H")]
    [InlineData("class A {\n#if (X || Y) == false\n void F() { }\n#else\n void G() { }\n#endif\n#if Y != X\n void H() { }\n#endif\n}\n", "A F G H")]
    [InlineData("#define X\n#undef Y\nclass A {\n#if X\n void F() { }\n#endif\n#if Y\n void G() { }\n#endif\n}\n", "A F")]
    [InlineData("class A {\n void F() {\n#if X\n  int G() => 1;\n#endif\n }\n#if X\n class B { int H() => 2; }\n#endif\n}\n", "A B F G H")]
    [InlineData("class A {\n#if X\n int F(int a) {\n#else\n int F(long a) {\n#endif\n  return 1;\n }\n int G() => 2;\n}\n", "A F G")]
    public void Extract_Branches_AreAllRead(string text, string names)
    {
        var file = Extract(text);

        Assert.Equal(names.Split(' '), file.Snippets.Select(snippet => snippet.Name).Order(StringComparer.Ordinal));
        Assert.False(file.HasErrors);
        TreeSitterText.AssertConsistent(file, Encoding.UTF8.GetBytes(text));
        Assert.All(file.Snippets.Where(snippet => snippet.Name != "A" && text.StartsWith("class A", StringComparison.Ordinal)),
            snippet => Assert.StartsWith("A.", snippet.QualifiedName, StringComparison.Ordinal));
    }

    [Fact]
    public void Extract_TwoVersionsOfAMethod_AreTwoSnippets()
    {
        var file = Extract("class A {\n#if NET48\n int F() { return 1; }\n#else\n int F() { return 2; }\n#endif\n}\n");

        Assert.Equal([3, 5], file.Snippets.Where(snippet => snippet.Name == "F").Select(snippet => snippet.Span.StartLine));
        Assert.Equal(0, file.InactiveBytes);
    }

    [Fact]
    public void Extract_InactiveStatements_AreTokensOfTheMethod()
    {
        static string Tokens(string text)
        {
            var file = Extract(text);
            var method = file.Snippets.Single(snippet => snippet.Name == "F");
            return string.Join(' ', Enumerable.Range(method.FirstToken, method.TokenCount)
                .Select(i => Encoding.UTF8.GetString(file.Tokens.Text(Encoding.UTF8.GetBytes(text), i))));
        }

        Assert.Equal("int F ( ) { a = Delete ( b ) ; return a ; }", Tokens("class A { int F() {\n#if FEATURE\n a = Delete(b);\n#endif\n return a; } }"));
        Assert.NotEqual(Tokens("class A { int F() {\n#if FEATURE\n a = Delete(b);\n#endif\n return a; } }"),
            Tokens("class A { int F() {\n#if FEATURE\n a = Create(b);\n#endif\n return a; } }"));
    }

    [Fact]
    public void Extract_ImportsOfABranch_ServeItsSnippets()
    {
        var file = Extract("using System;\n#if X\nusing Other;\nclass B { void F() { } }\n#endif\nclass A { }\n");

        Assert.Equal(["using System;", "using Other;"], file.Imports);
        Assert.Equal([0, 1], file.Snippets.Single(snippet => snippet.Name == "B").Imports.Order());
        Assert.All(file.Snippets, snippet => Assert.All(snippet.Imports, import => Assert.InRange(import, 0, 1)));
    }

    [Fact]
    public void Extract_WhatNothingMakesActive_StaysCounted()
    {
        var file = Extract("class A {\n#if false\n void Never() { }\n#endif\n#if X && !X\n void Never() { }\n#endif\n}\n");

        Assert.Equal(["A"], file.Snippets.Select(snippet => snippet.Name));
        Assert.Equal(2 * " void Never() { }\n".Length, file.InactiveBytes);
    }

    [Fact]
    public void Extract_ManySymbols_TakesFewPasses()
    {
        // Independent conditions need one pass, and alternatives one each.
        var free = string.Concat(Enumerable.Range(0, 40).Select(i => $"#if S{i}\n void F{i}() {{ }}\n#endif\n"));
        var alternatives = "#if T0\n" + string.Concat(Enumerable.Range(1, 30).Select(i => $" void G{i}() {{ }}\n#elif T{i}\n")) + "#endif\n";
        var wide = "#if " + string.Join(" && ", Enumerable.Range(0, 100).Select(i => $"W{i}")) + "\n void H() { }\n#endif\n";

        Assert.Equal(41, Extract($"class A {{\n{free}}}\n").Snippets.Count);
        Assert.Equal(1 + InactiveCode.MaxPasses, Extract($"class A {{\n{alternatives}}}\n").Snippets.Count);
        Assert.Equal(2, Extract($"class A {{\n{wide}}}\n").Snippets.Count);
    }

    [Fact]
    public void Extract_Resolved_BranchesAreThere()
    {
        var result = Extract([new SourceFile("a.cs", Encoding.UTF8.GetBytes("class A {\n#if X\n void F() { }\n#endif\n int G() => 1;\n}\n"), 0)])[0];

        Assert.Equal(RoslynOutcome.Resolved, result.Outcome);
        Assert.Equal(["A", "F", "G"], result.Extracted!.Snippets.Select(snippet => snippet.Name));
        Assert.Equal([false, true, false], result.Extracted.Snippets.Select(snippet => snippet.Resolved is null));
    }

    [Theory]
    [InlineData("module M where\n#if A\nnewer :: Int -> Int\nnewer x = x + 1\n#else\nolder :: Int -> Int\nolder x = x + 2\n#endif\n\nlast1 :: Int -> Int\nlast1 x = x\n", "newer@3-4 older@6-7 last1@10-11")]
    [InlineData("module M where\n#if A\nf :: Int -> Int\nf x = x + 1\n#elif B\nf :: Int -> Int\nf x = x + 2\n#else\nf x = x + 3\n#endif\n", "f@3-4 f@6-7 f@9-9")]
    [InlineData("module M where\nf :: Int -> Int\nf 0 = g 1\n#ifdef A\nf 1 = g 2\n#endif\nf n = g n\n", "f@2-7")]
    [InlineData("module M where\n#if A\n# if B\nf x = x + 1\n# endif\ng x = x + 2\n#endif\n", "f@4-4 g@6-6")]
    public void Extract_HaskellDirectives_HideNoBranch(string text, string expected)
    {
        var file = TreeSitterText.Extract("haskell", text);

        Assert.Equal(expected, string.Join(' ', file.Snippets.Select(snippet => $"{snippet.Name}@{snippet.Span.StartLine}-{snippet.Span.EndLine}")));
        Assert.False(file.HasErrors);
    }
}
