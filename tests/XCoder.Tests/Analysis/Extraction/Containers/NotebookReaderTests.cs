using System.Text;
using System.Text.Json;
using XCoder.Analysis.Extraction.Containers;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Detect;
using Xunit;

namespace XCoder.Tests.Analysis.Extraction.Containers;

public class NotebookReaderTests
{
    private static readonly ContainerReader Reader = new(LanguageCatalog.Open(),
        static (name, text) => new LanguageDetector(LanguageCatalog.Open().Languages).Detect(name, text));

    [Theory]
    [InlineData("""{"kernelspec": {"language": "python"}}""", "python")]
    [InlineData("""{"kernelspec": {"language": "Python", "name": "x"}, "language_info": {"name": "r"}}""", "python")]
    [InlineData("""{"kernelspec": {"display_name": "x", "language": "R", "name": "ir"}}""", "r")]
    [InlineData("""{"language_info": {"name": "R", "version": "4"}}""", "r")]
    [InlineData("""{"kernelspec": {"name": "ir"}}""", "r")]
    [InlineData("""{"kernelspec": {"name": "julia-1.10"}}""", "julia")]
    [InlineData("""{"language_info": {"name": "julia"}}""", "julia")]
    [InlineData("""{"kernelspec": {"language": "C++17", "name": "xcpp17"}}""", "cpp")]
    [InlineData("""{"kernelspec": {"language": "bash", "name": "bash"}}""", "bash")]
    [InlineData("""{"kernelspec": {"language": "sage"}, "language_info": {"name": "python"}}""", "python")]
    [InlineData("""{"kernelspec": {"language": "C#", "name": ".net-csharp"}}""", "csharp")]
    [InlineData("""{"kernelspec": {"name": "conda-env-own-py"}}""", "python")]
    [InlineData("""{"kernelspec": null, "language_info": 7}""", "python")]
    [InlineData("{}", "python")]
    [InlineData("null", "python")]
    [InlineData("""{"kernelspec": {"language": "matlab", "name": "matlab"}}""", "unknown-language: its language is 'matlab'")]
    [InlineData("""{"language_info": {"name": "sql"}}""", "unknown-language: its language is 'sql'")]
    public void Read_OfANotebook_IsInTheLanguageOfItsKernel(string metadata, string expected)
    {
        foreach (var json in (string[])[
            $$"""{"cells": [{"cell_type": "code", "source": "a"}], "metadata": {{metadata}}, "nbformat": 4}""",
            $$"""{"nbformat": 4, "metadata": {{metadata}}, "cells": [{"source": ["a"], "cell_type": "code"}]}"""])
        {
            var reading = Read(json);
            Assert.Equal(expected, reading.File is null ? $"{reading.Reason!.Value.Name()}: {reading.Detail}" : reading.Languages.Single().Id);
        }
    }

