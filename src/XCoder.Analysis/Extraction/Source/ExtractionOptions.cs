namespace XCoder.Analysis.Extraction.Source;

/// <summary>Limits of extraction.</summary>
public sealed record ExtractionOptions
{
    /// <summary>Most processor time a file may take to parse. Default 3 s; a sound file of 1 MiB takes 0.1 s.</summary>
    public TimeSpan ParseLimit { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Most snippets a file may hold; more are dropped, and the file is marked as having errors. Default 100,000.</summary>
    public int MaxSnippets { get; init; } = 100_000;

    /// <summary>
    /// Most snippets and scopes around a snippet; deeper ones are dropped, and the file is marked as having errors.
    /// Every snippet's text is read on its own, so that nesting multiplies work. Default 100.
    /// </summary>
    public int MaxNesting { get; init; } = 100;
}
