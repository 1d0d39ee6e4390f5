using XCoder.Agents.Mining;
using XCoder.Agents.Mining.Translations;

namespace XCoder.Tests.Agents.Mining.Translations;

public class TranslationSelectorTests
{
    private readonly Dictionary<MinedDrop, long> _drops = [];

    [Fact]
    public void Select_PairsOfOneFunction_KeepsTheBestIfItIsClearlyBetter()
    {
        Assert.Equal([(0, 10)], Select([(0, 10, 0.95), (0, 11, 0.9), (1, 12, 0.92), (1, 13, 0.91)]));
        Assert.Equal(3, _drops[MinedDrop.Partner]);
    }

    [Fact]
    public void Select_PairsThatAreTooDoubtful_DropsThem()
    {
        Assert.Equal([(0, 10)], Select([(0, 10, 0.95), (1, 11, 0.85)]));
        Assert.Equal(1, _drops[MinedDrop.Doubtful]);
    }

    [Fact]
    public void Select_PairsOfCopies_KeepsOne()
    {
        // Nodes 3 and 4 hold the same text as 0.
        Assert.Equal([(0, 10)], Select([(0, 10, 0.95), (3, 10, 0.95), (4, 10, 0.94)]));
        Assert.Equal(2, _drops[MinedDrop.Duplicate]);
    }

    // Nodes below 10 are of one repository and language, the others of another.
    private List<(int, int)> Select(List<(int A, int B, double Probability)> pairs) =>
        [.. new TranslationSelector(node => (node / 10, node / 10), node => node is 3 or 4 ? 0 : (ulong)node, _ => -1, new MiningOptions(), 0.88)
            .Select([.. pairs.Select(pair => new TranslationPair(pair.A, pair.B, pair.Probability, None, null, null))], _drops).Select(pair => (pair.A, pair.B))];

    private static readonly PairSignals None = new(1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0);
}
