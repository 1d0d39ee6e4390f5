namespace XCoder.Analysis.Duplicates;

/// <summary>A share with its 95 % interval, each in [0, 1].</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public sealed record Estimate(double Value, double Low, double High)
{
    private const double Z = 1.96;

    /// <summary>A share counted on a sample (Wilson 1927).</summary>
    /// <param name="hits">Those that hold.</param>
    /// <param name="all">All, 1 or more.</param>
    public static Estimate Counted(double hits, double all)
    {
        var (share, n) = (hits / all, all);
        var centre = (share + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
        var half = Z / (1 + (Z * Z / n)) * Math.Sqrt((share * (1 - share) / n) + (Z * Z / (4 * n * n)));
        return new Estimate(share, Math.Max(0, centre - half), Math.Min(1, centre + half));
    }

    /// <summary>A mean with its standard error.</summary>
    public static Estimate Around(double mean, double error) => new(mean, Math.Max(0, mean - (Z * error)), Math.Min(1, mean + (Z * error)));
}

/// <summary>What the semantic duplicates of a report rest on.</summary>
public sealed record SemanticBasis
{
    /// <summary>Name of the embedding model.</summary>
    public required string Model { get; init; }

    /// <summary>Lowest margin of a pair across languages.</summary>
    public required double Threshold { get; init; }

    /// <summary>Where the threshold comes from: <c>default</c>, <c>calibrated</c> or <c>given</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Share of the pairs across languages that are expected to be the same; null where nothing is known.</summary>
    public Estimate? Precision { get; init; }

    /// <summary>Share of the pairs known to be the same that the threshold keeps; null where none is known.</summary>
    public Estimate? Recall { get; init; }
}
