using XCoder.Analysis.Text;
using XCoder.Cli.Reports;
using XCoder.Tests.Analysis.Reports;
using Xunit;

namespace XCoder.Tests.Cli.Reports;

public class TextReportTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(40)]
    public void Write_Summary_IsAsApproved(int width) => Snapshot.Matches(Summary(width), $"summary-{width}.txt");

    [Fact]
    public void Write_Duplicates_AreAsApproved() => Snapshot.Matches(ConsoleText.Of(console => DuplicatesText.Write(console, SampleReport.Make().Groups)), "duplicates.txt");

    [Fact]
    public void Write_Coverage_IsAsApproved() => Snapshot.Matches(ConsoleText.Of(console => CoverageText.Write(console, SampleReport.Make().Coverage)), "coverage.txt");

    [Fact]
    public void Write_Snippets_AreAsApproved()
    {
        var snippets = SampleReport.Make().Groups.SelectMany(group => group.Members);
        Snapshot.Matches(ConsoleText.Of(console => SnippetsText.Write(console, snippets, SampleReport.Code)), "snippets.txt");
    }

    [Theory]
    [InlineData(24)]
    [InlineData(40)]
    public void Write_NarrowTerminal_KeepsTablesWithinIt(int width)
    {
        // Running text may hold a word that fits no line; tables and their cells always fit.
        var sample = SampleReport.Make();
        var lines = ConsoleText.Of(console => TerminalReport.Write(console, sample with { Coverage = sample.Coverage with { Losses = [] } }), width).Split('\n');
        Assert.All(lines, line => Assert.InRange(SegmentText.Width(line), 0, width));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 8)]
    public void Write_Colour_IsTheOnlySourceOfEscapes(bool colour, int least)
    {
        var text = Summary(colour: colour);
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
    [InlineData("±…─α", 4)] // of ambiguous width: one column, as terminals take them unless told otherwise
    [InlineData("👨‍👩‍👧", 2)]
    public void Width_Text_IsItsColumns(string text, int width) => Assert.Equal(width, SegmentText.Width(text));

    [Theory]
    [InlineData("abcdef", 4, false, "abc…")]
    [InlineData("abcdef", 4, true, "…def")]
    [InlineData("数える", 4, false, "数…")]
    [InlineData("ab", 1, false, "…")]
    [InlineData("abe\u0301", 2, true, "…e\u0301")]
    [InlineData("e\u0301bc", 2, false, "e\u0301…")]
    [InlineData("ab", 0, false, "")]
    public void Cut_TooWide_IsCut(string text, int width, bool keepEnd, string expected) => Assert.Equal(expected, SegmentText.Cut(text, width, keepEnd));

    [Fact]
    public void Add_WrongNumberOfCells_SaysBoth()
    {
        var error = Assert.Throws<ArgumentException>(() => new ReportTable(new ReportColumn("A", 1)).Add("x", "y"));
        Assert.StartsWith("Found 2 cells in row 1, expected 1.", error.Message);
    }

    private static string Summary(int width = ReportConsole.DefaultWidth, bool colour = false) => ConsoleText.Of(console => TerminalReport.Write(console, SampleReport.Make()), width, colour);
}
