using System.Text;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Containers;

/// <summary>Joins the cells of a notebook to one text, a blank line between two of them.</summary>
internal sealed class CellJoiner
{
    private readonly List<byte> _text = [];
    private readonly List<int> _lines = [];
    private readonly List<(int Start, int End)> _commands = [];
    private bool _isBroken;

    /// <summary>Bytes of the cells added so far.</summary>
    public int Bytes { get; private set; }

    /// <summary>Adds a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="reading">What of it is code.</param>
    public void Add(NotebookCell cell, CellReading reading)
    {
        if (_text.Count > 0)
        {
            _text.Add((byte)'\n');
            _lines.Add(_lines[^1]);
        }

        var start = _text.Count;
        _commands.AddRange(reading.Commands.Select(command => (start + command.Start, start + command.End)));
        _text.AddRange(cell.Text);
        _lines.AddRange(cell.Lines);
        Bytes += cell.Text.Length;
        _isBroken |= reading.IsBroken;
        if (cell.Text[^1] != '\n')
        {
            _text.Add((byte)'\n');
        }
    }

    /// <summary>The code as a file.</summary>
    public SourceFile ToFile(SourceFile file, Notebook notebook, Language language)
    {
        // Prose is read as the comment of a file is.
        var sign = language.Comments?.Line is [var first, ..] ? first + " " : "";
        var code = _text.ToArray();

        // What counts the lines of the text counts those of the file, unless it has lines longer than one of the code.
        var rest = file.Text.AsSpan().Count((byte)'\n') + (file.Text is [.., (byte)'\n'] ? 0 : 1) - _lines.Count;
        _text.AddRange(Enumerable.Repeat((byte)'\n', Math.Max(0, rest)));
        _lines.AddRange(Enumerable.Repeat(_lines.Count + rest, Math.Max(0, rest)));
        var prose = notebook.Prose.ToString().Split('\n').Select(line => $"{sign}{line.TrimEnd()}\n");
        return file with
        {
            Text = [.. _text],
            Contained = new ContainedCode
            {
                Lines = _lines,
                Commands = _commands,
                Bytes = Bytes,
                Notices = [.. notebook.Prose.Length == 0 ? [] : Encoding.UTF8.GetBytes(string.Concat(prose)), .. code],
                IsBroken = _isBroken || notebook.Problem is not null,
            },
        };
    }
}
