using XCoder.Agents.Mining;
using XCoder.Analysis.Text;

namespace XCoder.Tests.Agents.Mining;

public class DocumentationProseTests
{
    [Theory]
    [InlineData("Parses a date in ISO format.\n@param text the text", "Parses a date in ISO format.")]
    [InlineData("Parses a date in ISO format.\ntext: the text", "Parses a date in ISO format.")]
    [InlineData("parseDate parses a date in ISO format.", "Parses a date in ISO format.")]
    [InlineData("<summary>Parses a {@code date} in ISO format.</summary>", "Parses a date in ISO format.")]
    [InlineData("Parses a date.\n\nIn ISO format, that is.", null)]
    [InlineData("Copyright 2020, parse the date as you like it.", null)]
    [InlineData("TODO: parse the date in ISO format", null)]
    [InlineData("See parseTime for what this does to a date.", null)]
    [InlineData("@param text the text to parse a date from", null)]
    [InlineData("Removes all elephants out of the garden quickly.", null)]
    [InlineData("解析 ISO 格式的日期 并 返回 结果 给 调用 方 date", null)]
    public void Describe_ADocumentation_IsItsSentencesOrNothing(string documentation, string? expected) =>
        Assert.Equal(expected, DocumentationProse.Describe(documentation, "parseDate", new HashSet<string> { "parse", "date", "text" })?.Replace("  ", " ").Trim());

    [Theory]
    [InlineData("a", "```go\na\n```")]
    [InlineData("a ```` b", "`````go\na ```` b\n`````")]
    public void Around_Code_NoRunInItEndsTheFence(string code, string expected) => Assert.Equal(expected, CodeFence.Around(code, "go"));
}
