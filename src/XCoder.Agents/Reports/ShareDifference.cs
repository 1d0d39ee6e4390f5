using XCoder.Analysis.Duplicates;

namespace XCoder.Agents.Reports;

/// <summary>
/// The difference of two independent shares with its 95 % interval from the Wilson intervals of both: method 10 of Newcombe,
/// "Interval estimation for the difference between independent proportions: comparison of eleven methods", Statistics in Medicine 17 (1998) 873-890.
/// </summary>
internal static class ShareDifference
{
    /// <summary>First share less the second.</summary>
    /// <param name="first">Those that hold, and all, 1 or more.</param>
    /// <param name="second">Those that hold, and all, 1 or more.</param>
    public static Estimate Of((long Hits, long All) first, (long Hits, long All) second)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first.All, 1, nameof(first));
        ArgumentOutOfRangeException.ThrowIfLessThan(second.All, 1, nameof(second));
        var (a, b) = (Estimate.Counted(first.Hits, first.All), Estimate.Counted(second.Hits, second.All));
        var difference = a.Value - b.Value;
        return new Estimate(difference, difference - Length(a.Value - a.Low, b.High - b.Value), difference + Length(a.High - a.Value, b.Value - b.Low));
    }

    private static double Length(double x, double y) => Math.Sqrt((x * x) + (y * y));
}
