namespace XCoder.Analysis.Vectors.Search;

/// <summary>
/// A table's rows projected to few dimensions and laid out by partitions (inverted lists; Sivic and Zisserman 2003;
/// Jégou, Douze and Schmid 2011), each of one label: a query can then ask for the nearest partitions of any label and of
/// each label. Partitions that lie near each other stand near each other.
/// </summary>
internal sealed class PartitionIndex
{
    private PartitionIndex(PrincipalAxes axes, float[] rows, int[] numbers, int[] starts, float[] centres, int[] partitions,
        byte[] labels) =>
        (Axes, Rows, Numbers, Starts, Centres, Partitions, Labels) = (axes, rows, numbers, starts, centres, partitions, labels);

    public PrincipalAxes Axes { get; }

    /// <summary>[rows + 1, axes] by partitions, and a spare row.</summary>
    public float[] Rows { get; private set; }

    /// <summary>Row of the table of each row here; rows without direction are left out.</summary>
    public int[] Numbers { get; }

    /// <summary>Those of partition p stand from Starts[p] to Starts[p + 1].</summary>
    public int[] Starts { get; }

    /// <summary>[partitions + 1, axes], of length 1, and a spare row; those of a label together.</summary>
    public float[] Centres { get; }

    /// <summary>Partition of each centre.</summary>
    public int[] Partitions { get; }

    /// <summary>Label of each partition.</summary>
    public byte[] Labels { get; }

    /// <summary>Number of partitions.</summary>
    public int Count => Labels.Length;

    /// <summary>Partitions rows of a table.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="rows">Which of them, ascending.</param>
    /// <param name="labels">Label of each row of the table.</param>
    /// <param name="axes">To project rows to.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Counts each row twice.</param>
    /// <param name="cancellation">Ends the work.</param>
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

    /// <summary>Gives the rows' memory back: nothing can be searched any more.</summary>
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
            // A projection may have lost a row's direction altogether: it stands in the first list and is never near.
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

    // By the group of centres that a centre is in.
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

/// <summary>How a table is partitioned: what searches and graphs have in common.</summary>
/// <param name="Threads">Threads to work with.</param>
/// <param name="Partitions">About how many there are to be; 0 for <see cref="PartitionsARoot"/>·√rows.</param>
/// <param name="Axes">Numbers of a projected row.</param>
/// <param name="SampleRows">Rows a partition that centres are learnt from.</param>
/// <param name="Rounds">Rounds of k-means.</param>
/// <param name="Seed">Of samples and first centres.</param>
internal sealed record PartitionOptions(int Threads, int Partitions, int Axes, int SampleRows, int Rounds, int Seed)
{
    private const int PartitionsARoot = 4;

    public int Wanted(int rows) => Partitions > 0 ? Partitions : (int)Math.Ceiling(PartitionsARoot * Math.Sqrt(rows));

    public SearchOptions KMeans => new() { Threads = Threads, SampleRows = SampleRows, Rounds = Rounds, Seed = Seed };
}

/// <summary>What a search of partitions looks at and keeps.</summary>
/// <param name="Probes">Nearest partitions searched, of any label.</param>
/// <param name="LabelProbes">Nearest partitions searched of each commoner label.</param>
/// <param name="Any">Candidates kept of any label.</param>
/// <param name="PerLabel">Candidates kept of each commoner label.</param>
/// <param name="Floor">Lowest cosine of projected rows kept.</param>
internal sealed record PartitionProbe(int Probes, int LabelProbes, int Any, int PerLabel, float Floor);

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
        var misfits =
            new Queue<int>(Enumerable.Range(0, sample.Count).OrderBy(i => nearest[i][0].Cosine).Take(members.Count(count => count == 0)));
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
