using XCoder.Agents.Rows;

namespace XCoder.Agents.Mining;

/// <summary>Limits, tasks and languages of a mining run.</summary>
public sealed record MiningOptions
{
    /// <summary>Highest number of rows, 1 or more; a smaller number gives the first rows of a larger one. Default: all.</summary>
    public int Count { get; init; } = int.MaxValue;

    /// <summary>Seed of the order and of the choice of wordings. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The tasks, chosen from those of mined rows. Default: all of them.</summary>
    public IReadOnlyList<RowTask> Tasks { get; init; } = RowKind.Mined.Tasks;

    /// <summary>Source and target languages; dialects count as their main language. Null for all.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>Directions from source to target language for rows made from pairs; null for all.</summary>
    public IReadOnlyList<(string Source, string Target)>? Directions { get; init; }

    /// <summary>Lowest number of tokens in a function. Default 25.</summary>
    public int LeastTokens { get; init; } = 25;

    /// <summary>Highest number of tokens in a function. Default 1,024.</summary>
    public int MostTokens { get; init; } = 1024;

    /// <summary>
    /// Share of the pairs that is expected to be translations, in [0.5, 1): the most probable pairs are taken, as many as judged pairs of
    /// other projects allow. Below 0.8 it gives no more. Default 0.95.
    /// </summary>
    public double Precision { get; init; } = 0.95;

    /// <summary>How much more probable a pair must be than either function's next best pair, in [0, 1]. Default 0.02.</summary>
    public double Lead { get; init; } = 0.02;

    /// <summary>Highest number of pairs per concept and language pair, 1 or more. Default 20.</summary>
    public int PerConcept { get; init; } = 20;

    /// <summary>Highest number of pairs per two repositories and language pair, 1 or more. Default 2,000.</summary>
    public int PerRepositories { get; init; } = 2000;

    /// <summary>Number of functions that show a repository's style, 1 or more. Default 2.</summary>
    public int StyleExamples { get; init; } = 2;

    /// <summary>Rows stored in one transaction, 1 or more. Default 256.</summary>
    public int EpochRows { get; init; } = 256;

    /// <summary>Checks all ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; the message names option, value and bound.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(PerConcept, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(PerRepositories, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(StyleExamples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(EpochRows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(LeastTokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MostTokens, LeastTokens);
        ArgumentOutOfRangeException.ThrowIfNegative(Lead);
        ArgumentOutOfRangeException.ThrowIfLessThan(Precision, 0.5);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Precision, 1);
    }

    /// <summary>Whether rows may start from one language and end in another.</summary>
    public bool Wants(string source, string target) =>
        (Languages is null || (Languages.Contains(source) && Languages.Contains(target)))
            && (source == target || Directions is null || Directions.Contains((source, target)));
}
