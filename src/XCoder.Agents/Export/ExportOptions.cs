namespace XCoder.Agents.Export;

/// <summary>What an export looks like.</summary>
public sealed record ExportOptions
{
    /// <summary>Shape of the records. Default: chat.</summary>
    public ExportFormat Format { get; init; } = ExportFormat.Chat;

    /// <summary>Parquet in place of JSONL. Default: no.</summary>
    public bool Parquet { get; init; }

    /// <summary>Most records of a file in a folder. Default: 100,000.</summary>
    public int ShardRows { get; init; } = 100_000;

    /// <summary>Share of the records that go to a validation split, [0, 0.5]. Default: none.</summary>
    public double Validation { get; init; }

    /// <summary>Which rows are exported.</summary>
    public RowFilterOptions Filter { get; init; } = new();

    /// <summary>Marks what is written for a purge of the workspace to know it; null: no mark.</summary>
    public ExportMark? Mark { get; init; }

    /// <summary>Fails unless every value is in its range.</summary>
    /// <exception cref="ArgumentException">One is not.</exception>
    public void Validate()
    {
        if (ShardRows < 1)
        {
            throw new ArgumentException($"The records of a file must be 1 or more, not {ShardRows}.");
        }

        if (!(Validation is >= 0 and <= 0.5))
        {
            throw new ArgumentException($"The validation share must be 0 to 0.5, not {Validation}.");
        }

        if (Filter.MinTotal is { } total && !(total is >= 0 and <= 10))
        {
            throw new ArgumentException($"The least total must be 0 to 10, not {total}.");
        }
    }
}
