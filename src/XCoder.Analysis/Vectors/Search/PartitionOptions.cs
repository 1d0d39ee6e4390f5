namespace XCoder.Analysis.Vectors.Search;

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
