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
    public static InstructionRow Read(ReadOnlySpan<byte> json) =>
        EvidenceMigration.Read(JsonSerializer.Deserialize<InstructionRow>(json, Options) ?? throw new JsonException("A row is null."));
}

/// <summary>Names of tasks, verdicts and other enumerations as they stand in JSON.</summary>
public static class RowNames
{
    /// <summary>The name of a value.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => Names<T>.Of[value];

    /// <summary>The value with a name, whatever its case; null where there is none.</summary>
    public static T? Find<T>(string name)
        where T : struct, Enum
    {
        foreach (var (value, known) in Names<T>.Of)
        {
            if (string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly IReadOnlyDictionary<T, string> Of = Enum.GetValues<T>()
            .ToDictionary(value => value, value => JsonSerializer.Serialize(value, RowJson.Options).Trim('"'));
    }
}
