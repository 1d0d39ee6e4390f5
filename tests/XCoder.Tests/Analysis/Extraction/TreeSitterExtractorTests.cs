using System.Text;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Extraction.TreeSitter;
using XCoder.Analysis.Model;
using Xunit;

namespace XCoder.Tests.Analysis.Extraction;

/// <summary>The rules of extraction that hold for every language, each shown in one that has the construct.</summary>
public class TreeSitterExtractorTests
{
    // The limit is wall-clock time; a busy machine must not fail a test of something else.
    private static readonly ExtractionOptions Patient = new() { ParseLimit = TimeSpan.FromMinutes(2) };

    [Fact]
    public void Extract_WrapperOfOneDefinition_BelongsToTheSnippet()
    {
        const string Text = "const cube = x -> x^3\n";

        Assert.Equal("const cube = x -> x^3", TreeSitterText.Extract("julia", Text).Snippet("cube").Code(Text));
    }

    [Fact]
    public void Extract_WrapperOfTwoDefinitions_BelongsToNeither()
    {
        const string Text = "let rec even n = n = 0 || odd (n - 1)\nand odd n = n <> 0 && even (n - 1)\n";

        var file = TreeSitterText.Extract("ocaml", Text);

        Assert.Equal("even n = n = 0 || odd (n - 1)", file.Snippet("even").Code(Text));
        Assert.Equal("odd n = n <> 0 && even (n - 1)", file.Snippet("odd").Code(Text));
    }

    [Fact]
    public void Extract_Decorators_AreInTheSpanAndNotInTheSignature()
    {
        const string Text = "x = 1\n@first\n@second(2)\ndef f(a, *rest):\n    return a\n";

        var snippet = TreeSitterText.Extract("python", Text).Snippet("f");

        Assert.Equal(2, snippet.Span.StartLine);
        Assert.Equal(["@first", "@second(2)"], snippet.Decorators);
        Assert.Equal("def f(a, *rest):", snippet.Signature);
        Assert.Equal(["a", "*rest"], snippet.Parameters);
    }

    [Theory]
    [InlineData("# One.\n# Two.\ndef f():\n    pass\n", "One.\nTwo.")]
    [InlineData("# Apart.\n\ndef f():\n    pass\n", null)]
    [InlineData("x = 1  # Not its own.\ndef f():\n    pass\n", null)]
    [InlineData("# Above the decorator.\n@d\ndef f():\n    pass\n", "Above the decorator.")]
    [InlineData("def f():\n    '''Inside.'''\n", "Inside.")]
    [InlineData("def f():\n    r\"\"\"\n    Inside,\n      indented.\n    \"\"\"\n", "Inside,\n  indented.")]
    [InlineData("#!/usr/bin/python\ndef f():\n    pass\n", null)]
    public void Extract_Comments_DocumentWhatFollowsDirectly(string text, string? documentation)
    {
        var snippet = TreeSitterText.Extract("python", text).Snippet("f");

        Assert.Equal(documentation, snippet.Documentation);
        Assert.DoesNotContain("#", snippet.Code(text));
    }

    [Theory]
    [InlineData("(** Documents. *)\nlet f x = x\n", "Documents.")]
    [InlineData("(* Does not. *)\nlet f x = x\n", null)]
    [InlineData("(** Documents. *)\n(* Does not part. *)\nlet f x = x\n", "Documents.")]
    public void Extract_LanguageWithDocumentationPrefixes_IgnoresOtherComments(string text, string? documentation) =>
        Assert.Equal(documentation, TreeSitterText.Extract("ocaml", text).Snippet("f").Documentation);

    [Fact]
    public void Extract_DocumentationString_IsNotAmongTheTokens()
    {
        const string Text = "def f():\n    'Documentation.'\n    return 'text'\n";

        var file = TreeSitterText.Extract("python", Text);

        Assert.Single(file.Tokens.Classes.ToArray(), TokenClass.String);
    }

