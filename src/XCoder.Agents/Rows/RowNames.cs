using System.Text.Json;

namespace XCoder.Agents.Rows;

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
        public static readonly IReadOnlyDictionary<T, string> Of = Enum.GetValues<T>().ToDictionary(value => value, value => JsonSerializer.Serialize(value, RowJson.Options).Trim('"'));
    }
}
