namespace XCoder.Analysis.Vectors.Search;

/// <summary>
/// A table's rows, projected to few dimensions and stored by partition (inverted lists; Sivic and Zisserman 2003;
/// Jégou, Douze and Schmid 2011). Each partition holds rows of one label, so a query can search the nearest partitions
/// overall and the nearest of each label. Neighbouring partitions lie near each other in memory.
/// </summary>
internal sealed class PartitionIndex
{
    private PartitionIndex(PrincipalAxes axes, float[] rows, int[] numbers, int[] starts, float[] centres, int[] partitions,
        byte[] labels) =>
        (Axes, Rows, Numbers, Starts, Centres, Partitions, Labels) = (axes, rows, numbers, starts, centres, partitions, labels);

    public PrincipalAxes Axes { get; }

    /// <summary>[rows + 1, axes], ordered by partition; the last row is spare.</summary>
    public float[] Rows { get; private set; }

    /// <summary>For each row of the index, its row in the table. The index leaves out rows without a direction.</summary>
    public int[] Numbers { get; }

    /// <summary>Partition p has the rows from Starts[p] up to, but not including, Starts[p + 1].</summary>
    public int[] Starts { get; }

    /// <summary>[partitions + 1, axes], grouped by label, each of length 1; the last row is spare.</summary>
    public float[] Centres { get; }

    /// <summary>Partition of each centre.</summary>
    public int[] Partitions { get; }

    /// <summary>Label of each partition.</summary>
    public byte[] Labels { get; }

    /// <summary>Number of partitions.</summary>
    public int Count => Labels.Length;

    /// <summary>Partitions the rows of a table.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="rows">The rows to index, ascending.</param>
    /// <param name="labels">Label of each row of the table.</param>
    /// <param name="axes">Directions to project the rows onto.</param>
    /// <param name="options">Number of partitions and how to learn their centres.</param>
    /// <param name="progress">Counts each row twice.</param>
    /// <param name="cancellation">Cancels the work.</param>
    public static PartitionIndex Build(VectorTable table, ReadOnlySpan<int> rows, ReadOnlySpan<byte> labels, PrincipalAxes axes,
        PartitionOptions options, WorkProgress progress, CancellationToken cancellation)
    {
        var (order, ends) = ByLabel(table, rows, labels);
        var projected = ProjectedRows.Of(table, order, axes, options.Threads, progress, cancellation);
        var wanted = options.Wanted(order.Length);
        var lists = new List<(byte Label, float[] Centre, int[] Members)>();
        for (var (label, from) = (0, 0); label < LabelOrder.MaxLabels; from = ends[label], label++)
        {
            var count = ends[label] - from;
            if (count > 0)
            {
                var part = VectorTable.Over(projected.AsMemory(from * axes.Count, count * axes.Count), axes.Count);
                var share = (int)Math.Max(1, Math.Round((double)wanted * count / order.Length));
                Partition(part, from, (byte)label, share, options, lists, cancellation);
                progress.Add(count);
            }
        }

        return Lay(axes, projected, order, Near(lists, axes.Count, options, cancellation));
    }

    /// <summary>Releases the memory of the rows; afterwards nothing can be searched.</summary>
    public void ForgetRows() => Rows = [];

    private static (int[] Order, int[] Ends) ByLabel(VectorTable table, ReadOnlySpan<int> rows, ReadOnlySpan<byte> labels)
    {
        var (order, ends) = (new List<int>(rows.Length), new int[LabelOrder.MaxLabels]);
        for (var label = 0; label < LabelOrder.MaxLabels; label++)
        {
            foreach (var row in rows)
            {
                if (labels[row] == label && !float.IsNaN(table.InverseNorm(row)))
                {
                    order.Add(row);
                }
            }

            ends[label] = order.Count;
        }

        return ([.. order], ends);
    }

    private static void Partition(VectorTable part, int from, byte label, int count, PartitionOptions options,
        List<(byte, float[], int[])> lists, CancellationToken cancellation)
    {
        var centres = SphericalKMeans.Train(part, count, options.KMeans, cancellation);
        using var search = new ExactSearch(centres, options.KMeans);
        var nearest = search.Search(part, 1, cancellation: cancellation);
        var members = new List<int>[centres.Count];
        for (var row = 0; row < part.Count; row++)
        {
            // The projection may have removed a row's direction: it then goes into the first list and is never near.
            (members[nearest[row].IsEmpty ? 0 : nearest[row][0].Row] ??= []).Add(from + row);
        }

        for (var centre = 0; centre < centres.Count; centre++)
        {
            if (members[centre] is { } rows)
            {
                var values = new float[part.Dimension];
                centres.CopyUnit(centre, values);
                lists.Add((label, values, [.. rows]));
            }
        }
    }

