using System.Text;

namespace XCoder.Analysis.Reports;

/// <summary>Rows aligned by display width. Every cell goes through <see cref="SafeText.ForTerminal"/>.</summary>
public sealed class TextTable
{
    private const string Gap = "  ";

    private readonly IReadOnlyList<TextColumn> _columns;
    private readonly List<string[]> _rows = [];

    /// <summary>A table of these columns, left to right.</summary>
    public TextTable(params IReadOnlyList<TextColumn> columns) => _columns = columns;

    /// <summary>Rows so far.</summary>
    public int Count => _rows.Count;

    /// <summary>Adds a row.</summary>
    /// <exception cref="ArgumentException">The number of cells is not that of the columns.</exception>
    public void Add(params IReadOnlyList<string> cells)
    {
        if (cells.Count != _columns.Count)
        {
            throw new ArgumentException($"Found {cells.Count} cells in row {_rows.Count + 1}, expected {_columns.Count}.", nameof(cells));
        }

        _rows.Add([.. cells.Select(SafeText.ForTerminal)]);
    }

    /// <summary>Writes headings and rows, no line wider than the options say.</summary>
    public void Write(TextWriter writer, TextOptions options)
    {
        var widths = FitColumns(options.Width);
        writer.WriteLine(TextStyle.Dim(Line([.. _columns.Select(column => column.Header)], widths), options));
        foreach (var row in _rows)
        {
            writer.WriteLine(Line(row, widths));
        }
    }

    private string Line(string[] cells, int[] widths)
    {
        var line = new StringBuilder();
        for (var i = 0; i < cells.Length; i++)
        {
            if (widths[i] == 0)
            {
                continue;
            }

            var cell = DisplayWidth.Fit(cells[i], widths[i], _columns[i].KeepEnd);
            var padding = new string(' ', widths[i] - DisplayWidth.Of(cell));
            line.Append(line.Length == 0 ? "" : Gap).Append(_columns[i].IsNumber ? padding + cell : cell + padding);
        }

        return line.ToString().TrimEnd();
    }

    // A width of 0 leaves the column out.
    private int[] FitColumns(int room)
    {
        var order = Enumerable.Range(0, _columns.Count).OrderBy(i => _columns[i].Importance).ToArray();
        for (var dropped = 0; ; dropped++)
        {
            var left = order[dropped..];
            var widths = new int[_columns.Count];
            foreach (var i in left)
            {
                widths[i] = Math.Max(1, _rows.Select(row => row[i]).Append(_columns[i].Header).Max(DisplayWidth.Of));
            }

            var excess = widths.Sum() + (Gap.Length * (left.Length - 1)) - room;
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
}
