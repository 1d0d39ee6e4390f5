using System.Globalization;
using XCoder.Cli.Reports;

namespace XCoder.Tests.Cli.Reports;

public class ReportTableTests
{
    [Theory]
    [InlineData("[red]name[/]")]
    [InlineData("[[x]] [link=http://a]b[/] [/]")]
    [InlineData("int[,] f(Dictionary<string, int[]> a)")]
    public void Write_Markup_IsText(string name)
    {
        var table = new ReportTable(new ReportColumn(name, 1));
        table.Add(name);
        Assert.Equal($"{name}\n{name}\n", ConsoleText.Of(table.Write));
        Assert.Equal($"\e[2m{name}\e[0m\n{name}\n", ConsoleText.Of(table.Write, colour: true));
    }

    [Fact]
    public void Lines_Markup_IsText()
    {
        var text = ConsoleText.Of(console =>
        {
            console.Line("[red]a[/]", ReportConsole.Bold);
            console.Paragraph("[red]b\e[31m\u202E[/] c", "  ");
        }, 20, colour: true);
        Assert.Equal("\e[1m[red]a[/]\e[0m\n[red]b\\x1B[31m\\u202E[/]\n  c\n", text);
    }

    [Fact]
    public void Write_ActingCharacters_BecomeVisibleInHeadingsAndCells()
    {
        var table = new ReportTable(new ReportColumn("a\e[31m", 1), new ReportColumn("b", 2));
        table.Add("x\ny\u202E", "z");
        Assert.Equal("a\\x1B[31m   b\nx\\ny\\u202E  z\n", ConsoleText.Of(table.Write));
    }

    [Fact]
    public void Write_WideAndCombiningCharacters_KeepColumnsInLine()
    {
        var table = new ReportTable(new ReportColumn("Name", 2), new ReportColumn("N", 1, IsNumber: true));
        table.Add("数える", "1");
        table.Add("e\u0301e\u0301", "20");
        Assert.Equal("Name     N\n数える   1\ne\u0301e\u0301      20\n", ConsoleText.Of(table.Write));
    }

    [Fact]
    public void Write_TooNarrow_LeavesTheLeastImportantOutAndCutsPathsAtTheirStart()
    {
        var table = new ReportTable(new ReportColumn("Kind", 1), new ReportColumn("Tokens", 3, IsNumber: true), new ReportColumn("Place", 2, KeepEnd: true, MinWidth: 10));
        table.Add("near", "12,345", "repository/folder/file.py:1");
        Assert.Equal("Kind  Tokens  Place\nnear  12,345  repository/folder/file.py:1\n", ConsoleText.Of(table.Write, 41));
        Assert.Equal("Tokens  Place\n12,345  …r/file.py:1\n", ConsoleText.Of(table.Write, 20));
    }

    [Fact]
    public void Write_NumbersWiderThanTheConsole_StillNameTheRows()
    {
        var table = new ReportTable(new ReportColumn("Language", 2), new ReportColumn("Number", 1, IsNumber: true));
        table.Add("python", new string('9', 30));
        Assert.Equal("Language\npython\n", ConsoleText.Of(table.Write, 20));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(256)]
    [InlineData(600)]
    public void Write_ManyRows_AreOneTable(int count)
    {
        var table = new ReportTable(new ReportColumn("Row", 2, IsNumber: true), new ReportColumn("Name", 1));
        for (var i = 0; i < count; i++)
        {
            table.Add(i.ToString(CultureInfo.InvariantCulture), "name");
        }

        var lines = ConsoleText.Of(table.Write).TrimEnd('\n').Split('\n');
        Assert.Equal("Row  Name", lines[0]);
        Assert.Equal(Enumerable.Range(0, count).Select(i => $"{i,3}  name"), lines[1..]);
    }

    [Fact]
    public void Create_TooNarrow_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => ReportConsole.Create(TextWriter.Null, 19));
}