    // Orders the lists by the group of centres to which each centre belongs.
    private static List<(byte Label, float[] Centre, int[] Members)> Near(List<(byte Label, float[] Centre, int[] Members)> lists,
        int dimension, PartitionOptions options, CancellationToken cancellation)
    {
        var centres = VectorTable.Over(lists.SelectMany(list => list.Centre).ToArray(), dimension);
        var groups = SphericalKMeans.Train(centres, (int)Math.Sqrt(lists.Count), options.KMeans, cancellation);
        using var search = new ExactSearch(groups, options.KMeans);
        var nearest = search.Search(centres, 1, cancellation: cancellation);
        return [.. Enumerable.Range(0, lists.Count).OrderBy(list => nearest[list].IsEmpty ? 0 : nearest[list][0].Row)
            .Select(list => lists[list])];
    }

    private static PartitionIndex Lay(PrincipalAxes axes, float[] projected, int[] order,
        List<(byte Label, float[] Centre, int[] Members)> lists)
    {
        var (width, at) = (axes.Count, 0);
        var (rows, numbers) = (new float[checked((order.Length + 1) * width)], new int[order.Length]);
        var (starts, centres, labels) = (new int[lists.Count + 1], new float[(lists.Count + 1) * width], new byte[lists.Count]);
        for (var list = 0; list < lists.Count; list++)
        {
            labels[list] = lists[list].Label;
            foreach (var member in lists[list].Members)
            {
                projected.AsSpan(member * width, width).CopyTo(rows.AsSpan(at * width));
                numbers[at++] = order[member];
            }

            starts[list + 1] = at;
        }

        int[] partitions = [.. Enumerable.Range(0, lists.Count).OrderBy(list => labels[list])];
        for (var centre = 0; centre < partitions.Length; centre++)
        {
            lists[partitions[centre]].Centre.CopyTo(centres, centre * width);
        }

        return new PartitionIndex(axes, rows, numbers, starts, centres, partitions, labels);
    }
}

/// <summary>How to partition a table; shared by searches and graphs.</summary>
/// <param name="Threads">Threads to work with.</param>
/// <param name="Partitions">Approximate number of partitions; 0 means <see cref="PartitionsARoot"/>·√rows.</param>
/// <param name="Axes">Dimension of a projected row.</param>
/// <param name="SampleRows">Rows sampled per partition to learn the centres.</param>
/// <param name="Rounds">Rounds of k-means.</param>
/// <param name="Seed">Seed for samples and first centres.</param>
internal sealed record PartitionOptions(int Threads, int Partitions, int Axes, int SampleRows, int Rounds, int Seed)
{
    private const int PartitionsARoot = 4;

    public int Wanted(int rows) => Partitions > 0 ? Partitions : (int)Math.Ceiling(PartitionsARoot * Math.Sqrt(rows));

    public SearchOptions KMeans => new() { Threads = Threads, SampleRows = SampleRows, Rounds = Rounds, Seed = Seed };
}

/// <summary>How many partitions a search visits, and how many candidates it keeps.</summary>
/// <param name="Probes">Nearest partitions searched, of any label.</param>
/// <param name="LabelProbes">Nearest partitions searched of each more common label.</param>
/// <param name="Any">Candidates kept of any label.</param>
/// <param name="PerLabel">Candidates kept of each more common label.</param>
/// <param name="Floor">Lowest cosine of projected rows kept.</param>
internal sealed record PartitionProbe(int Probes, int LabelProbes, int Any, int PerLabel, float Floor);

/// <summary>
/// Spherical k-means (Dhillon and Modha 2001): finds unit centres that maximise the cosine of rows with their centre.
/// The same seed gives the same centres for every number of threads.
/// </summary>
internal static class SphericalKMeans
{
    /// <summary>Learns centres from a sample of a table's rows. Returns fewer than requested where too few rows have a direction.</summary>
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

    // Draws random rows and normalises them to length 1. They keep the table's order, so that memory is read sequentially.
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

        // An empty partition takes the row whose cosine to its nearest centre is lowest.
        var misfits = new Queue<int>(
            Enumerable.Range(0, sample.Count).OrderBy(i => nearest[i][0].Cosine).Take(members.Count(count => count == 0)));
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
