using System.Globalization;
using System.Text;
using System.Text.Json;

namespace XCoder.Analysis.Extraction.Containers;

/// <summary>
/// Reads the cells of a Jupyter notebook of any version from its JSON. Outputs are passed over. Of a damaged file, what stands before
/// the damage is read.
/// </summary>
internal ref struct NotebookReader
{
    // Outputs may nest without limit; passing over them takes a bit per level.
    private const int MaxDepth = 1 << 24;

    // Prose that may hold a notice stands at the beginning.
    private const int MostProse = 8192;

    private readonly ReadOnlySpan<byte> _text;
    private readonly Notebook _notebook = new();
    private Utf8JsonReader _json;
    private int _line = 1;
    private int _counted;

    private NotebookReader(ReadOnlySpan<byte> text)
    {
        _text = text;
        _json = new Utf8JsonReader(text, new JsonReaderOptions
        {
            AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth,
        });
    }

    /// <summary>Reads a notebook.</summary>
    /// <param name="text">Its JSON in valid UTF-8.</param>
    public static Notebook Read(ReadOnlySpan<byte> text)
    {
        var reader = new NotebookReader(text);
        try
        {
            reader.ReadRoot();
        }
        catch (JsonException exception)
        {
            reader._notebook.Problem = string.Create(CultureInfo.InvariantCulture,
                $"its JSON breaks off in line {(exception.LineNumber ?? 0) + 1}");
        }

        return reader._notebook;
    }

    private void ReadRoot()
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject)
        {
            _notebook.Problem = "it is no JSON object";
            return;
        }

        while (NextProperty())
        {
            if (_json.ValueTextEquals("metadata"u8))
            {
                ReadMetadata();
            }
            else if (_json.ValueTextEquals("cells"u8))
            {
                // Of equal keys the last counts, as in the readers of JSON that notebooks are made for.
                _notebook.Cells.Clear();
                ReadCells();
            }
            else if (_json.ValueTextEquals("worksheets"u8))
            {
                ReadWorksheets();
            }
            else
            {
                PassValue();
            }
        }
    }

    // Versions 1 to 3 of the format.
    private void ReadWorksheets()
    {
        if (!Enter(JsonTokenType.StartArray))
        {
            return;
        }

        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.StartObject)
            {
                _json.Skip();
                continue;
            }

            while (NextProperty())
            {
                if (_json.ValueTextEquals("cells"u8))
                {
                    ReadCells();
                }
                else
                {
                    PassValue();
                }
            }
        }
    }

    private void ReadMetadata()
    {
        if (!Enter(JsonTokenType.StartObject))
        {
            return;
        }

        var (specified, informed) = ((string?)null, (string?)null);
        while (NextProperty())
        {
            if (_json.ValueTextEquals("kernelspec"u8))
            {
                (specified, _notebook.Kernel) = ReadNames("language"u8);
            }
            else if (_json.ValueTextEquals("language_info"u8))
            {
                (_, informed) = ReadNames("name"u8);
            }
            else
            {
                PassValue();
            }
        }

        _notebook.Languages.InsertRange(0, new[] { specified, informed }.OfType<string>());
    }

    // The strings of an object under a key and under "name".
    private (string? Value, string? Name) ReadNames(ReadOnlySpan<byte> key)
    {
        var (value, name) = ((string?)null, (string?)null);
        if (!Enter(JsonTokenType.StartObject))
        {
            return default;
        }

        while (NextProperty())
        {
            if (_json.ValueTextEquals("name"u8))
            {
                name = ReadName();
            }
            else if (_json.ValueTextEquals(key))
            {
                value = ReadName();
            }
            else
            {
                PassValue();
            }
        }

        return (value, name);
    }

    private string? ReadName()
    {
        var text = new CellText();
        ReadSource(text);
        return text.Bytes.Count is > 0 and <= 100 ? Encoding.UTF8.GetString(text.Bytes.ToArray()).Trim() : null;
    }

    private void ReadCells()
    {
        if (!Enter(JsonTokenType.StartArray))
        {
            return;
        }

        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType == JsonTokenType.StartObject)
            {
                ReadCell();
            }
            else
            {
                _json.Skip();
            }
        }
    }

    private void ReadCell()
    {
        var (isCode, isProse, language) = (false, false, (string?)null);
        var source = new CellText();
        while (NextProperty())
        {
            if (_json.ValueTextEquals("cell_type"u8))
            {
                _json.Read();
                isCode = _json.TokenType == JsonTokenType.String && _json.ValueTextEquals("code"u8);
                isProse = !isCode;
                _json.Skip();
            }
            else if (_json.ValueTextEquals("source"u8) || _json.ValueTextEquals("input"u8))
            {
                source = new CellText();
                ReadSource(source);
            }
            else if (_json.ValueTextEquals("language"u8))
            {
                language = ReadName();
            }
            else if (_json.ValueTextEquals("metadata"u8))
            {
                language = ReadCellLanguage() ?? language;
            }
            else
            {
                PassValue();
            }
        }

        if (source.IsBroken)
        {
            _notebook.Problem = "a cell is no text";
        }
        else if (isCode && source.Bytes.Count > 0)
        {
            _notebook.Cells.Add(new NotebookCell(source.Bytes.ToArray(), source.Lines, language));
            if (language is not null && _notebook.Languages.Count == 0)
            {
                _notebook.Languages.Add(language);
            }
        }
        else if (isProse && _notebook.Cells.Count == 0 && _notebook.Prose.Length + source.Bytes.Count <= MostProse)
        {
            _notebook.Prose.AppendLine(Encoding.UTF8.GetString(source.Bytes.ToArray()));
        }
    }

    // Editors that mix languages in a notebook say in a cell's metadata which one it is in.
    private string? ReadCellLanguage()
    {
        var language = (string?)null;
        if (!Enter(JsonTokenType.StartObject))
        {
            return null;
        }

        while (NextProperty())
        {
            if (_json.ValueTextEquals("vscode"u8))
            {
                language = ReadNames("languageId"u8).Value ?? language;
            }
            else if (_json.ValueTextEquals("polyglot_notebook"u8))
            {
                language = ReadNames("kernelName"u8).Value ?? language;
            }
            else if (_json.ValueTextEquals("dotnet_interactive"u8))
            {
                language = ReadNames("language"u8).Value ?? language;
            }
            else
            {
                PassValue();
            }
        }

        return language;
    }

    // A string, or a list of strings that belong together.
    private void ReadSource(CellText text)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.String)
        {
            ReadString(text);
        }
        else if (_json.TokenType == JsonTokenType.StartArray)
        {
            while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
            {
                if (_json.TokenType == JsonTokenType.String)
                {
                    ReadString(text);
                }
                else
                {
                    text.IsBroken = true;
                    _json.Skip();
                }
            }
        }
        else
        {
            _json.Skip();
        }
    }

    private void ReadString(CellText text)
    {
        var start = (int)_json.TokenStartIndex;
        _line += _text[_counted..start].Count((byte)'\n');
        _counted = start;
        var bytes = new byte[_json.ValueSpan.Length];
        try
        {
            text.Add(bytes.AsSpan(0, _json.CopyString(bytes)), _line);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            text.IsBroken = true;
        }
    }

    private bool NextProperty() => _json.Read() && _json.TokenType == JsonTokenType.PropertyName;

    private void PassValue()
    {
        _json.Read();
        _json.Skip();
    }

    // Enters a property's value if it is of a type, and passes over it otherwise.
    private bool Enter(JsonTokenType type)
    {
        _json.Read();
        if (_json.TokenType == type)
        {
            return true;
        }

        _json.Skip();
        return false;
    }

    // The decoded text of a cell, and the line of the file on which each of its lines begins.
    private sealed class CellText
    {
        private bool _isInLine;

        public List<byte> Bytes { get; } = [];

        public List<int> Lines { get; } = [];

        public bool IsBroken { get; set; }

        public void Add(ReadOnlySpan<byte> text, int line)
        {
            // A NUL would make the text binary.
            IsBroken |= text.Contains((byte)0);
            Bytes.AddRange(text);
            while (!text.IsEmpty)
            {
                if (!_isInLine)
                {
                    Lines.Add(line);
                }

                var end = text.IndexOf((byte)'\n');
                _isInLine = end < 0;
                text = end < 0 ? [] : text[(end + 1)..];
            }
        }
    }
}

/// <summary>What a notebook says of itself, and its code.</summary>
internal sealed class Notebook
{
    /// <summary>The names of its language, the most reliable first; empty if it names none.</summary>
    public List<string> Languages { get; } = [];

    /// <summary>Name of the program that runs it, or null.</summary>
    public string? Kernel { get; set; }

    /// <summary>The cells with code, in order.</summary>
    public List<NotebookCell> Cells { get; } = [];

    /// <summary>The text before the first cell with code.</summary>
    public StringBuilder Prose { get; } = new();

    /// <summary>What is wrong with the file, for people; null if nothing is.</summary>
    public string? Problem { get; set; }
}

/// <summary>A cell with code.</summary>
/// <param name="Text">Its decoded text, in UTF-8.</param>
/// <param name="Lines">For each line of the text, the line of the file on which it begins, 1-based.</param>
/// <param name="Language">Name of its language, if it names one.</param>
internal sealed record NotebookCell(byte[] Text, IReadOnlyList<int> Lines, string? Language);
