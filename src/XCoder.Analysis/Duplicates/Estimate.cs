namespace XCoder.Analysis.Duplicates;

/// <summary>An estimated share with its 95 % confidence interval, each in [0, 1].</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
public sealed record Estimate(double Value, double Low, double High)
{
    private const double Z = 1.96;

    /// <summary>Estimates a share from a sample by the Wilson score interval (Wilson 1927).</summary>
    /// <param name="hits">Number of items for which the property holds.</param>
    /// <param name="all">Sample size, 1 or more.</param>
    public static Estimate Counted(double hits, double all)
    {
        var (share, n) = (hits / all, all);
        var centre = (share + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
        var half = Z / (1 + (Z * Z / n)) * Math.Sqrt((share * (1 - share) / n) + (Z * Z / (4 * n * n)));
        return new Estimate(share, Math.Max(0, centre - half), Math.Min(1, centre + half));
    }

    /// <summary>Returns the normal 95 % interval around a mean with the given standard error, clipped to [0, 1].</summary>
    public static Estimate Around(double mean, double error) => new(mean, Math.Max(0, mean - (Z * error)), Math.Min(1, mean + (Z * error)));
}

/// <summary>The model and threshold on which a report's semantic duplicates are based.</summary>
public sealed record SemanticBasis
{
    /// <summary>Name of the embedding model.</summary>
    public required string Model { get; init; }

    /// <summary>Lowest margin of a pair in two languages.</summary>
    public required double Threshold { get; init; }

    /// <summary>Origin of the threshold: <c>default</c>, <c>calibrated</c> or <c>given</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Expected share of the pairs in two languages that behave the same; null where it is unknown.</summary>
    public Estimate? Precision { get; init; }

    /// <summary>Lowest margin of a pair in two languages of projects that are no ports of each other.</summary>
    public double UnrelatedThreshold { get; init; }

    /// <summary>Expected share of the pairs of such projects that behave the same; null where it is unknown.</summary>
    public Estimate? UnrelatedPrecision { get; init; }

    /// <summary>Share of the pairs known to behave the same that the threshold keeps; null where no such pair is known.</summary>
    public Estimate? Recall { get; init; }
}