    [Fact]
    public void Extract_Imports_AreThoseASnippetUses()
    {
        const string Text = """
            import os.path
            import json as js
            from typing import List, Optional
            from math import *

            def f(x: List):
                import sys
                return js.dumps(x)
            """;

        var file = TreeSitterText.Extract("python", Text);

        Assert.Equal(["import os.path", "import json as js", "from typing import List, Optional", "from math import *"], file.Imports);
        Assert.Equal([1, 2, 3], file.Snippet("f").Imports);
    }

    [Fact]
    public void Extract_NestedDefinitions_FollowTheirParents()
    {
        const string Text = "class A:\n    def f(self):\n        def g():\n            pass\n    class B:\n        def h(self): pass\ndef i(): pass\n";

        var file = TreeSitterText.Extract("python", Text);

        Assert.Equal(["A", "A.f", "A.f.g", "A.B", "A.B.h", "i"], file.Snippets.Select(snippet => snippet.QualifiedName));
        Assert.Equal([-1, 0, 1, 0, 3, -1], file.Snippets.Select(snippet => snippet.Parent));
        Assert.Equal(
            [SnippetKind.Structure, SnippetKind.Method, SnippetKind.Function, SnippetKind.Structure, SnippetKind.Method, SnippetKind.Function],
            file.Snippets.Select(snippet => snippet.Kind));
    }

    [Fact]
    public void Extract_TokenRange_HoldsTheSnippetsTokensAndNoComments()
    {
        const string Text = "before = 0\n# comment\ndef f(x):  # comment\n    return x + 1.5\nafter = 0\n";

        var file = TreeSitterText.Extract("python", Text);
        var snippet = file.Snippet("f");
        var bytes = Encoding.UTF8.GetBytes(Text);

        var tokens = Enumerable.Range(snippet.FirstToken, snippet.TokenCount).Select(i => Encoding.UTF8.GetString(file.Tokens.Text(bytes, i)));
        Assert.Equal(["def", "f", "(", "x", ")", ":", "return", "x", "+", "1.5"], tokens);
    }

    [Fact]
    public void Extract_SyntaxErrorInOneFunction_MarksThatOneOnly()
    {
        const string Text = "def good():\n    return 1\n\ndef bad():\n    x = = 1\n    return x\n\ndef fine():\n    return 2\n";

        var file = TreeSitterText.Extract("python", Text);

        Assert.True(file.HasErrors);
        Assert.Equal([("good", false), ("bad", true), ("fine", false)], file.Snippets.Select(snippet => (snippet.Name, snippet.HasErrors)));
    }

    [Fact]
    public void Extract_EquationsOfOneName_AreOneFunction()
    {
        const string Text = "f :: Int -> Int\nf 0 = 1\n-- between\nf n = n * f (n - 1)\ng x = x\nf' = 2\n";

        var file = TreeSitterText.Extract("haskell", Text);

        Assert.Equal(["f", "g"], file.Snippets.Select(snippet => snippet.Name));
        Assert.Equal((1, 4), (file.Snippets[0].Span.StartLine, file.Snippets[0].Span.EndLine));
    }

