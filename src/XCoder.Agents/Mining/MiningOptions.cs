using XCoder.Agents.Rows;

namespace XCoder.Agents.Mining;

/// <summary>What is mined.</summary>
public sealed record MiningOptions
{
    /// <summary>Most rows, 1 or more; fewer are the first of more. Default: all.</summary>
    public int Count { get; init; } = int.MaxValue;

    /// <summary>Number that order and wording follow from. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Tasks, of those that mined rows have. Default: all.</summary>
    public IReadOnlyList<RowTask> Tasks { get; init; } = RowKind.Mined.Tasks;

    /// <summary>Languages that rows start from and end in, dialects as the language they are of; null: all.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>Directions, language to language, of rows with twins; null: all.</summary>
    public IReadOnlyList<(string Source, string Target)>? Directions { get; init; }

    /// <summary>Fewest tokens of a function. Default 25.</summary>
    public int LeastTokens { get; init; } = 25;

    /// <summary>Most tokens of a function. Default 1,024.</summary>
    public int MostTokens { get; init; } = 1024;

    /// <summary>How much better than any rival a partner must rank, [0, 1]. Default 0.02.</summary>
    public double Lead { get; init; } = 0.02;

    /// <summary>Most twins of a concept and two languages, 1 or more. Default 20.</summary>
    public int PerConcept { get; init; } = 20;

    /// <summary>Most twins of two repositories and two languages, 1 or more. Default 2,000.</summary>
    public int PerRepositories { get; init; } = 2000;

    /// <summary>Functions that show the style of a repository, 1 or more. Default 2.</summary>
    public int StyleExamples { get; init; } = 2;

    /// <summary>Rows that are stored at once, 1 or more. Default 256.</summary>
    public int EpochRows { get; init; } = 256;

    /// <summary>Throws if a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option, its value and its range.</exception>
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
    }

    /// <summary>Whether rows may start from one language and end in another.</summary>
    public bool Wants(string source, string target) =>
        (Languages is null || (Languages.Contains(source) && Languages.Contains(target)))
            && (source == target || Directions is null || Directions.Contains((source, target)));
}
