using System.Text;
using XCoder.Analysis.Extraction.Roslyn;
using XCoder.Analysis.Model;
using Xunit;
using static XCoder.Tests.Analysis.Extraction.RoslynExtraction;

namespace XCoder.Tests.Analysis.Extraction;

public class RoslynTextTests
{
    [Fact]
    public void Decode_InvalidBytes_AreOneCharacterAMaximalSubpart()
    {
        // A lone continuation, an overlong start, a truncated three-byte form, a whole four-byte form.
        byte[] bytes = [(byte)'a', 0x80, 0xC0, 0xE2, 0x82, (byte)'b', 0xF0, 0x9F, 0x92, 0xA5, (byte)'c'];
        var text = Utf16Text.Decode(bytes);

        Assert.Equal("a\uFFFD\uFFFD\uFFFDb💥c", text.Text);
        Assert.Equal(Encoding.UTF8.GetString(bytes), text.Text);
        Assert.Equal([0, 1, 2, 3, 5, 6, 6, 10, 11], Enumerable.Range(0, text.Text.Length + 1).Select(text.ByteAt));
    }

    [Fact]
    public void Decode_AnyBytes_MatchesThePlatform()
    {
        var random = new Random(7);
        for (var i = 0; i < 300; i++)
        {
            var bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);
            var text = Utf16Text.Decode(bytes);

            Assert.Equal(Encoding.UTF8.GetString(bytes), text.Text);
            Assert.Equal(bytes.Length, text.ByteAt(text.Text.Length));
        }
    }

    [Fact]
    public void LineOf_MixedLineEnds_CountsLineFeeds()
    {
        var text = Utf16Text.Decode("a\r\nb\rc\u2028\nd"u8);

        Assert.Equal([1, 1, 1, 2], new[] { 0, 1, 2, 3 }.Select(text.LineOf));
        Assert.Equal(3, text.LineOf(Encoding.UTF8.GetByteCount("a\r\nb\rc\u2028\n")));
    }

    [Fact]
    public void Extract_AstralAndInvalidText_SpansStayExact()
    {
        byte[] start = [.. "class Größe { string 𝒳 = \"💥"u8, 0xFF, 0xE2, 0x82, .. "\"; "u8];
        byte[] method = [.. "void Straße() { var s = $\"ü{1}\"; }"u8];
        byte[] bytes = [.. start, .. method, .. " }"u8];
        var file = Extract([new SourceFile("a.cs", bytes, 3)])[0].Extracted!;

        var snippet = file.Snippet("Straße");
        Assert.Equal((start.Length, start.Length + method.Length), (snippet.Span.StartByte, snippet.Span.EndByte));
        Assert.Equal("Größe.Straße", snippet.QualifiedName);
        Assert.Equal("}", Encoding.UTF8.GetString(file.Tokens.Text(bytes, snippet.FirstToken + snippet.TokenCount - 1)));
    }

    [Fact]
    public void Tokens_OfEachClass_AreClassified()
    {
        const string text = "class C { int M(var x) { var y = x + 1.5f; /* no */ return $\"a{y:N2}b\" == \"s\"u8 ? 'c' : await(null); } }";
        var source = File(text);
        var tokens = Extract([source])[0].Extracted!.Tokens;
        var found = new List<string>();
        for (var i = 0; i < tokens.Count; i++)
        {
            found.Add($"{Encoding.UTF8.GetString(tokens.Text(source.Text, i))}:{tokens.Classes[i].ToString()[0]}");
        }

        Assert.Equal(
            "class:K C:I {:P int:K M:I (:P var:K x:I ):P {:P var:K y:I =:P x:I +:P 1.5f:N ;:P return:K $\"a:S {:P y:I ::P N2:S }:P b\":S ==:P \"s\"u8:S ?:P 'c':L ::P await:I (:P null:K ):P ;:P }:P }:P",
            string.Join(' ', found));
    }

    [Theory]
    [InlineData("/// <summary>Says <see cref=\"T:A.B\"/> and <c>x &lt; y</c>.</summary>", "Says A.B and x < y.")]
    [InlineData("/// <summary>\n/// One.\n/// </summary>\n/// <param name=\"a\">First.</param>\n/// <returns>Two.</returns>", "One.\na: First.\nreturns: Two.")]
    [InlineData("/** <summary>Star.</summary>\n * <remarks>More.</remarks>\n */", "Star.\nMore.")]
    [InlineData("/// Plain List<int> text", "Plain List<int> text")]
    [InlineData("/// <inheritdoc/>", null)]
    [InlineData("//// No.", null)]
    [InlineData("// No.", null)]
    [InlineData("/// Far.\n\n/// Near.", "Near.")]
    public void Documentation_OfComment_IsPlainText(string comment, string? expected) =>
        Assert.Equal(expected, Extract(comment + "\nclass C { }").Snippets[0].Documentation);
}
