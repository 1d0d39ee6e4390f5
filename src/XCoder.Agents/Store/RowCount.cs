namespace XCoder.Agents.Store;

/// <summary>Rows that share data set, languages, concept, verdict and status.</summary>
public sealed record RowCount
{
    /// <summary>Data set, as in JSON.</summary>
    public string Dataset { get; init; } = "";

    /// <summary>Source language id.</summary>
    public string SourceLanguage { get; init; } = "";

    /// <summary>Target language id.</summary>
    public string TargetLanguage { get; init; } = "";

    /// <summary>Concept id, or null.</summary>
    public string? Concept { get; init; }

    /// <summary>Verdict, as in JSON.</summary>
    public string Verdict { get; init; } = "";

    /// <summary>Status of the verification.</summary>
    public string Status { get; init; } = "";

    /// <summary>How many.</summary>
    public long Rows { get; init; }
}
