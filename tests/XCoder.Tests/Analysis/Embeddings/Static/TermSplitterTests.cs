using System.Text;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Model;

namespace XCoder.Tests.Analysis.Embeddings.Static;

public class TermSplitterTests
{
    private static readonly TermRules Rules = TermRules.Load(Path.Combine(TestPaths.Root, "models/default/tokens.json"));

    [Theory]
    [InlineData("parseHTTPServer2Go", TokenClass.Identifier, "parse http server 2 go")]
    [InlineData("snake_case_name", TokenClass.Identifier, "snake case name")]
    [InlineData("SCREAMING_CASE", TokenClass.Identifier, "screaming case")]
    [InlineData("$this", TokenClass.Identifier, "")]
    [InlineData("größeÄndern", TokenClass.Identifier, "größe ändern")]
    [InlineData("nil", TokenClass.Keyword, "K:null")]
    [InlineData("None", TokenClass.Keyword, "K:null")]
    [InlineData("true", TokenClass.Literal, "K:true")]
    [InlineData("nil", TokenClass.Literal, "K:null")]
    [InlineData("range", TokenClass.Keyword, "A:range")]
    [InlineData("-1", TokenClass.Number, "- n:1")]
    [InlineData("elsif", TokenClass.Keyword, "K:if")]
    [InlineData("0xFF", TokenClass.Number, "n:255")]
    [InlineData("0b101", TokenClass.Number, "n:5")]
    [InlineData("0o17", TokenClass.Number, "n:15")]
    [InlineData("1_000_000", TokenClass.Number, "n:1000000")]
    [InlineData("10L", TokenClass.Number, "n:10")]
    [InlineData("3usize", TokenClass.Number, "n:3")]
    [InlineData("1.50f", TokenClass.Number, "n:1.5")]
    [InlineData("1e9", TokenClass.Number, "n:1000000000")]
    [InlineData("2.0", TokenClass.Number, "n:2")]
    [InlineData("\"Hello, %s World\\n\"", TokenClass.String, "s:hello s:world")]
    [InlineData("'('", TokenClass.Literal, "s:(")]
    [InlineData("\"\"", TokenClass.String, "s:")]
    [InlineData("===", TokenClass.Punctuation, "==")]
    [InlineData("++", TokenClass.Punctuation, "+= n:1")]
    [InlineData("(", TokenClass.Punctuation, "")]
    public void Split_OneToken_IsItsTerms(string token, TokenClass kind, string expected) =>
        Assert.Equal(expected, string.Join(' ', TermSplitter.Split(Rules, Encoding.UTF8.GetBytes(token), kind, isCall: false).Terms));

    [Fact]
    public void Split_WordOfTheRules_IsOneWhereCalledAndANameElsewhere()
    {
        Assert.Equal("A:push False", Split("append", isCall: true));
        Assert.Equal("append True", Split("append", isCall: false));
    }

    [Fact]
    public void Split_AnyBytes_NeverFailsAndStaysShort()
    {
        var random = new Random(1);
        var bytes = new byte[300];
        for (var i = 0; i < 20_000; i++)
        {
            var token = bytes.AsSpan(0, random.Next(1, bytes.Length));
            random.NextBytes(token);
            foreach (var kind in Enum.GetValues<TokenClass>())
            {
                Assert.All(TermSplitter.Split(Rules, token, kind, isCall: false).Terms, term => Assert.DoesNotContain('\n', term));
            }

            for (var n = 0; n < token.Length; n++)
            {
                token[n] = (byte)"0123456789abcdefxXlLuU_.eE+-'"[token[n] % 29];
            }

            Assert.InRange(TermSplitter.Split(Rules, token, TokenClass.Number, isCall: false).Terms[^1].Length, 2, 40);
        }
    }

    private static string Split(string token, bool isCall)
    {
        var (terms, isName) = TermSplitter.Split(Rules, Encoding.UTF8.GetBytes(token), TokenClass.Identifier, isCall);
        return $"{string.Join(' ', terms)} {isName}";
    }
}
