using XCoder.Analysis.Languages.TreeSitter;
using Xunit;

namespace XCoder.Tests.Analysis.Languages;

public class QueryFileTests
{
    [Fact]
    public void Parse_ClassPatterns_NameTheSymbolsAndTheClass()
    {
        var patterns = QueryFile.Parse("(comment) @comment\n[(integer) (float) \"nan\"] @number\n\"\\\"\" @punctuation");

        Assert.Equal(["comment", "number", "punctuation"], patterns.Select(pattern => pattern.Class));
        Assert.Equal([("integer", true), ("float", true), ("nan", false)], patterns[1].Roots);
        Assert.Equal([("\"", false)], patterns[2].Roots);
        Assert.Equal([1, 2, 3], patterns.Select(pattern => pattern.Line));
    }

    [Theory]
    [InlineData("(call target: (identifier) @name) @function", "call")]
    [InlineData("((call) @import (#eq? @import \"use\"))", "call")]
    [InlineData("(call (identifier)) @decorator", "call")]
    [InlineData("(call) @function", "call")]
    [InlineData("(call) @identifier @name", "call")]
    [InlineData("[(call (x)) (apply)] @wrapper", "call apply")]
    public void Parse_OtherPatterns_AreDefinitions(string text, string roots)
    {
        var pattern = Assert.Single(QueryFile.Parse(text));

        Assert.Null(pattern.Class);
        Assert.Equal(roots, string.Join(' ', pattern.Roots.Select(root => root.Type)));
        Assert.Equal(text, pattern.Text + text[pattern.Text.Length..]);
    }

    [Fact]
    public void Parse_CommentsAndBrackets_InStringsAndCommentsAreText()
    {
        var patterns = QueryFile.Parse("; a (comment\n((a) @_x (#match? @_x \"[(;]\\\"\")) ; (b) @comment\n\n(c) @comment");

        Assert.Equal(["a", "c"], patterns.Select(pattern => pattern.Roots[0].Type));
        Assert.Equal([2, 4], patterns.Select(pattern => pattern.Line));
    }

    [Theory]
    [InlineData("")]
    [InlineData("; only a comment")]
    public void Parse_NoPattern_IsEmpty(string text) => Assert.Empty(QueryFile.Parse(text));

    [Theory]
    [InlineData("(a) @comment\n(b (c) @name", "line 2")]
    [InlineData("[(a) (b)", "line 1")]
    public void Parse_UnclosedBracket_SaysTheLine(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => QueryFile.Parse(text)).Message, StringComparison.Ordinal);
}
