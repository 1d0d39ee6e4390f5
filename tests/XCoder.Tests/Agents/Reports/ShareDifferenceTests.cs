using XCoder.Agents.Reports;

namespace XCoder.Tests.Agents.Reports;

public class ShareDifferenceTests
{
    // Newcombe 1998, table II, method 10.
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(6, 7, 2, 7, 0.0582, 0.8062)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(0, 10, 0, 20, -0.1611, 0.2775)]
    [InlineData(0, 10, 0, 10, -0.2775, 0.2775)]
    [InlineData(10, 10, 0, 20, 0.6791, 1)]
    [InlineData(10, 10, 0, 10, 0.6075, 1)]
    public void Of_ThePapersExamples_GivesItsIntervals(long a, long m, long b, long n, double low, double high)
    {
        var difference = ShareDifference.Of((a, m), (b, n));
        Assert.Equal(((double)a / m) - ((double)b / n), difference.Value, 12);
        Assert.Equal(low, difference.Low, 1.5e-4);
        Assert.Equal(high, difference.High, 1.5e-4);
    }

    [Fact]
    public void Of_NoRows_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => ShareDifference.Of((0, 0), (1, 2)));
}
