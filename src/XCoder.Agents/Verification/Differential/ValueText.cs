using System.Globalization;
using System.Text.Json;

namespace XCoder.Agents.Verification.Differential;

/// <summary>Values for people.</summary>
internal static class ValueText
{
    private const int Longest = 160;

    /// <summary>Values of a call, joined by commas.</summary>
    public static string Of(IReadOnlyList<object> values) => string.Join(", ", values.Select(Of));

    /// <summary>A text of bounded length.</summary>
    public static string Short(string text) => text.Length <= Longest ? text : text[..(Longest / 2)] + "…" + text[^(Longest / 2)..];

    private static string Of(object value) => value switch
    {
        List<object> list => "[" + Of(list) + "]",
        string text => JsonSerializer.Serialize(text, XCoder.Agents.Rows.RowJson.Options),
        char c => $"'{c}'",
        bool truth => truth ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
