namespace XCoder.Analysis.Extraction.Source;

/// <summary>Limits of extraction.</summary>
public sealed record ExtractionOptions
{
    /// <summary>Maximum processor time to parse a file. Default 3 s; normal code of 1 MiB takes 0.1 s.</summary>
    public TimeSpan ParseLimit { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Maximum number of snippets in a file. Further ones are dropped, and the file is marked as having errors. Default
    /// 100,000.
    /// </summary>
    public int MaxSnippets { get; init; } = 100_000;

    /// <summary>
    /// Maximum number of snippets and scopes around a snippet. Deeper ones are dropped, and the file is marked as
    /// having errors. Each snippet's text is processed separately, so nesting multiplies the work. Default 100.
    /// </summary>
    public int MaxNesting { get; init; } = 100;
}
