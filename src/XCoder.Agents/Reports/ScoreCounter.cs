namespace XCoder.Agents.Reports;

/// <summary>Counts scores in [0, 10].</summary>
internal sealed class ScoreCounter
{
    private const int Bins = 10;

    private readonly long[] _histogram = new long[Bins];
    private double _sum;

    public long Count { get; private set; }

    public void Add(double score)
    {
        var bounded = double.IsFinite(score) ? Math.Clamp(score, 0, Bins) : 0;
        (_sum, Count) = (_sum + bounded, Count + 1);
        _histogram[Math.Min((int)bounded, Bins - 1)]++;
    }

    public double? Mean => Count == 0 ? null : _sum / Count;

    public CriterionScores Of(string criterion) => new(criterion, Count, Mean ?? 0, [.. _histogram]);
}