    [Theory]
    [InlineData("{}", "a b")]
    [InlineData("{\"vscode\": {\"languageId\": \"python\"}}", "a b")]
    [InlineData("{\"vscode\": {\"languageId\": \"sql\"}}", "b")]
    [InlineData("{\"vscode\": {\"languageId\": \"ruby\"}}", "b")]
    [InlineData("{\"polyglot_notebook\": {\"kernelName\": \"fsharp\"}, \"tags\": [1]}", "b")]
    [InlineData("{\"dotnet_interactive\": {\"language\": \"pwsh\"}}", "b")]
    [InlineData("{\"vscode\": [], \"dotnet_interactive\": null, \"polyglot_notebook\": {\"kernelName\": 1}}", "a b")]
    [InlineData("[\"vscode\"]", "a b")]
    public void Read_OfACellThatNamesItsLanguage_TakesItIfItIsTheNotebooks(string metadata, string expected)
    {
        var json = $"{{\"cells\": [{{\"cell_type\": \"code\", \"metadata\": {metadata}, \"source\": \"a\"}}, {{\"cell_type\": \"code\", \"source\": \"b\"}}], \"metadata\": {{\"kernelspec\": {{\"language\": \"python\"}}}}}}";

        Assert.Equal(expected, string.Join(' ', Encoding.UTF8.GetString(Read(json).File!.Text).Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    // What the text is, with the line of the file before each of its lines.
    [Theory]
    [InlineData("{\n\"cells\": [\n{\"cell_type\": \"code\",\n\"source\": [\n\"a\\n\",\n\"b\"\n]}]}", "5:a 6:b")]
    [InlineData("{\n\"cells\": [\n{\"cell_type\": \"code\",\n\"source\": \"a\\nb\\n\"}]}", "4:a 4:b")]
    [InlineData("{\n\"cells\": [\n{\"cell_type\": \"code\",\n\"source\": [\"a\\nb\\n\",\n\"c\", \"d\\n\", \"e\"]}]}", "4:a 4:b 5:cd 5:e")]
    [InlineData("{\"cells\": [\n{\"cell_type\": \"code\", \"source\": \"a\"},\n{\"cell_type\": \"markdown\", \"source\": \"x\"},\n{\"cell_type\": \"code\", \"source\": \"b\"}]}", "2:a 2: 4:b")]
    [InlineData("{\"cells\": [\r\n{\"cell_type\": \"code\",\r\n \"source\": [\"\\tä = \\\"\\u00e9\\ud83d\\ude00\\\"\"]}]}", "3:\tä = \"é😀\"")]
    [InlineData("{\"cells\": [{\"cell_type\": \"code\", \"source\": \"\"}, {\"cell_type\": \"code\", \"source\": []}, {\"cell_type\": \"code\"}, {\"cell_type\": \"code\", \"source\": \"a\"}]}", "1:a")]
    // Outputs, of whatever shape, are passed over.
    [InlineData("{\"cells\": [{\"cell_type\": \"code\",\n\"outputs\": [{\"text\": [\"source\"],\n\"cells\": [{\"cell_type\": \"code\", \"source\": \"x\"}]}],\n\"source\": \"a\"}]}", "4:a")]
    [InlineData("{\"metadata\": {\"cells\": [{\"cell_type\": \"code\", \"source\": \"x\"}]}, \"cells\": [{\"cell_type\": \"code\", \"metadata\": {\"source\": \"y\"}, \"source\": \"a\"}]}", "1:a")]
    // Of equal keys the last counts.
    [InlineData("{\"cells\": [{\"cell_type\": \"code\", \"source\": \"x\"}], \"cells\": [{\"cell_type\": \"raw\", \"cell_type\": \"code\", \"source\": \"y\", \"source\": \"a\"}]}", "1:a")]
    [InlineData("{\"\\u0063ells\": [{\"cell_type\": \"\\u0063ode\", \"source\": \"a\"}]}", "1:a")]
    // Version 3.
    [InlineData("{\"metadata\": {\"name\": \"\"}, \"nbformat\": 3, \"worksheets\": [{\"cells\": [\n{\"cell_type\": \"code\", \"input\": [\"a\"], \"language\": \"python\", \"outputs\": []},\n{\"cell_type\": \"heading\", \"level\": 1, \"source\": \"x\"}]}, {\"cells\": [{\"cell_type\": \"code\", \"input\": \"b\"}]}]}", "2:a 2: 3:b")]
    // Comments and commas at the end are no JSON, but read.
    [InlineData("{\"cells\": [{\"cell_type\": \"code\", \"source\": [\"a\",],},], // x\n}", "1:a")]
    public void Read_OfANotebook_HasTheLinesOfItsJson(string json, string expected)
    {
        var file = Read(json).File!;

        var lines = Encoding.UTF8.GetString(file.Text).TrimEnd('\n').Split('\n');
        Assert.Equal(expected, string.Join(' ', lines.Select((line, i) => $"{file.Contained!.Lines![i]}:{line}")));
        Assert.False(file.Contained!.IsBroken);
        Assert.True(file.Contained.Lines!.Count >= lines.Length);
    }

    [Theory]
    [InlineData("", "unknown-language: Jupyter notebook")]
    [InlineData("x", "unknown-language")]
    [InlineData("null", "unknown-language: it holds no cell of code (it is no JSON object)")]
    [InlineData("[]", "unknown-language: it holds no cell of code (it is no JSON object)")]
    [InlineData("{}", "unknown-language: it holds no cell of code")]
    [InlineData("{\"cells\": 1}", "unknown-language: it holds no cell of code")]
    [InlineData("{\"cells\": {\"source\": \"a\"}}", "unknown-language: it holds no cell of code")]
    [InlineData("{\"cells\": [1, [], \"code\", {\"cell_type\": [\"code\"], \"source\": \"a\"}, {\"source\": \"b\"}]}", "unknown-language: it holds no cell of code")]
    [InlineData("{\"cells\": [{\"cell_type\": \"markdown\", \"source\": \"def f(): pass\"}]}", "unknown-language: it holds no cell of code")]
    [InlineData("{\"cells\": [{\"cell_type\": \"code\", \"source\": \" \\n\\t\\n\"}]}", "unknown-language: it holds no code in a language of the manifest")]
    [InlineData("{\n\"cells\": [\n{\"cell_type\": \"code\", \"sour", "unknown-language: it holds no cell of code (its JSON breaks off in line 3)")]
    [InlineData("{\"cells\": [{\"cell_type\": \"code\", \"source\": \"a\\u0000b\"}]}", "unknown-language: it holds no cell of code (a cell is no text)")]
    [InlineData("{\"cells\": [{\"cell_type\": \"code\", \"source\": \"%%html\\n<b>\"}]}", "unknown-language: it holds no code in a language of the manifest")]
    public void Read_OfWhatHoldsNoCode_SaysWhy(string json, string expected)
    {
        var reading = Read(json);

        Assert.Null(reading.File);
        Assert.StartsWith(expected.Split(": Jupyter")[0], $"{reading.Reason!.Value.Name()}: {reading.Detail}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"cells\": [{\"cell_type\": \"code\", \"source\": \"a\"}, {\"cell_type\": \"code\", \"source\": \"b")]
    [InlineData("{\"cells\": [{\"cell_type\": \"code\", \"source\": \"a\"}], \"metadata\": {\"kernelspec\": ")]
    [InlineData("{\"cells\": [{\"cell_type\": \"code\", \"source\": \"a\"}]} more")]
    [InlineData("{\"cells\": [{\"cell_type\": \"code\", \"source\": \"a\"}, {\"cell_type\": \"code\", \"source\": \"\\ud800\"}, {\"cell_type\": \"code\", \"source\": [\"b\", 1]}]}")]
    public void Read_OfADamagedNotebook_HasWhatStandsBeforeAndIsMarked(string json)
    {
        var file = Read(json).File!;

        Assert.Equal("a\n", Encoding.UTF8.GetString(file.Text));
        Assert.True(file.Contained!.IsBroken || json.EndsWith("more", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("{\"cells\":[")]
    [InlineData("{\"worksheets\":[{\"cells\":")]
    [InlineData("{\"cells\":[{\"outputs\":")]
    public void Read_OfDeepNesting_Ends(string part)
    {
        var reading = Read(string.Concat(Enumerable.Repeat(part, (1 << 20) / part.Length)));

        Assert.Equal(SkipReason.UnknownLanguage, reading.Reason);
        var deep = $$"""{"cells": [{"cell_type": "code", "outputs": {{new string('[', 100_000)}}{{new string(']', 100_000)}}, "source": "a"}]}""";
        Assert.Equal("a\n", Encoding.UTF8.GetString(Read(deep).File!.Text));
    }

    [Fact]
    public void Read_OfRandomDamage_NeverFails()
    {
        var json = Encoding.UTF8.GetBytes("{\n \"cells\": [\n  {\"cell_type\": \"markdown\", \"source\": [\"# T\\n\"]},\n  {\"cell_type\": \"code\", \"source\": [\"def f():\\n\", \"    return '\\u00e9'\"], \"outputs\": [{\"a\": [1]}]}\n ],\n \"metadata\": {\"kernelspec\": {\"language\": \"python\"}}\n}\n");
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = json.ToArray();
            for (var k = random.Next(4); k >= 0; k--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : json[random.Next(json.Length)];
            }

            var cut = bytes.AsSpan(0, random.Next(bytes.Length)).ToArray();
            var reading = Reader.Read(Reader.Find("a.ipynb")!, new SourceFile("a.ipynb", cut, 1));
            Assert.Equal(reading.File is null, reading.Reason is not null);
            Assert.True(reading.File is null || reading.File.Contained!.Lines!.Count >= reading.File.Text.AsSpan().Count((byte)'\n'));
        }
    }

    private static ContainerReading Read(string json) =>
        Reader.Read(Reader.Find("dir/a.ipynb")!, new SourceFile("dir/a.ipynb", Encoding.UTF8.GetBytes(json), 0));

    internal static string Notebook(string language, params string[] cells) => JsonSerializer.Serialize(new
    {
        cells = cells.Select(cell => new { cell_type = "code", execution_count = 1, metadata = new { }, outputs = Array.Empty<string>(), source = cell.SplitLines() }),
        metadata = new { kernelspec = new { display_name = language, language, name = language }, language_info = new { name = language } },
        nbformat = 4,
        nbformat_minor = 5,
    }, new JsonSerializerOptions { WriteIndented = true }) + "\n";
}

internal static class CellLines
{
    public static string[] SplitLines(this string text) =>
        [.. text.Split('\n').Select((line, i) => (line, i)).Select(item => item.i < text.Count(c => c == '\n') ? item.line + "\n" : item.line).Where(line => line.Length > 0)];
}
