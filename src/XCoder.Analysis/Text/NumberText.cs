using System.Globalization;

namespace XCoder.Analysis.Text;

/// <summary>Numbers for people, the same in every culture.</summary>
public static class NumberText
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary><c>12,345</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1 file</c>, <c>2 files</c>.</summary>
    public static string Count(long count, string one, string? many = null) => $"{Count(count)} {(count == 1 ? one : many ?? one + "s")}";

    /// <summary><c>12.5 KiB</c>.</summary>
    public static string Bytes(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1024 && unit < Units.Length - 1)
        {
            (value, unit) = (value / 1024, unit + 1);
        }

        return unit == 0 ? $"{Count(bytes)} B" : string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {Units[unit]}");
    }

    /// <summary><c>12.3 %</c>; never <c>0.0 %</c> for some nor <c>100.0 %</c> for not all; a dash where there is no whole.</summary>
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

    /// <summary>Two decimals, cut and not rounded: 0.999 is no 1.</summary>
    public static string Similarity(double similarity) =>
        (Math.Floor((similarity * 100) + 1e-9) / 100).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary><c>12 ms</c>, <c>1.23 s</c> or <c>2 min 3 s</c>.</summary>
    public static string Seconds(double seconds) => seconds switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0} ms"),
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 60)} min {seconds % 60:0} s"),
    };

    /// <summary>A plain number with as many decimals as it has.</summary>
    public static string Plain(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
