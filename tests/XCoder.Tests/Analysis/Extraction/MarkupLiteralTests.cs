using System.Text;
using XCoder.Analysis.Extraction.TreeSitter;
using Xunit;

namespace XCoder.Tests.Analysis.Extraction;

public sealed class MarkupLiteralTests
{
    [Theory]
    [InlineData("<p>a b</p>", "; c")]
    [InlineData("<p/>", ")")]
    [InlineData("<p a=\"x > y\" b='/>'>t</p>", "")]
    [InlineData("<p a={ if (b) { c } else d }>{ e < f }</p>", " g")]
    [InlineData("<p><!-- </p> --><![CDATA[</p>]]><?x </p> ?></p>", "\nval x = 1")]
    [InlineData("<p>a</p> <b/>\n<i>c</i>", "\nd")]
    [InlineData("<a:b.c-d>x</a:b.c-d>", "")]
    [InlineData("<![CDATA[ < ]]>", " e")]
    [InlineData("", "<b && c > d")]
    [InlineData("", "<p>a")]
    [InlineData("", "<")]
    [InlineData("", "<!-- a")]
    [InlineData("", "<p a=\"b")]
    public void End_Markup_IsBehindItsLastElement(string markup, string rest) =>
        Assert.Equal(1 + markup.Length, MarkupLiteral.End(Encoding.UTF8.GetBytes("(" + markup + rest), 1));
}
