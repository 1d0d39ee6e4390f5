namespace XCoder.Analysis.Vectors.Search;

/// <summary>What a search of partitions looks at and keeps.</summary>
/// <param name="Probes">Nearest partitions searched, of any label.</param>
/// <param name="LabelProbes">Nearest partitions searched of each commoner label.</param>
/// <param name="Any">Candidates kept of any label.</param>
/// <param name="PerLabel">Candidates kept of each commoner label.</param>
/// <param name="Floor">Lowest cosine of projected rows kept.</param>
internal sealed record PartitionProbe(int Probes, int LabelProbes, int Any, int PerLabel, float Floor);
