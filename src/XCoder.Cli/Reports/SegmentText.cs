using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace XCoder.Cli.Reports;

/// <summary>Text that is written as it is: no markup, no line breaks of Spectre's own.</summary>
internal sealed class SegmentText(params Segment[] segments) : IRenderable
{
    private const string Ellipsis = "…";

    private readonly int _width = segments.Sum(segment => segment.IsLineBreak ? 0 : Width(segment.Text));

    /// <summary>A text in one style.</summary>
    public SegmentText(string text, Style? style) : this(style is null ? new Segment(text) : new Segment(text, style.Value))
    {
    }

    /// <summary>Columns that a text takes on a terminal: East Asian wide characters and emoji two, combining marks none.</summary>
    public static int Width(string text) => text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? text.Length : new Segment(text).CellCount();

    /// <summary>The text in at most <paramref name="width"/> columns; an ellipsis stands for what is cut off its end or start.</summary>
    public static string Cut(string text, int width, bool keepEnd)
    {
        if (Width(text) <= width)
        {
            return text;
        }

        if (width <= 0)
        {
            return "";
        }

        // Whole characters as people see them: a letter goes with its marks.
        var starts = StringInfo.ParseCombiningCharacters(text);
        var (kept, room) = (0, width - 1);
        while (kept < starts.Length && Width(Element(keepEnd ? starts.Length - 1 - kept : kept)) is var next && next <= room)
        {
            (kept, room) = (kept + 1, room - next);
        }

        return kept == 0 ? Ellipsis : keepEnd ? Ellipsis + text[starts[^kept]..] : text[..starts[kept]] + Ellipsis;

        string Element(int index) => text[starts[index]..(index + 1 < starts.Length ? starts[index + 1] : text.Length)];
    }

    public Measurement Measure(RenderOptions options, int maxWidth) => new(_width, _width);

    /// <summary>The text; in a right-aligned column its blanks before it, which Spectre leaves to what stands in a cell.</summary>
    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        options.Justification == Justify.Right && maxWidth > _width ? [Segment.Padding(maxWidth - _width), .. segments] : segments;
}
