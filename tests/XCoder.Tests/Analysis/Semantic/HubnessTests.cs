using XCoder.Analysis.Semantic;
using XCoder.Analysis.Vectors.Search;

namespace XCoder.Tests.Analysis.Semantic;

public class HubnessTests
{
    private const int Dimension = 24;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Surroundings_AreTheMeanOfTheTenNearestThatAreAccepted(bool isHalf)
    {
        var table = Table(200, isHalf);
        int[] pool = [.. Enumerable.Range(0, 200).Where(row => row % 3 == 0)];
        static bool Accept(int row, int other) => row != other && other != 30;
        using var surroundings = new Hubness(table, pool, Accept, new SearchOptions(), CancellationToken.None);

        surroundings.WorkOut([0, 1, 57, 57, 199], CancellationToken.None);
        surroundings.WorkOut([1, 33], CancellationToken.None);

        foreach (var row in (int[])[0, 1, 33, 57, 199])
        {
            var nearest = pool.Where(other => Accept(row, other)).Select(other => Cosine(table, row, other)).OrderDescending().Take(Hubness.Nearest);
            Assert.Equal(nearest.Average(), surroundings[row], 4);
        }

        Assert.True(float.IsNaN(surroundings[2]), "a row nobody asked for");
    }

    [Fact]
    public void Surroundings_OfCopies_CountThemOnce()
    {
        var table = new VectorTable(2);
        table.Add([1f, 0]);
        for (var copy = 0; copy < 15; copy++)
        {
            table.Add([0.8f, 0.6f]);
        }

        table.Add([0, 1f]);
        using var surroundings = new Hubness(table, [.. Enumerable.Range(1, 16)], static (_, _) => true, new SearchOptions(), CancellationToken.None);

        surroundings.WorkOut([0], CancellationToken.None);

        Assert.Equal((0.8 + 0) / 2, surroundings[0], 5);
    }

    [Fact]
    public void Surroundings_WhereNothingIsAccepted_AreZero()
    {
        var table = Table(20, isHalf: false);
        using var surroundings = new Hubness(table, [3, 4], static (_, _) => false, new SearchOptions(), CancellationToken.None);

        surroundings.WorkOut([7], CancellationToken.None);

        Assert.Equal(0, surroundings[7]);
    }

    private static VectorTable Table(int rows, bool isHalf)
    {
        var (random, table, row) = (new Random(5), new VectorTable(Dimension, isHalf), new float[Dimension]);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < Dimension; j++)
            {
                row[j] = random.NextSingle() - 0.3f;
            }

            table.Add(row);
        }

        return table;
    }

    private static double Cosine(VectorTable table, int a, int b)
    {
        var (left, right) = (new float[Dimension], new float[Dimension]);
        table.CopyUnit(a, left);
        table.CopyUnit(b, right);
        return left.Zip(right, (x, y) => (double)x * y).Sum();
    }
}
