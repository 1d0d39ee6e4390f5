using System.Security.Cryptography;
using System.Text.Json;

namespace XCoder.Agents.Export;

/// <summary>One file of records, JSONL or Parquet; complete once <see cref="Finish"/> was called.</summary>
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

    /// <summary>Records written.</summary>
    public long Rows => _writer.Lines;

    public void Write(Action<Utf8JsonWriter> write) => _writer.Write(write);

    /// <summary>Completes the file.</summary>
    /// <returns>It, under the name of its path.</returns>
    public ExportedFile Finish()
    {
        Dispose();
        if (_options.Parquet)
        {
            ParquetConverter.Convert(_lines, _path, ExportColumns.Of(_options.Format), _writer.Lines);
            File.Delete(_lines);
        }

        using var stream = File.OpenRead(_path);
        return new ExportedFile(Path.GetFileName(_path), _writer.Lines, stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _stream.Dispose();
    }
}
