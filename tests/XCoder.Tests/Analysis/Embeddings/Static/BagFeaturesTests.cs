using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;

namespace XCoder.Tests.Analysis.Embeddings.Static;

public class BagFeaturesTests
{
    private static readonly StaticSettings Settings = new() { Name = "test", Dimension = 1, HashRows = 1, BigramRows = 97, SkeletonRows = 89 };

    [Fact]
    public void Hash_OfTwoIds_IsTheOneThatTrainingUsed() => Assert.Equal(0x2bdd6a88u, BagFeatures.Hash(12345, 67890, 0x243F6A88));

    // The expected rows were printed by features.py for the same input.
    [Fact]
    public void Of_Terms_AreTheRowsThatTrainingUsed()
    {
        var (rows, weights) = new BagFeatures(Settings, terms: 10).Of(new CodeTerms([1, 2, 3, 2, 5, 1, 2], [-1, 0, -1, -1, -1, 2, -1]));

        var sorted = rows.Zip(weights, (row, weight) => (row, weight)).OrderBy(pair => pair.row).ToList();
        Assert.Equal([1, 2, 3, 5, 14, 26, 44, 56, 68, 78, 115, 143, 158, 168, 169, 181], sorted.Select(pair => pair.row));
        Assert.Equal([1.6931, 2.0986, 1, 1, 1, 1, 1, 1, 1.6931, 1, 1, 1, 1, 1, 1.6931, 1], sorted.Select(pair => Math.Round(pair.weight, 4)));
    }

    [Fact]
    public void Of_NoTerms_IsEmpty() => Assert.Empty(new BagFeatures(Settings, terms: 10).Of(new CodeTerms([], [])).Rows);
}
