namespace XCoder.Agents.Export;

/// <summary>Options of an export.</summary>
public sealed record ExportOptions
{
    /// <summary>Format of the records. Default <see cref="ExportFormat.Chat"/>.</summary>
    public ExportFormat Format { get; init; } = ExportFormat.Chat;

    /// <summary>Whether to write Parquet instead of JSON lines. Default false.</summary>
    public bool Parquet { get; init; }

    /// <summary>Largest number of records in a file of a folder, 1 or more. Default 100,000.</summary>
    public int ShardRows { get; init; } = 100_000;

    /// <summary>Share of the records for a validation split, in [0, 0.5]. Default 0, no split.</summary>
    public double Validation { get; init; }

    /// <summary>Selects the rows to export.</summary>
    public RowFilterOptions Filter { get; init; } = new();

    /// <summary>Mark by which a purge of the workspace recognises the export; null writes no mark.</summary>
    public ExportMark? Mark { get; init; }

    /// <summary>Checks that every value is in its range.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
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
