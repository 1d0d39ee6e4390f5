using System.Text.Json;
using System.Text.Json.Serialization;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Rows;

/// <summary>Rows as JSON: camelCase, null left out, one object a line.</summary>
public static class RowJson
{
    /// <summary>How everything the agents store is written; code stays readable, and nothing in it steers a terminal.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = TerminalSafeEncoder.Instance,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>A row as UTF-8.</summary>
    public static byte[] Write(InstructionRow row) => JsonSerializer.SerializeToUtf8Bytes(row, Options);

    /// <summary>A row that <see cref="Write(InstructionRow)"/> wrote.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static InstructionRow Read(ReadOnlySpan<byte> json) => EvidenceMigration.Read(JsonSerializer.Deserialize<InstructionRow>(json, Options) ?? throw new JsonException("A row is null."));
}
