using System.Buffers;
using System.Text.Json;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Export;

/// <summary>Writes JSON objects to a stream that stays open, one a line, and keeps count.</summary>
internal sealed class LineWriter : IDisposable
{
    private readonly Stream _stream;
    private readonly ArrayBufferWriter<byte> _line = new(1 << 12);
    private readonly Utf8JsonWriter _json;

    public LineWriter(Stream stream) =>
        (_stream, _json) = (stream, new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = RowJson.Options.Encoder }));

    /// <summary>Lines written.</summary>
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
