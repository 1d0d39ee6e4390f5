using System.Text;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Extraction.TreeSitter;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using Xunit;

namespace XCoder.Tests.Analysis.Extraction;

/// <summary>Extracts texts with tree-sitter, and checks what holds for every extraction.</summary>
internal static class TreeSitterText
{
    public static LanguageCatalog Catalog { get; } = LanguageCatalog.Open();

    public static ExtractedFile Extract(string language, string text) => Extract(language, Encoding.UTF8.GetBytes(text), new() { ParseLimit = TimeSpan.FromMinutes(2) })!;

    public static ExtractedFile? Extract(string language, byte[] text, ExtractionOptions? options = null)
    {
        using var extractor = new TreeSitterExtractor(Catalog, options);
        var file = extractor.Extract(new SourceFile("file", text, 0), Catalog.Find(language)!);
        if (file is not null)
        {
            AssertConsistent(file, text);
        }

        return file;
    }

    /// <summary>The text of a snippet's span.</summary>
    public static string Code(this ExtractedSnippet snippet, string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text).AsSpan(snippet.Span.StartByte..snippet.Span.EndByte));

    /// <summary>Tokens ascend and do not overlap; spans, token ranges and parents agree with each other.</summary>
    public static void AssertConsistent(ExtractedFile file, byte[] text)
    {
        var end = 0;
        for (var i = 0; i < file.Tokens.Count; i++)
        {
            Assert.True(file.Tokens.Starts[i] >= end, $"token {i} starts at {file.Tokens.Starts[i]}, before the end {end} of the token before it");
            Assert.InRange(file.Tokens.Lengths[i], 1, text.Length);
            end = file.Tokens.Starts[i] + file.Tokens.Lengths[i];
        }

        Assert.InRange(end, 0, text.Length);
        for (var i = 0; i < file.Snippets.Count; i++)
        {
            var snippet = file.Snippets[i];
            Assert.InRange(snippet.Span.EndByte, snippet.Span.StartByte + 1, text.Length);
            Assert.Equal(1 + text.AsSpan(0, snippet.Span.StartByte).Count((byte)'\n'), snippet.Span.StartLine);
            Assert.Equal(1 + text.AsSpan(0, snippet.Span.EndByte - 1).Count((byte)'\n'), snippet.Span.EndLine);
            Assert.InRange(snippet.Parent, -1, i - 1);
            var last = snippet.FirstToken + snippet.TokenCount - 1;
            Assert.InRange(last, snippet.FirstToken, file.Tokens.Count - 1);
            Assert.True(file.Tokens.Starts[snippet.FirstToken] >= snippet.Span.StartByte);
            Assert.True(file.Tokens.Starts[last] + file.Tokens.Lengths[last] <= snippet.Span.EndByte, $"{snippet.QualifiedName}: its last token ends behind its span");
            Assert.True(snippet.Parent < 0 || file.Snippets[snippet.Parent].Span.Contains(snippet.Span), $"{snippet.QualifiedName} is not within its parent");
        }
    }
}
