using XCoder.Agents.Mining;

namespace XCoder.Tests.Agents.Mining;

public class StepComparisonTests
{
    [Theory]
    [InlineData("a b c d e f", "a b c d e f", 0)]
    [InlineData("a b c d e f", "a b d e f", 1)]
    [InlineData("a b c d e f", "a b x d e f", 2)]
    [InlineData("a b c", "c b a", 4)]
    [InlineData("", "a b", 2)]
    [InlineData("", "", 0)]
    public void Apart_OfTwoSequences_CountsWhatOneHas(string a, string b, int apart) => Assert.Equal(apart, StepComparison.Apart(Steps(a), Steps(b), 9));

    [Fact]
    public void Apart_OfRandomSequences_IsWhatTheLongestCommonSubsequenceLeaves()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var (a, b) = (Sequence(random), Sequence(random));
            var expected = a.Length + b.Length - (2 * Common(a, b));
            Assert.Equal(Math.Min(expected, 7), StepComparison.Apart(a, b, 6));
        }
    }

    [Theory]
    [InlineData("a b c d e f", "a b c d e f", true)]
    [InlineData("a b c d e f", "a b x d e f", true)]
    [InlineData("a b c d e f g h", "a x c d e f y h", false)]
    [InlineData("a b c", "a x c", false)]
    [InlineData("a b", "a b", false)]
    public void Agree_OfTwoSequences_TakesFewDifferencesOfMany(string a, string b, bool agree) => Assert.Equal(agree, StepComparison.Agree(Steps(a), Steps(b)));

    private static uint[] Steps(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(step => (uint)step[0])];

    private static uint[] Sequence(Random random) => [.. Enumerable.Range(0, random.Next(12)).Select(_ => (uint)random.Next(4))];

    private static int Common(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b) =>
        a.IsEmpty || b.IsEmpty ? 0 : a[0] == b[0] ? 1 + Common(a[1..], b[1..]) : Math.Max(Common(a[1..], b), Common(a, b[1..]));
}
