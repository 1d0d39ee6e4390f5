using FsCheck;
using FsCheck.Fluent;
using XCoder.Analysis.Vectors.Sets;
using Xunit;

namespace XCoder.Tests.Analysis.Vectors.Sets;

public sealed class MinHasherTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.7)]
    [InlineData(0.95)]
    public void Estimate_RandomSets_LiesWithinFourSigmasOfJaccard(double jaccard)
    {
        var random = new Random(7);
        var hasher = new MinHasher(128);
        var (sum, trials) = (0.0, 200);
        for (var trial = 0; trial < trials; trial++)
        {
            var (a, b) = Pair(random, 120, jaccard);
            var estimate = MinHasher.Estimate(Sign(hasher, a), Sign(hasher, b));
            var exact = Jaccard.Of(a, b);
            Assert.InRange(estimate, exact - (4.5 * Sigma(exact, 128)), exact + (4.5 * Sigma(exact, 128)));
            sum += estimate - exact;
        }

        // No bias either: the mean error of all trials.
        Assert.InRange(sum / trials, -4 * Sigma(jaccard, 128 * trials), 4 * Sigma(jaccard, 128 * trials));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(129)]
    public void Sign_AnyLength_IsAPrefixOfALongerSignature(int length)
    {
        var (a, _) = Pair(new Random(1), 30, 0.5);
        Assert.Equal(Sign(new MinHasher(256), a)[..length], Sign(new MinHasher(length), a));
    }

    [Fact]
    public void Of_SortedSets_IsIntersectionOverUnion() => Prop.ForAll<byte[], byte[]>((left, right) =>
    {
        ulong[] a = [.. left.Select(value => (ulong)value % 16).Distinct().Order()];
        ulong[] b = [.. right.Select(value => (ulong)value % 16).Distinct().Order()];
        var union = a.Union(b).Count();
        return Jaccard.Of(a, b) == (union == 0 ? 1 : a.Intersect(b).Count() / (double)union);
    }).QuickCheckThrowOnFailure();

    internal static uint[] Sign(MinHasher hasher, ulong[] set)
    {
        var signature = new uint[hasher.Length];
        hasher.Sign(set, signature);
        return signature;
    }

    /// <summary>Two sets of a size with about that Jaccard similarity.</summary>
    internal static (ulong[] A, ulong[] B) Pair(Random random, int size, double jaccard)
    {
        var common = (int)Math.Round(2 * size * jaccard / (1 + jaccard));
        ulong[] shared = [.. Enumerable.Range(0, common).Select(_ => (ulong)random.NextInt64())];
        ulong[] With() => [.. shared.Concat(Enumerable.Range(0, size - common).Select(_ => (ulong)random.NextInt64())).Order()];
        return (With(), With());
    }

    private static double Sigma(double jaccard, int length) => Math.Sqrt(jaccard * (1 - jaccard) / length);
}
