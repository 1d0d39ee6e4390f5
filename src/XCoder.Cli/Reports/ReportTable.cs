using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Reports;

/// <summary>A column of a <see cref="ReportTable"/>.</summary>
/// <param name="Header">The heading.</param>
/// <param name="Importance">If lines are too wide, the least important columns are cut first and then left out.</param>
/// <param name="IsNumber">Whether the cells are numbers, which are right-aligned and never cut.</param>
/// <param name="KeepEnd">Whether a cut removes the start instead of the end, for paths.</param>
/// <param name="MinWidth">Width in columns that remains after a cut.</param>
internal sealed record ReportColumn(string Header, int Importance, bool IsNumber = false, bool KeepEnd = false, int MinWidth = 8);

/// <summary>
/// A table drawn by Spectre with column widths chosen here, because Spectre cannot leave out columns and writes only ellipses if they do
/// not fit. Every cell is made safe by <see cref="SafeText.ForTerminal"/>.
/// </summary>
internal sealed class ReportTable
{
    private const int Gap = 2;

    // Number of rows given to Spectre at a time. It needs 7 KB for each, so 100,000 at once would take 700 MB.
    private const int Batch = 256;

    private readonly ReportColumn[] _columns;
    private readonly List<string[]> _rows = [];

    /// <summary>Creates a table with these columns, left to right.</summary>
    public ReportTable(params IReadOnlyList<ReportColumn> columns) =>
        _columns = [.. columns.Select(column => column with { Header = SafeText.ForTerminal(column.Header) })];

    /// <summary>Number of rows so far.</summary>
    public int Count => _rows.Count;

    /// <exception cref="ArgumentException">The number of cells differs from the number of columns.</exception>
    public void Add(params IReadOnlyList<string> cells)
    {
        if (cells.Count != _columns.Length)
        {
            throw new ArgumentException($"Found {cells.Count} cells in row {_rows.Count + 1}, expected {_columns.Length}.", nameof(cells));
        }

        _rows.Add([.. cells.Select(SafeText.ForTerminal)]);
    }

    /// <summary>Writes headings and rows; no line is wider than the console.</summary>
    public void Write(IAnsiConsole console)
    {
        var widths = FitColumns(console.Profile.Width);
        var shown = Enumerable.Range(0, widths.Length).Where(i => widths[i] > 0).ToArray();
        for (var first = 0; first == 0 || first < _rows.Count; first += Batch)
        {
            var table = new Table { Border = TableBorder.None, ShowHeaders = first == 0 };
            foreach (var i in shown)
            {
                table.AddColumn(new TableColumn(Cell(_columns[i].Header, i, ReportConsole.Dim))
                {
                    Width = widths[i],
                    NoWrap = true,
                    Alignment = _columns[i].IsNumber ? Justify.Right : Justify.Left,
                    Padding = new Padding(0, 0, i == shown[^1] ? 0 : Gap, 0),
                });
            }

            foreach (var row in _rows.Skip(first).Take(Batch))
            {
                table.AddRow(shown.Select(i => Cell(row[i], i, null)));
            }

            console.Write(new TrimmedLines(table));
        }

        IRenderable Cell(string text, int column, Style? style) =>
            new SegmentText(SegmentText.Cut(text, widths[column], _columns[column].KeepEnd), style);
    }

    // Returns the columns' widths; 0 leaves a column out.
    private int[] FitColumns(int room)
    {
        var order = Enumerable.Range(0, _columns.Length).OrderBy(i => _columns[i].Importance).ToArray();
        var full = new int[_columns.Length];
        foreach (var i in order)
        {
            full[i] = Math.Max(1, _rows.Select(row => row[i]).Append(_columns[i].Header).Max(SegmentText.Width));
        }

        for (var dropped = 0; ; dropped++)
        {
            var left = order[dropped..];
            var widths = new int[_columns.Length];
            foreach (var i in left)
            {
                widths[i] = full[i];
            }

            var excess = widths.Sum() + (Gap * (left.Length - 1)) - room;
            foreach (var i in left.Where(i => excess > 0 && !_columns[i].IsNumber))
            {
                var cut = Math.Clamp(widths[i] - _columns[i].MinWidth, 0, Math.Max(0, excess));
                (widths[i], excess) = (widths[i] - cut, excess - cut);
            }

            if (excess <= 0)
            {
                return widths;
            }

            if (left.Length == 1)
            {
                widths[left[0]] = room;
                return widths;
            }
        }
    }

    // Removes the spaces with which Spectre fills each line to the table's width.
    private sealed class TrimmedLines(IRenderable inner) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            var line = new List<Segment>();
            foreach (var segment in inner.Render(options, maxWidth))
            {
                if (!segment.IsLineBreak)
                {
                    line.Add(segment);
                    continue;
                }

                foreach (var part in line.Take(line.FindLastIndex(part => !part.IsWhiteSpace) + 1))
                {
                    yield return part;
                }

                line.Clear();
                yield return segment;
            }
        }
    }
}

/// <summary>Text that Spectre writes unchanged, without markup or line breaks.</summary>
internal sealed class SegmentText(params Segment[] segments) : IRenderable
{
    private const string Ellipsis = "…";

    private readonly int _width = segments.Sum(segment => segment.IsLineBreak ? 0 : Width(segment.Text));

    /// <summary>Creates a text in one style.</summary>
    public SegmentText(string text, Style? style) : this(style is null ? new Segment(text) : new Segment(text, style.Value))
    {
    }

    /// <summary>Width of a text in terminal columns: East Asian wide characters and emoji take two, combining marks none.</summary>
    public static int Width(string text) =>
        text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? text.Length : new Segment(text).CellCount();

    /// <summary>Cuts a text to at most <paramref name="width"/> columns; an ellipsis replaces its end or start.</summary>
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

        // Cuts between whole characters as people see them, so a letter keeps its combining marks.
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

    /// <summary>
    /// Returns the text; in a right-aligned column with leading spaces, because Spectre leaves the alignment to the cell.
    /// </summary>
    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        options.Justification == Justify.Right && maxWidth > _width ? [Segment.Padding(maxWidth - _width), .. segments] : segments;
}
