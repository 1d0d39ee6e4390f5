using XCoder.Analysis.Vectors.Search;

namespace XCoder.Benchmarks.Search;

/// <summary>Unit vectors around random centres. The same seed gives the same vectors.</summary>
internal static class SyntheticVectors
{
    /// <param name="rows">Number of vectors.</param>
    /// <param name="dimension">Numbers a vector.</param>
    /// <param name="centres">Number of centres.</param>
    /// <param name="noise">Length of what is added to a centre of length 1: at 1, two vectors of one centre have cosine 0.5.</param>
    /// <param name="isHalf">Half or single precision.</param>
    /// <param name="seed">Of the noise; the centres are always the same.</param>
    public static VectorTable Create(int rows, int dimension, int centres, double noise, bool isHalf, int seed)
    {
        var table = new VectorTable(dimension, isHalf);
        var places = new float[centres * dimension];
        Fill(places, 1, (float)Math.Sqrt(3.0 / dimension));
        var row = new float[dimension];
        var state = (uint)seed + 0x9E3779B9;
        var scale = (float)(noise * Math.Sqrt(3.0 / dimension));
        for (var i = 0; i < rows; i++)
        {
            state = Fill(row, state, scale);
            var centre = places.AsSpan((int)(state % (uint)centres) * dimension, dimension);
            for (var j = 0; j < dimension; j++)
            {
                row[j] += centre[j];
            }

            table.Add(row.AsSpan());
        }

        return table;
    }

    // Marsaglia's xorshift: half a thousand million numbers are needed.
    private static uint Fill(Span<float> values, uint state, float scale)
    {
        foreach (ref var value in values)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            value = ((int)state / (float)int.MaxValue) * scale;
        }

        return state;
    }
}
