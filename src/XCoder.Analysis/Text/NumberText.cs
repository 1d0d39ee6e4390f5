using System.Globalization;

namespace XCoder.Analysis.Text;

/// <summary>Formats numbers for people, the same in every culture.</summary>
public static class NumberText
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>A count with thousands separators: <c>12,345</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun: <c>1 file</c>, <c>2 files</c>. The plural defaults to the singular with an s.</summary>
    public static string Count(long count, string one, string? many = null) => $"{Count(count)} {(count == 1 ? one : many ?? one + "s")}";

    /// <summary>A number of bytes in binary units: <c>12.5 KiB</c>.</summary>
    public static string Bytes(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1024 && unit < Units.Length - 1)
        {
            (value, unit) = (value / 1024, unit + 1);
        }

        return unit == 0 ? $"{Count(bytes)} B" : string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {Units[unit]}");
    }

    /// <summary>
    /// A share as <c>12.3 %</c>; <c>&lt;0.1 %</c> and <c>&gt;99.9 %</c> keep small and large shares apart from none and
    /// all. A dash if the whole is 0.
    /// </summary>
    public static string Share(long part, long whole) => whole == 0 ? "-" : Share((double)part / whole);

    /// <inheritdoc cref="Share(long, long)"/>
    public static string Share(double share) => share switch
    {
        0 => "0 %",
        < 0.001 => "<0.1 %",
        < 1 and > 0.999 => ">99.9 %",
        1 => "100 %",
        _ => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0} %"),
    };

    /// <summary>Two decimals, truncated rather than rounded, so that only equality shows as 1.00.</summary>
    public static string Similarity(double similarity) =>
        (Math.Floor((similarity * 100) + 1e-9) / 100).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A duration: <c>12 ms</c> below 1 s, <c>1.23 s</c> below 120 s, else <c>2 min 3 s</c>.</summary>
    public static string Seconds(double seconds) => seconds switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0} ms"),
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 60)} min {seconds % 60:0} s"),
    };

    /// <summary>A plain number with up to four decimals, without trailing zeros.</summary>
    public static string Plain(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
