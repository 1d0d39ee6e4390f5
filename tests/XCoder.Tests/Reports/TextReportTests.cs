using Xunit;
using XCoder.Analysis.Reports;

namespace XCoder.Tests.Reports;

public class TextReportTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(40)]
    public void Write_Summary_IsAsApproved(int width) => Snapshot.Matches(Summary(new TextOptions { Width = width }), $"summary-{width}.txt");

    [Fact]
    public void Write_Duplicates_AreAsApproved() => Snapshot.Matches(Render(writer => DuplicatesText.Write(writer, SampleReport.Make().Groups, new TextOptions())), "duplicates.txt");

    [Fact]
    public void Write_Coverage_IsAsApproved() => Snapshot.Matches(Render(writer => CoverageText.Write(writer, SampleReport.Make().Coverage, new TextOptions())), "coverage.txt");

    [Fact]
    public void Write_Snippets_AreAsApproved()
    {
        var snippets = SampleReport.Make().Groups.SelectMany(group => group.Members);
        Snapshot.Matches(Render(writer => SnippetsText.Write(writer, snippets, new TextOptions(), SampleReport.Code)), "snippets.txt");
    }

    [Fact]
    public void Write_NarrowTerminal_KeepsTablesWithinIt()
    {
        // Running text may hold a word that fits no line; tables and their cells always fit.
        var lines = Summary(new TextOptions { Width = 40, TopLosses = 0 }).Split('\n');
        Assert.All(lines, line => Assert.InRange(DisplayWidth.Of(line), 0, 40));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 8)]
    public void Write_Colour_IsTheOnlySourceOfEscapes(bool colour, int least)
    {
        var text = Summary(new TextOptions { Colour = colour });
        Assert.DoesNotContain("\e[31m", text, StringComparison.Ordinal);
        Assert.True(colour ? text.Count(character => character == '\e') >= least : !text.Contains('\e'));
        Assert.DoesNotContain('\u202E', text);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\nb\r\tc", "a\\nb\\r\\tc")]
    [InlineData("\e[2J\u009B\u007F", "\\x1B[2J\\x9B\\x7F")]
    [InlineData("x\u202Ey\u2066\u200B\u2028\uFEFF", "x\\u202Ey\\u2066\\u200B\\u2028\\uFEFF")]
    [InlineData("\U000E0041 \u3164 é 数", "\\U000E0041 \\u3164 é 数")]
    public void ForTerminal_ActingCharacters_BecomeVisible(string text, string expected) => Assert.Equal(expected, SafeText.ForTerminal(text));

    [Fact]
    public void ForTerminal_LoneSurrogate_IsReplaced() => Assert.Equal("a\uFFFDb", SafeText.ForTerminal("a\uD800b"));

    [Fact]
    public void ForLines_LayoutOfCode_Stays() => Assert.Equal("a\n\tb\n\\x1B\\rc", SafeText.ForLines("a\r\n\tb\n\e\rc"));

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("数える", 6)]
    [InlineData("e\u0301", 1)]
    [InlineData("ｈ🙂", 4)]
    public void Of_Text_IsItsColumns(string text, int width) => Assert.Equal(width, DisplayWidth.Of(text));

    [Theory]
    [InlineData("abcdef", 4, false, "abc…")]
    [InlineData("abcdef", 4, true, "…def")]
    [InlineData("数える", 4, false, "数…")]
    [InlineData("ab", 1, false, "…")]
    public void Fit_TooWide_IsCut(string text, int width, bool keepEnd, string expected) => Assert.Equal(expected, DisplayWidth.Fit(text, width, keepEnd));

    [Fact]
    public void Add_WrongNumberOfCells_SaysBoth()
    {
        var error = Assert.Throws<ArgumentException>(() => new TextTable(new TextColumn("A", 1)).Add("x", "y"));
        Assert.StartsWith("Found 2 cells in row 1, expected 1.", error.Message);
    }

    private static string Summary(TextOptions options) => Render(writer => TerminalReport.Write(writer, SampleReport.Make(), options));

    private static string Render(Action<TextWriter> write)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        write(writer);
        return writer.ToString();
    }
}
