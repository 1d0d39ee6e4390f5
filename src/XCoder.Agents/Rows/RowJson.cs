using System.Text.Json;
using System.Text.Json.Serialization;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Rows;

/// <summary>Writes and reads rows as JSON: camelCase, null left out, one object per line.</summary>
public static class RowJson
{
    /// <summary>The JSON options for everything that agents store. Code stays readable, and control characters are escaped.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = TerminalSafeEncoder.Instance,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Writes a row as UTF-8.</summary>
    public static byte[] Write(InstructionRow row) => JsonSerializer.SerializeToUtf8Bytes(row, Options);

    /// <summary>Reads a row that <see cref="Write(InstructionRow)"/> wrote.</summary>
    /// <exception cref="JsonException">The JSON is not a row.</exception>
    public static InstructionRow Read(ReadOnlySpan<byte> json) =>
        EvidenceMigration.Read(JsonSerializer.Deserialize<InstructionRow>(json, Options) ?? throw new JsonException("A row is null."));
}

/// <summary>The JSON names of tasks, verdicts and other enumerations.</summary>
public static class RowNames
{
    /// <summary>Returns the name of a value.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => Names<T>.Of[value];

    /// <summary>
    /// Returns the value with a name, or null when there is none. Case does not count, and a hyphen may stand for a blank.
    /// </summary>
    public static T? Find<T>(string name)
        where T : struct, Enum
    {
        foreach (var (value, known) in Names<T>.Of)
        {
            if (string.Equals(Plain(known), Plain(name), StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    private static string Plain(string name) => name.Replace('-', ' ');

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly IReadOnlyDictionary<T, string> Of = Enum.GetValues<T>()
            .ToDictionary(value => value, value => JsonSerializer.Serialize(value, RowJson.Options).Trim('"'));
    }
}