    [Fact]
    public void Extract_ClausesOfOneNameAndTwoArities_AreTwoFunctions()
    {
        const string Text = "defmodule M do\n  def f(0), do: 1\n  def f(n), do: n\n  def f(n, m), do: n + m\nend\n";

        Assert.Equal([(2, 3), (4, 4)], TreeSitterText.Extract("elixir", Text).Snippets.Select(snippet => (snippet.Span.StartLine, snippet.Span.EndLine)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("# only a comment")]
    [InlineData("\n\n# only\n# comments\n\n")]
    public void Extract_FileWithoutCode_HasNeitherTokensNorSnippets(string text)
    {
        var file = TreeSitterText.Extract("python", text);

        Assert.Empty(file.Snippets);
        Assert.Equal(0, file.Tokens.Count);
        Assert.False(file.HasErrors);
    }

    [Theory]
    [InlineData("python", "def f(): return 1")]
    [InlineData("julia", "f(x) = x")]
    [InlineData("perl", "sub f { 1 }")]
    public void Extract_NoLineEndAtTheEnd_SnippetEndsWithTheFile(string language, string text)
    {
        var file = TreeSitterText.Extract(language, text);

        Assert.False(file.HasErrors);
        Assert.Equal(text.Length, file.Snippet("f").Span.EndByte);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(20_000, false)]
    public void Extract_TenThousandNestedFunctions_FindsThemToTheLimit(int limit, bool isCut)
    {
        const int Depth = 10_000;
        var text = string.Concat(Enumerable.Repeat("function f() {\n", Depth).Concat(Enumerable.Repeat("}\n", Depth)));

        var file = TreeSitterText.Extract("javascript", Encoding.UTF8.GetBytes(text), Patient with { MaxNesting = limit })!;

        Assert.Equal(Math.Min(limit, Depth), file.Snippets.Count);
        Assert.Equal(file.Snippets.Count - 2, file.Snippets[^1].Parent);
        Assert.Equal(isCut, file.HasErrors);
        Assert.InRange(file.Snippets[^1].QualifiedName.Length, 1, 2000);
    }

    [Fact]
    public void Extract_TenThousandNestedBrackets_KeepsTheFunctionAround()
    {
        var text = "def f():\n    return " + new string('(', 10_000) + "1" + new string(')', 10_000) + "\n";

        Assert.Equal(20_007, TreeSitterText.Extract("python", Encoding.UTF8.GetBytes(text), Patient)!.Snippet("f").TokenCount);
    }

    [Theory]
    [InlineData("python")]
    [InlineData("haskell")]
    [InlineData("ocaml")]
    [InlineData("perl")]
    public void Extract_RandomBytes_ReturnsConsistentOrNothing(string language)
    {
        var text = new byte[FullRun.IsWanted ? 1 << 20 : 1 << 17];
        new Random(7).NextBytes(text);
        text.AsSpan().Replace((byte)0, (byte)' ');

        // Within the limit or not: what comes back is consistent.
        TreeSitterText.Extract(language, text, new());
    }

    [Fact]
    public void Extract_LineOfOneMegabyte_IsReadWhole()
    {
        var text = "def f(): return [" + string.Concat(Enumerable.Repeat("1, ", 350_000)) + "1]\n";

        var snippet = TreeSitterText.Extract("python", Encoding.UTF8.GetBytes(text), Patient)!.Snippet("f");

        Assert.Equal(1, snippet.Span.EndLine);
        Assert.Equal(700_009, snippet.TokenCount);
        Assert.InRange(snippet.Signature.Length, 1, 1000);
    }

    [Fact]
    public void Extract_PastTheLimit_ReturnsNullAndTheExtractorGoesOn()
    {
        using var extractor = new TreeSitterExtractor(TreeSitterText.Catalog, new() { ParseLimit = TimeSpan.FromTicks(1) });
        var long_ = Encoding.UTF8.GetBytes("def f(): return [" + string.Concat(Enumerable.Repeat("1, ", 350_000)) + "1]\n");
        var python = TreeSitterText.Catalog.Find("python")!;

        for (var i = 0; i < 3; i++)
        {
            Assert.Null(extractor.Extract(new SourceFile("long.py", long_, 0), python));
            var file = extractor.Extract(new SourceFile("short.py", "def f(): pass\n"u8.ToArray(), 0), python);
            Assert.Equal("f", Assert.Single(file!.Snippets).Name);
        }
    }

    [Fact]
    public void Extract_MoreSnippetsThanAllowed_DropsTheRestAndSaysSo()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20).Select(i => $"def f{i}(): pass\n")));

        var file = TreeSitterText.Extract("python", text, new() { MaxSnippets = 7 })!;

        Assert.Equal(7, file.Snippets.Count);
        Assert.True(file.HasErrors);
    }
}
