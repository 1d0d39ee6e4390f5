namespace XCoder.Analysis.Model;

/// <summary>How far a stage is. Reports may come from several threads.</summary>
/// <param name="Stage">What is being done, such as <c>embed</c>; another text is another stage, which starts from 0.</param>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all; 0 where that is not known.</param>
public sealed record StageProgress(string Stage, long Done, long Total)
{
    /// <summary>What is counted, in the plural, such as <c>files</c>; empty where units say nothing to people.</summary>
    public string Unit { get; init; } = "";

    /// <summary>What is worked on now, such as a repository's name; empty for none. It may come from a stranger.</summary>
    public string Item { get; init; } = "";

    /// <summary>More about what was done, such as <c>accepted 12</c>; empty for nothing.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Whether <see cref="Total"/> may still grow.</summary>
    public bool IsTotalOpen { get; init; }

    /// <summary>Bytes read; 0 where none are counted.</summary>
    public long Bytes { get; init; }

    /// <summary>Parts done, such as repositories, of <see cref="Parts"/>.</summary>
    public int PartsDone { get; init; }

    /// <summary>Parts that the stage is made of; 0 or 1 where there is only one.</summary>
    public int Parts { get; init; }
}

/// <summary>Passes on how far one stage is, of algorithms that know no stages.</summary>
/// <param name="stage">The stage.</param>
/// <param name="progress">Who is told.</param>
internal sealed class StageCount(string stage, IProgress<StageProgress> progress) : IProgress<(long Done, long All)>
{
    public void Report((long Done, long All) value) => progress.Report(new StageProgress(stage, value.Done, value.All));
}
