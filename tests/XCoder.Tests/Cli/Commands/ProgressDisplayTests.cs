using Spectre.Console;
using XCoder.Analysis.Model;
using XCoder.Cli.Commands;
using XCoder.Cli.Reports;
using XCoder.Tests.Agents.Chat;

namespace XCoder.Tests.Cli.Commands;

public sealed class ProgressDisplayTests : IDisposable
{
    private static readonly StageProgress Half = new("extracting", 5, 10) { Unit = "files", Item = "[red]a\e[31m\u202E[/]" };

    private readonly ManualTime _time = new();
    private readonly StringWriter _plain = new() { NewLine = "\n" };
    private readonly StringWriter _drawn = new() { NewLine = "\n" };

    public void Dispose()
    {
        _plain.Dispose();
        _drawn.Dispose();
    }

    [Fact]
    public void Report_NotToATerminal_WritesAPlainLineEveryTenSeconds()
    {
        using var display = new ProgressDisplay(_plain, null, _time);
        foreach (var second in Enumerable.Range(1, 25))
        {
            display.Report(Half with { Done = second, Total = 50 });
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        display.Clear();
        Assert.Equal(
            "extracting [red]a\\x1B[31m\\u202E[/]  11/50 files  1 files/s  ETA 00:39\n"
            + "extracting [red]a\\x1B[31m\\u202E[/]  21/50 files  1 files/s  ETA 00:29\n",
            _plain.ToString());
    }

    [Fact]
    public void Report_TooSoonOnATerminal_DrawsNothing()
    {
        using var display = Terminal(100);
        display.Report(Half);
        display.Clear();
        Assert.Equal("", _drawn.ToString());
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(100)]
    public void Report_ToATerminal_FitsAndIsRemoved(int width)
    {
        using var display = Terminal(width);
        Draw(display, Half);
        Draw(display, Half with { Done = 7, Item = "数える数える数える数える数える" });
        display.Clear();
        var lines = Codes(_drawn.ToString()).Split('\n', '\r');
        Assert.All(lines, line => Assert.InRange(SegmentText.Width(line), 0, width));
        Assert.Contains(lines, line => line.Contains("extracting [red]a", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains('数', StringComparison.Ordinal));
        Assert.Equal(width >= ProgressDisplay.LeastWidthOfBar, _drawn.ToString().Contains('━', StringComparison.Ordinal));
        Assert.DoesNotContain("\u202E", _drawn.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\e[31m", _drawn.ToString(), StringComparison.Ordinal);

        // The cursor is never hidden, and the line is erased at last.
        Assert.DoesNotContain("\e[?25", _drawn.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\e[2K", _drawn.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_ShorterLine_CoversTheOneBefore()
    {
        using var display = Terminal(60);
        Draw(display, Half);
        Draw(display, new StageProgress("walking", 0, 0));
        var lines = Codes(_drawn.ToString()).Split('\n', '\r');
        Assert.Equal("walking", lines[^1].TrimEnd());
        Assert.Equal(lines[0].Length, lines[^1].Length);
    }

    [Fact]
    public void Report_WithoutColour_DrawsNone()
    {
        using var display = Terminal(100);
        Draw(display, Half);
        display.Clear();
        Assert.DoesNotMatch("\e\\[[0-9;]*m", _drawn.ToString());
    }

    [Fact]
    public void Hold_WhileOthersWrite_DrawsNothing()
    {
        using var display = Terminal(100);
        Draw(display, Half);
        display.Hold(() =>
        {
            var before = _drawn.ToString();
            Draw(display, Half with { Done = 6 });
            Assert.Equal(before, _drawn.ToString());
        });
        Draw(display, Half with { Done = 8 });
        Assert.Contains("8/10 files", _drawn.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Time_OfSeconds_IsForPeople() => Assert.Equal(("00:59", "1:01:01"), (ProgressDisplay.Time(59), ProgressDisplay.Time(3661)));

    private static string Codes(string text) => System.Text.RegularExpressions.Regex.Replace(text, "\e\\[[0-9;?]*[A-Za-z]", "");

    private ProgressDisplay Terminal(int width)
    {
        var console = ReportConsole.OfTerminal(_drawn, colour: false);
        console.Profile.Width = width;
        return new ProgressDisplay(_plain, console, _time);
    }

    private void Draw(ProgressDisplay display, StageProgress progress)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        display.Report(progress);
    }
}
