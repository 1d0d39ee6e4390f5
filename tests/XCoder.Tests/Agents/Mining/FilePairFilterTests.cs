using XCoder.Agents.Mining;

namespace XCoder.Tests.Agents.Mining;

public class FilePairFilterTests
{
    [Theory]
    [InlineData(0.7, 5, 5, 1, false)]
    [InlineData(0.7, 5, 5, 2, true)]
    [InlineData(0.7, 1, 5, 1, true)]
    [InlineData(0.95, 5, 5, 1, true)]
    public void Keep_PairsOfTwoFiles_AsksForCompanyOrAgreement(double words, int functions, int others, int pairs, bool isKept)
    {
        var drops = new Dictionary<MinedDrop, long>();
        var signals = new TranslationSignals(1, null, null, words, null, null, 1, 1, 1);
        var all = Enumerable.Range(0, pairs).Select(i => new TranslationPair(i, 10 + i, 0.9f, 0.3f, signals)).ToList();

        var kept = new FilePairFilter(node => node / 10, node => node < 10 ? functions : others).Keep(all, drops);

        Assert.Equal(isKept ? pairs : 0, kept.Count);
        Assert.Equal(isKept ? 0 : pairs, drops[MinedDrop.Alone]);
    }
}
