namespace XCoder.Analysis.Vectors.Search;

/// <summary>
/// Spherical k-means (Dhillon and Modha 2001): unit centres that maximise the cosine of rows with their centre. The
/// same seed gives the same centres for every number of threads.
/// </summary>
internal static class SphericalKMeans
{
    /// <summary>Learns centres from a sample of a table's rows; fewer than asked for where too few rows have a direction.</summary>
    public static VectorTable Train(VectorTable table, int partitions, SearchOptions options, CancellationToken cancellation)
    {
        var random = new Random(options.Seed);
        var sample = Sample(table, (int)Math.Min(table.Count, (long)partitions * options.SampleRows), random);
        partitions = Math.Min(partitions, sample.Count);
        var dimension = table.Dimension;
        var first = Enumerable.Range(0, sample.Count).ToArray();
        random.Shuffle(first);
        var centres = new float[partitions * dimension];
        for (var i = 0; i < partitions; i++)
        {
            sample.CopyRow(first[i], centres.AsSpan(i * dimension, dimension));
        }

        for (var round = 0; round < options.Rounds && partitions > 0; round++)
        {
            SearchResult nearest;
            using (var search = new ExactSearch(VectorTable.Over(centres, dimension), options))
            {
                nearest = search.Search(sample, 1, cancellation: cancellation);
            }

            Recentre(sample, nearest, centres);
        }

        return VectorTable.Over(centres, dimension);
    }

    // Unit rows, in the table's order, so that reading them walks forward.
    private static VectorTable Sample(VectorTable table, int count, Random random)
    {
        var rows = new List<int>(count);
        for (var row = 0; row < table.Count && rows.Count < count; row++)
        {
            // Knuth, "The Art of Computer Programming", 3.4.2, algorithm S.
            if (random.NextInt64(table.Count - row) < count - rows.Count)
            {
                rows.Add(row);
            }
        }

        var sample = new VectorTable(table.Dimension, table.IsHalf);
        var unit = new float[table.Dimension];
        foreach (var row in rows)
        {
            if (table.CopyUnit(row, unit))
            {
                sample.Add(unit.AsSpan());
            }
        }

        return sample;
    }

    private static void Recentre(VectorTable sample, SearchResult nearest, float[] centres)
    {
        var dimension = sample.Dimension;
        var members = new int[centres.Length / dimension];
        var row = new float[dimension];
        Array.Clear(centres);
        for (var i = 0; i < sample.Count; i++)
        {
            var centre = nearest[i][0].Row;
            members[centre]++;
            sample.CopyRow(i, row);
            var sum = centres.AsSpan(centre * dimension, dimension);
            for (var j = 0; j < dimension; j++)
            {
                sum[j] += row[j];
            }
        }

        // An empty partition takes over the row that fits its own worst.
        var misfits = new Queue<int>(Enumerable.Range(0, sample.Count).OrderBy(i => nearest[i][0].Cosine).Take(members.Count(count => count == 0)));
        for (var centre = 0; centre < members.Length; centre++)
        {
            var sum = centres.AsSpan(centre * dimension, dimension);
            if (members[centre] == 0)
            {
                sample.CopyRow(misfits.Dequeue(), sum);
            }

            var length = Math.Sqrt(Dot(sum));
            for (var j = 0; j < dimension; j++)
            {
                sum[j] = (float)(sum[j] / Math.Max(length, double.Epsilon));
            }
        }
    }

    private static double Dot(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += (double)value * value;
        }

        return sum;
    }
}
