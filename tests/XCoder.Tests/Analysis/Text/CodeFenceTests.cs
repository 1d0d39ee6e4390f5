using XCoder.Analysis.Text;

namespace XCoder.Tests.Analysis.Text;

public class CodeFenceTests
{
    [Theory]
    [InlineData("```python\nx = 1\n```\nIt is one.", "x = 1")]
    [InlineData("````\n```\n````", "```")]
    [InlineData("```\r\nx\r\ny\r\n```\r\n", "x\r\ny\r")]
    [InlineData("```python\n```", "")]
    [InlineData("```python\nopen", "```python\nopen")]
    [InlineData("`x` is code:\n```\ny\n```", "`x` is code:\n```\ny\n```")]
    [InlineData("```in `line` ```\n```\ny\n```", "```in `line` ```\n```\ny\n```")]
    [InlineData("\n```\nx\n```", "\n```\nx\n```")]
    public void Leading_OfAResponse_IsTheCodeItBeginsWith(string response, string code) => Assert.Equal(code, CodeFence.Leading(response));

    [Theory]
    [InlineData(false, "- a\n      ```\n      x\n      ```")]
    [InlineData(true, "- a||      x*||")]
    public void Parts_OfAFenceInAList_FollowTheIndent(bool anyIndent, string parts) =>
        Assert.Equal(parts, string.Join("||", CodeFence.Parts("- a\n      ```\n      x\n      ```", anyIndent).Select(part => part.Text + (part.IsCode ? "*" : ""))));
}
