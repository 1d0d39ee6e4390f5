namespace XCoder.Analysis.Indexing;

/// <summary>What is known of one language in one repository, or in all.</summary>
public sealed record LanguageCoverage
{
    /// <summary>Language id.</summary>
    public required string Language { get; init; }

    /// <summary>Parsed files.</summary>
    public int Files { get; init; }

    /// <summary>Parsed files with syntax errors.</summary>
    public int WithErrors { get; init; }

    /// <summary>Files of this language that were skipped, by reason name.</summary>
    public IReadOnlyDictionary<string, int> Skipped { get; init; } = new SortedDictionary<string, int>();

    /// <summary>Bytes parsed.</summary>
    public long Bytes { get; init; }

    /// <summary>Functions, methods and constructors.</summary>
    public int Functions { get; init; }

    /// <summary>Structures, interfaces and enumerations.</summary>
    public int Structures { get; init; }

    /// <summary>How many of functions and structures have a documentation comment.</summary>
    public int Documented { get; init; }

    /// <summary>How many of functions and structures are test code.</summary>
    public int Tests { get; init; }

    /// <summary>Snippets in all.</summary>
    public int Snippets => Functions + Structures;
}
