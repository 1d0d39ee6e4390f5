using System.Text;
using XCoder.Analysis.Extraction.Containers;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Detect;
using Xunit;

namespace XCoder.Tests.Analysis.Extraction.Containers;

public class ElementFinderTests
{
    private static readonly ContainerReader Reader = new(LanguageCatalog.Open(),
        static (name, text) => new LanguageDetector(LanguageCatalog.Open().Languages).Detect(name, text));

    [Theory]
    [InlineData("a.vue", "<script>one</script>", "javascript:one")]
    [InlineData("a.vue", "<script setup>one</script>", "javascript:one")]
    [InlineData("a.vue", "<SCRIPT Lang='TS'>one</Script>", "typescript:one")]
    [InlineData("a.vue", "<script lang=\"ts\" setup generic=\"T extends A<B>\">one</script>", "typescript:one")]
    [InlineData("a.vue", "<script lang=tsx>one</script>", "tsx:one")]
    [InlineData("a.vue", "<script lang = \"jsx\" >one</script >", "javascript:one")]
    [InlineData("a.vue", "<script type=\"text/typescript\">one</script>", "typescript:one")]
    [InlineData("a.vue", "<script type=\"module\" lang=\"ts\">one</script>", "typescript:one")]
    [InlineData("a.vue", "<script lang=\"coffee\">one</script>", "unknown-language: the language of its code is 'coffee'")]
    [InlineData("a.vue", "<script lang=\"coffee\">one</script><script>two</script>", "javascript:two")]
    [InlineData("a.vue", "<script>one</script>\n<script setup>two</script>", "javascript:one|two")]
    [InlineData("a.vue", "<script>one</script>\n<script setup lang=\"ts\">long</script>", "typescript,javascript:one|long")]
    [InlineData("a.vue", "<script src=\"./a.js\" />\n<p>", "unknown-language: it holds no code")]
    [InlineData("a.vue", "<script src=\"./a.js\"></script>", "unknown-language: it holds no code")]
    [InlineData("a.vue", "<template><p>text</p></template>", "unknown-language: it holds no code")]
    [InlineData("a.vue", "", "unknown-language: it holds no code")]
    [InlineData("a.vue", "<", "unknown-language: it holds no code")]
    [InlineData("a.vue", "<script", "unknown-language: it holds no code")]
    [InlineData("a.vue", "<script lang=\"ts", "unknown-language: it holds no code")]
    // Comments, templates within templates, and other blocks are not looked at.
    [InlineData("a.vue", "<!-- <script>old</script> -->\n<script>one</script>", "javascript:one")]
    [InlineData("a.vue", "<!-- <script>old</script>", "unknown-language: it holds no code")]
    [InlineData("a.vue", "<template><template #a><script>x</script></template><script>y</script></template><script>one</script>", "javascript:one")]
    [InlineData("a.vue", "<template><template #a /><i/></template><script>one</script>", "javascript:one")]
    [InlineData("a.vue", "<template><!-- </template> --><script>x</script></template><script>one</script>", "javascript:one")]
    [InlineData("a.vue", "<template lang=\"pug\">\ntemplate\n  <template> b\n</template><script>one</script>", "javascript:one")]
    [InlineData("a.vue", "<docs>\n<script>x</script>\n</docs>\n<script>one</script><style>a::before { content: '<script>'; }</style>", "javascript:one")]
    [InlineData("a.vue", "<template><template></template><script>one</script>", "javascript:one")]
    // HTML ends the element in the middle of a string; writers escape the tag.
    [InlineData("a.vue", "<script>a = '<\\/script>'; b = '</scripts>'</script>", "javascript:a = '<\\/script>'; b = '</scripts>'")]
    [InlineData("a.vue", "<script>a = '</script>';</script>", "javascript:a = '")]
    [InlineData("a.vue", "<template></template><script>one\ntwo", "javascript:one\ntwo")]
    [InlineData("a.vue", "<script>if (a < b && c <d) { e }</script>", "javascript:if (a < b && c <d) { e }")]
    [InlineData("a.svelte", "<script context=\"module\">one</script><script>two</script><h1>{a < b}</h1>", "javascript:one|two")]
    [InlineData("a.svelte", "<h1 on:click={() => a > b}>{#if a<b}</h1>\n<script lang=\"ts\">one</script>", "typescript:one")]
    [InlineData("a.svelte", "<p>Don't<br>say \"</p><input value='>' disabled><script module>one</script>", "javascript:one")]
    [InlineData("a.svelte", "<svelte:head><script type=\"application/ld+json\">{}</script></svelte:head><script>one</script>", "javascript:one")]
    [InlineData("a.svelte", "<style>a > b { content: '<script>' }</style><script>one</script>", "javascript:one")]
    public void Read_OfAComponent_TakesItsScripts(string path, string text, string expected)
    {
        var reading = Read(path, text);

        Assert.Equal(expected, reading.File is not { } file ? $"{reading.Reason!.Value.Name()}: {reading.Detail}"
            : string.Join(',', reading.Languages) + ":" + string.Join('|', Encoding.UTF8.GetString(file.Text).Split("  ", StringSplitOptions.RemoveEmptyEntries).Select(part => part.Trim(' ')).Where(part => part.Trim().Length > 0)).Trim());
    }

    [Fact]
    public void Read_OfAComponent_KeepsOffsetsAndLines()
    {
        const string Text = "<!-- © -->\r\n<template>\r\n  <p>é</p>\r\n</template>\r\n<script>\r\nlet ä = 1;\r\n</script>\r\n<style>p { color: red; }</style>\r\n";
        var reading = Read("dir/A.VUE", Text);

        var text = Encoding.UTF8.GetString(reading.File!.Text);
        Assert.Equal(Encoding.UTF8.GetByteCount(Text), reading.File.Text.Length);
        Assert.Equal(Text.Count(c => c == '\n'), text.Count(c => c == '\n'));
        Assert.Equal(Encoding.UTF8.GetBytes(Text).AsSpan().IndexOf("let"u8), reading.File.Text.AsSpan().IndexOf("let"u8));
        Assert.Equal("let ä = 1;", text.Trim());
        Assert.Equal(Encoding.UTF8.GetByteCount("\r\nlet ä = 1;\r\n"), reading.File.CodeBytes);
        Assert.StartsWith("<!-- © -->", Encoding.UTF8.GetString(reading.File.Notices), StringComparison.Ordinal);
    }

    // Each of these takes hours if every tag is looked for to the end of the file.
    [Theory]
    [InlineData("<template>")]
    [InlineData("<template><template/>")]
    [InlineData("<a b=c")]
    [InlineData("<a b=\"")]
    [InlineData("<a b='<c d=\"")]
    [InlineData("<a ")]
    [InlineData("<a\n/")]
    [InlineData("<!--")]
    [InlineData("<!-- --")]
    [InlineData("</script ")]
    [InlineData("<script></scrip")]
    [InlineData("<script/>")]
    [InlineData("<script></script>")]
    [InlineData("<")]
    [InlineData("<template></template><b><c>")]
    public void Read_OfAHostileComponent_EndsSoon(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, (1 << 20) / part.Length));
        foreach (var path in (string[])["a.vue", "a.svelte"])
        {
            Assert.NotNull(Read(path, text));
            Assert.NotNull(Read(path, string.Concat(Enumerable.Range(0, 100_000).Select(i => $"<t{i}>")) + part));
        }
    }

    private static ContainerReading Read(string path, string text) =>
        Reader.Read(Reader.Find(path)!, new SourceFile(path, Encoding.UTF8.GetBytes(text), 0));
}
