using XCoder.Analysis.Duplicates;

namespace XCoder.Tests.Analysis.Duplicates;

public class SemanticCalibrationTests
{
    private static readonly MarginBin[] Reference = [new(0, 40, 60), new(0.1, 80, 20), new(0.2, 95, 5), new(0.3, 100, 0)];

    [Fact]
    public void PrecisionAt_OfReferenceAlone_IsItsShareOverTheCorpusPairs()
    {
        var calibration = new SemanticCalibration(Reference, [], [0.05, 0.25, 0.35, 0.35], []);

        Assert.Equal((calibration.Likely[0] + calibration.Likely[2] + (2 * calibration.Likely[3])) / 4, calibration.PrecisionAt(0)!.Value, 6);
        Assert.InRange(calibration.PrecisionAt(0.3)!.Value, 0.95, 1);
        Assert.InRange(calibration.Likely[0], 0.38, 0.43);
        Assert.Null(calibration.PrecisionAt(0.9));
    }

    [Fact]
    public void Threshold_OfACorpusWithManyWeakPairs_IsHigherThanOfOneWithFew()
    {
        var strong = Enumerable.Repeat(0.35, 1000).ToList();
        var (few, many) = (new SemanticCalibration(Reference, [], [.. strong, 0.02], []), new SemanticCalibration(Reference, [], [.. strong, .. Enumerable.Repeat(0.02, 1000)], []));

        Assert.True(many.Threshold(0.9) > few.Threshold(0.9), $"{many.Threshold(0.9)} against {few.Threshold(0.9)}");
        Assert.True(many.PrecisionAt(many.Threshold(0.9)!.Value)!.Value >= 0.9);
    }

    [Fact]
    public void PrecisionAt_WithJudgedPairs_FollowsThem()
    {
        var margins = Enumerable.Repeat(0.15, 500).ToArray();
        var wrong = Enumerable.Range(0, 400).Select(_ => (0.15, false)).ToArray();

        Assert.InRange(new SemanticCalibration(Reference, wrong, margins, []).PrecisionAt(0.1)!.Value, 0, 0.15);
        Assert.InRange(new SemanticCalibration(Reference, [], margins, []).PrecisionAt(0.1)!.Value, 0.7, 0.9);
    }

    [Fact]
    public void PrecisionAt_WhereNothingIsKnown_IsUnknown()
    {
        Assert.Null(new SemanticCalibration([], [], [0.5, 0.6], []).PrecisionAt(0));
        Assert.Null(new SemanticCalibration([], [], [0.5, 0.6], []).Threshold(0.9));
    }

    [Fact]
    public void Likely_WhateverIsJudged_RisesWithTheMargin()
    {
        var random = new Random(5);
        for (var round = 0; round < 50; round++)
        {
            var judged = Enumerable.Range(0, random.Next(300)).Select(_ => (random.NextDouble() * 0.6, random.Next(2) == 0)).ToArray();
            var likely = new SemanticCalibration(Reference, judged, [0.1], []).Likely;

            Assert.Equal(likely.Order(), likely);
            Assert.All(likely, value => Assert.InRange(value, 0, 1));
        }
    }

    [Fact]
    public void RecallAt_CountsTwinsThatAreNoCandidates()
    {
        var recall = new SemanticCalibration(Reference, [], [0.3], [0.3, 0.1, double.NaN, double.NaN]).RecallAt(0.2)!;

        Assert.Equal(0.25, recall.Value);
        Assert.True(recall.Low is > 0 and < 0.25 && recall.High is > 0.25 and < 1);
    }

    [Fact]
    public void PrecisionAt_OfPlantedTruth_LiesInItsInterval()
    {
        // Pairs of a known share of truth at each margin; half of them judged.
        var (inside, rounds) = (0, 40);
        for (var seed = 0; seed < rounds; seed++)
        {
            var random = new Random(seed);
            var pairs = Enumerable.Range(0, 2000).Select(_ => random.NextDouble() * 0.4).Select(margin => (Margin: margin, IsSame: random.NextDouble() < Math.Min(1, 0.3 + (2 * margin)))).ToArray();
            var estimate = new SemanticCalibration([], [.. pairs.Take(1000)], pairs.Select(pair => pair.Margin), []).PrecisionAt(0.1)!;
            var truth = pairs.Where(pair => pair.Margin >= 0.1).Average(pair => pair.IsSame ? 1.0 : 0);
            inside += truth >= estimate.Low - 0.01 && truth <= estimate.High + 0.01 ? 1 : 0;
        }

        Assert.InRange(inside, (int)(0.85 * rounds), rounds);
    }
}
