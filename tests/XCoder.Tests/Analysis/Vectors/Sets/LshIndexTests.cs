using XCoder.Analysis.Vectors.Sets;
using Xunit;

namespace XCoder.Tests.Analysis.Vectors.Sets;

public sealed class LshIndexTests
{
    [Theory]
    [InlineData(0.3, 16, 4)]
    [InlineData(0.5, 16, 4)]
    [InlineData(0.7, 32, 4)]
    [InlineData(0.7, 8, 8)]
    public void Pairs_RandomPairs_AreFoundAsOftenAsTheFormulaSays(double jaccard, int bands, int rows)
    {
        const int Trials = 1500;
        var random = new Random(11);
        var hasher = new MinHasher(bands * rows);
        var index = new LshIndex(2 * Trials, bands, rows);
        var expected = 0.0;
        for (var i = 0; i < Trials; i++)
        {
            var (a, b) = MinHasherTests.Pair(random, 150, jaccard);
            index.Set(2 * i, MinHasherTests.Sign(hasher, a));
            index.Set((2 * i) + 1, MinHasherTests.Sign(hasher, b));
            expected += 1 - Math.Pow(1 - Math.Pow(Jaccard.Of(a, b), rows), bands);
        }

        var found = index.Pairs(0, 2).Count(pair => pair >> 32 == (pair & 0xFFFFFFFF) + 1 && pair % 2 == 0);
        var sigma = Math.Sqrt(Math.Max(1, expected * (1 - (expected / Trials))));
        Assert.InRange(found, expected - (4 * sigma), expected + (4 * sigma));
    }

    [Fact]
    public void Pairs_ThousandEquals_MeetTheFirstWithoutAllPairs()
    {
        var hasher = new MinHasher(128);
        var index = new LshIndex(5000, 32, 4);
        var signature = MinHasherTests.Sign(hasher, [1, 2, 3]);
        for (var i = 0; i < index.Count; i++)
        {
            index.Set(i, signature);
        }

        var pairs = index.Pairs(0.5, 2);
        Assert.Equal(4999, pairs.Count(pair => (uint)pair == 0));
        Assert.InRange(pairs.Length, 4999, 5000 * 16);
    }

    [Fact]
    public void Pairs_LargeBucketOfStrangers_StillFindsMostSimilarPairs()
    {
        // Two shared shingles put 3,000 strangers into few buckets; 100 true pairs hide among them.
        var random = new Random(3);
        var hasher = new MinHasher(128);
        var index = new LshIndex(3000, 32, 4);
        for (var i = 0; i < index.Count; i += 2)
        {
            var (a, b) = MinHasherTests.Pair(random, 12, i < 200 ? 0.75 : 0);
            index.Set(i, MinHasherTests.Sign(hasher, [.. a, 1, 2, 3, 4, 5, 6]));
            index.Set(i + 1, MinHasherTests.Sign(hasher, [.. b, 1, 2, 3, 4, 5, 6]));
        }

        var found = index.Pairs(0.6, 2).Count(pair => (uint)pair < 200 && pair % 2 == 0 && pair >> 32 == (uint)pair + 1);
        Assert.InRange(found, 90, 100);
    }

    [Fact]
    public void Pairs_OtherPartition_AreNone()
    {
        var hasher = new MinHasher(16);
        var index = new LshIndex(2, 4, 4);
        index.Set(0, MinHasherTests.Sign(hasher, [1, 2, 3]), 0);
        index.Set(1, MinHasherTests.Sign(hasher, [1, 2, 3]), 1);
        Assert.Empty(index.Pairs(0, 1));
    }
}
