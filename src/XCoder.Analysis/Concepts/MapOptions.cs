namespace XCoder.Analysis.Concepts;

/// <summary>How a map is made.</summary>
internal sealed record MapOptions
{
    /// <summary>Most points; of more nodes an even sample is shown that stays the same while the code does. Default 50,000.</summary>
    public int MaxPoints { get; init; } = 50_000;

    /// <summary>Threads. The map does not depend on it. Default 1.</summary>
    public int Threads { get; init; } = 1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPoints, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
    }
}
