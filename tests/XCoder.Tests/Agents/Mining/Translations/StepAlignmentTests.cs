using XCoder.Agents.Mining.Translations;

namespace XCoder.Tests.Agents.Mining.Translations;

public class StepAlignmentTests
{
    [Theory]
    [InlineData("a b c d e f", "a b c d e f", 6)]
    [InlineData("a b c d e f", "a b d e f", 5)]
    [InlineData("a b c", "c b a", 1)]
    [InlineData("", "a b", 0)]
    [InlineData("", "", 0)]
    public void Common_OfTwoSequences_IsTheirLongestCommonSubsequence(string a, string b, int common) =>
        Assert.Equal(common, StepAlignment.Common(Steps(a), Steps(b)));

    [Fact]
    public void Common_OfRandomSequences_IsWhatTheTableOfLengthsGives()
    {
        var random = new Random(7);
        foreach (var most in (int[])[12, 63, 64, 65, 128, 200])
        {
            for (var i = 0; i < 60; i++)
            {
                var (a, b) = (Sequence(random, i < 10 ? most : random.Next(most + 1)), Sequence(random, random.Next(most + 1)));
                Assert.Equal(Common(a, b), StepAlignment.Common(a, b));
            }
        }
    }

    [Theory]
    [InlineData("a b c d", "a b c d", "")]
    [InlineData("a b c d", "a d", "2:0")]
    [InlineData("a d", "a b c d", "0:2")]
    [InlineData("a x b", "a y z b", "1:2")]
    [InlineData("x a b", "a b y", "1:0 0:1")]
    [InlineData("", "a b", "0:2")]
    [InlineData("a b", "", "2:0")]
    [InlineData("", "", "")]
    public void Gaps_OfTwoSequences_AreWhatStandsBetweenCommonSteps(string a, string b, string gaps) =>
        Assert.Equal(gaps, string.Join(' ', StepAlignment.Gaps(Steps(a), Steps(b)).Select(gap => $"{gap.A}:{gap.B}")));

    [Fact]
    public void Gaps_OfRandomSequences_LeaveTheCommonStepsAndNoGapIsEmpty()
    {
        var random = new Random(9);
        foreach (var most in (int[])[12, 63, 64, 65, 128, 200])
        {
            for (var i = 0; i < 60; i++)
            {
                var (a, b) = (Sequence(random, i < 10 ? most : random.Next(most + 1)), Sequence(random, random.Next(most + 1)));
                var gaps = StepAlignment.Gaps(a, b);

                Assert.Equal(a.Length - Common(a, b), gaps.Sum(gap => gap.A));
                Assert.Equal(b.Length - Common(a, b), gaps.Sum(gap => gap.B));
                Assert.DoesNotContain((0, 0), gaps);
            }
        }
    }

    private static uint[] Steps(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(step => (uint)step[0])];

    private static uint[] Sequence(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => (uint)random.Next(5))];

    private static int Common(uint[] a, uint[] b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                table[i, j] = a[i - 1] == b[j - 1] ? table[i - 1, j - 1] + 1 : Math.Max(table[i - 1, j], table[i, j - 1]);
            }
        }

        return table[a.Length, b.Length];
    }
}
