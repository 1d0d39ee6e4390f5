namespace XCoder.Analysis.Duplicates;

/// <summary>
/// Estimates the precision and recall that a threshold on margins gives in a corpus. For each bin of margins, it learns
/// how likely the two snippets of a pair are to behave the same. It learns this from the corpus's judged pairs and from
/// reference pairs, which come with the model and act as a Beta prior of limited weight. Pooling adjacent violators (Ayer
/// et al. 1955) makes the likelihood rise with the margin. The precision at a threshold is the mean likelihood of the
/// corpus's own pairs at or above it. A corpus with few true pairs has mostly pairs with low margins, so its precision
/// is lower.
/// </summary>
internal sealed class SemanticCalibration
{
    /// <summary>Maximum weight of the reference pairs of one bin; a judged pair of the corpus weighs 1.</summary>
    public const double ReferenceWeight = 20;

    // Weight, in pairs, of the prior likelihood of 0.5 that every bin starts with.
    private const double Ignorance = 1;
    private const double Step = 0.01;
    private const double Lowest = 0;
    private const double Highest = 0.6;

    private readonly double[] _from;
    private readonly double[] _likely;
    private readonly double[] _weight;
    private readonly double[] _margins;
    private readonly double[] _known;
    private readonly int _missed;

    /// <summary>Learns from judged pairs.</summary>
    /// <param name="reference">Bins that come with the model, in ascending order; may be empty.</param>
    /// <param name="judged">Margin of each judged candidate pair, and whether it behaves the same.</param>
    /// <param name="margins">Margin of every candidate pair of the corpus.</param>
    /// <param name="known">
    /// Margin of each pair known to behave the same; NaN if the pair is not a candidate. These pairs measure recall.
    /// </param>
    public SemanticCalibration(IReadOnlyList<MarginBin> reference, IReadOnlyCollection<(double Margin, bool IsSame)> judged,
        IEnumerable<double> margins, IReadOnlyCollection<double> known)
    {
        _from = reference.Count > 0 ? [.. reference.Select(bin => bin.From)] : [-0.05, 0, 0.04, 0.08, 0.12, 0.16, 0.2, 0.25, 0.3, 0.4, 0.5];
        (_likely, _weight) = Learn(reference, judged);
        _margins = [.. margins.OrderDescending()];
        _known = [.. known.Where(double.IsFinite).OrderDescending()];
        _missed = known.Count - _known.Length;
        Judged = judged.Count;
        IsInformed = reference.Count > 0 || (judged.Count(pair => pair.IsSame) >= 20 && judged.Count >= 50);
    }

    /// <summary>Number of judged pairs of the corpus.</summary>
    public int Judged { get; }

    /// <summary>
    /// Whether enough is known to estimate precision: there are reference pairs, or at least 50 judged pairs of the corpus,
    /// of which at least 20 behave the same.
    /// </summary>
    public bool IsInformed { get; }

    /// <summary>Whether the corpus has candidate pairs; without one, no threshold is better than another.</summary>
    public bool HasPairs => _margins.Length > 0;

    /// <summary>Lowest margin of each bin.</summary>
    public IReadOnlyList<double> From => _from;

    /// <summary>Likelihood that a pair behaves the same, for each bin, in [0, 1].</summary>
    public IReadOnlyList<double> Likely => _likely;

    /// <summary>Number of candidate pairs at or above a threshold.</summary>
    public int PairsAt(double threshold) => CountAt(_margins, threshold);

    /// <summary>
    /// Estimated share of the pairs at or above a threshold that behave the same; null if there is no such pair, or too
    /// little is known.
    /// </summary>
    public Estimate? PrecisionAt(double threshold)
    {
        var pairs = new int[_from.Length];
        foreach (var margin in _margins)
        {
            if (margin < threshold)
            {
                break;
            }

            pairs[Bin(margin)]++;
        }

        var all = pairs.Sum();
        if (all == 0 || !IsInformed)
        {
            return null;
        }

        var (sum, variance) = (0.0, 0.0);
        for (var bin = 0; bin < pairs.Length; bin++)
        {
            sum += pairs[bin] * _likely[bin];
            variance += (double)pairs[bin] * pairs[bin] * _likely[bin] * (1 - _likely[bin]) / (_weight[bin] + 1);
        }

        return Estimate.Around(sum / all, Math.Sqrt(variance) / all);
    }

    /// <summary>Share of the pairs known to behave the same that are at or above a threshold; null if no such pair is known.</summary>
    public Estimate? RecallAt(double threshold) =>
        _known.Length + _missed == 0 ? null : Estimate.Counted(CountAt(_known, threshold), _known.Length + _missed);

    /// <summary>Finds the lowest threshold, in steps of 0.01 from 0 to 0.6, that reaches a precision; null if none does.</summary>
    /// <param name="precision">Precision that the estimate must reach, in (0, 1).</param>
    /// <param name="slack">How far the lower end of the interval may lie below that precision.</param>
    public double? Threshold(double precision, double slack = 0.05)
    {
        for (var step = (int)Math.Round(Lowest / Step); step <= (int)Math.Round(Highest / Step); step++)
        {
            if (PrecisionAt(step * Step) is { } estimate && estimate.Value >= precision && estimate.Low >= precision - slack)
            {
                return step * Step;
            }
        }

        return null;
    }

    private (double[] Likely, double[] Weight) Learn(IReadOnlyList<MarginBin> reference,
        IReadOnlyCollection<(double Margin, bool IsSame)> judged)
    {
        var (same, all) = (new double[_from.Length], new double[_from.Length]);
        Array.Fill(same, Ignorance / 2);
        Array.Fill(all, Ignorance);
        for (var bin = 0; bin < reference.Count; bin++)
        {
            var total = reference[bin].Same + reference[bin].Different;
            var scale = total > ReferenceWeight ? ReferenceWeight / total : 1;
            same[bin] += reference[bin].Same * scale;
            all[bin] += total * scale;
        }

        foreach (var (margin, isSame) in judged)
        {
            if (margin >= _from[0])
            {
                same[Bin(margin)] += isSame ? 1 : 0;
                all[Bin(margin)]++;
            }
        }

        return (Rising(same, all), all);
    }

    private static double[] Rising(double[] same, double[] all)
    {
        var blocks = new List<(double Same, double All, int Bins)>();
        for (var bin = 0; bin < same.Length; bin++)
        {
            blocks.Add((same[bin], all[bin], 1));
            while (blocks.Count > 1 && blocks[^2].Same / blocks[^2].All >= blocks[^1].Same / blocks[^1].All)
            {
                var (left, right) = (blocks[^2], blocks[^1]);
                blocks.RemoveAt(blocks.Count - 1);
                blocks[^1] = (left.Same + right.Same, left.All + right.All, left.Bins + right.Bins);
            }
        }

        return [.. blocks.SelectMany(block => Enumerable.Repeat(block.Same / block.All, block.Bins))];
    }

    private int Bin(double margin) => Math.Max(0, Array.FindLastIndex(_from, from => margin >= from));

    private static int CountAt(double[] descending, double threshold)
    {
        var (low, high) = (0, descending.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = descending[middle] >= threshold ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}

/// <summary>Number of judged pairs in one bin of margins.</summary>
/// <param name="From">Lowest margin of the bin, which ends where the next one begins.</param>
/// <param name="Same">Pairs known to behave the same; may be fractional.</param>
/// <param name="Different">Pairs known to behave differently; may be fractional.</param>
internal sealed record MarginBin(double From, double Same, double Different);
