using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using XCoder.Agents.Rows;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Export;

/// <summary>One file of records, JSON lines or Parquet; complete after <see cref="Finish"/>.</summary>
internal sealed class RecordFile : IDisposable
{
    private readonly ExportOptions _options;
    private readonly string _path;
    private readonly string _lines;
    private readonly FileStream _stream;
    private readonly LineWriter _writer;

    public RecordFile(string path, ExportOptions options)
    {
        (_path, _options) = (path, options);
        _lines = options.Parquet ? path + ".lines" : path;
        _stream = new FileStream(_lines, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 16);
        _writer = new LineWriter(_stream);
    }

    /// <summary>Number of records written.</summary>
    public long Rows => _writer.Lines;

    public void Write(Action<Utf8JsonWriter> write) => _writer.Write(write);

    /// <summary>Completes the file.</summary>
    /// <returns>The file's facts, with its bare name as the path.</returns>
    public ExportedFile Finish()
    {
        Dispose();
        if (_options.Parquet)
        {
            ParquetConverter.Convert(_lines, _path, _options.Format.Columns, _writer.Lines);
            File.Delete(_lines);
        }

        using var stream = File.OpenRead(_path);
        return new ExportedFile(Path.GetFileName(_path), _writer.Lines, stream.Length, HexHash.Of(stream));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _stream.Dispose();
    }
}

/// <summary>Writes JSON objects to a stream, one a line, and counts them. The stream stays open.</summary>
internal sealed class LineWriter : IDisposable
{
    private readonly Stream _stream;
    private readonly ArrayBufferWriter<byte> _line = new(1 << 12);
    private readonly Utf8JsonWriter _json;

    public LineWriter(Stream stream) =>
        (_stream, _json) = (stream, new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = RowJson.Options.Encoder }));

    /// <summary>Number of lines written.</summary>
    public long Lines { get; private set; }

    public void Write(Action<Utf8JsonWriter> write)
    {
        _json.Reset();
        write(_json);
        _json.Flush();
        Lines++;
        _line.Write("\n"u8);
        _stream.Write(_line.WrittenSpan);
        _line.ResetWrittenCount();
    }

    public void Dispose() => _json.Dispose();
}
