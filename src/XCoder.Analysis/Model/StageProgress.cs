namespace XCoder.Analysis.Model;

/// <summary>How far a stage has come. Several threads may report.</summary>
/// <param name="Stage">Name of the stage, such as <c>embed</c>. A new name starts a new stage, counted from 0.</param>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all; 0 if unknown.</param>
public sealed record StageProgress(string Stage, long Done, long Total)
{
    /// <summary>What the units are, in the plural, such as <c>files</c>; empty if units mean nothing to people.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The item in progress, such as a repository's name; empty for none. It may be untrusted text.</summary>
    public string Item { get; init; } = "";

    /// <summary>A detail of the work done so far, such as <c>accepted 12</c>; empty for none.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Whether <see cref="Total"/> may still grow.</summary>
    public bool IsTotalOpen { get; init; }

    /// <summary>Bytes read so far; 0 if bytes are not counted.</summary>
    public long Bytes { get; init; }

    /// <summary>Finished parts (repositories, for instance) out of <see cref="Parts"/>.</summary>
    public int PartsDone { get; init; }

    /// <summary>Number of parts that the stage consists of; 0 or 1 if it is not divided.</summary>
    public int Parts { get; init; }
}

/// <summary>Adapts the progress of an algorithm that knows no stages: reports it under one stage's name.</summary>
/// <param name="stage">Name of the stage.</param>
/// <param name="progress">Receives the reports.</param>
internal sealed class StageCount(string stage, IProgress<StageProgress> progress) : IProgress<(long Done, long All)>
{
    public void Report((long Done, long All) value) => progress.Report(new StageProgress(stage, value.Done, value.All));
}
