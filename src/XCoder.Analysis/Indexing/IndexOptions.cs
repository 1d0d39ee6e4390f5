using XCoder.Analysis.Extraction.Source;

namespace XCoder.Analysis.Indexing;

/// <summary>How an index run works.</summary>
public sealed record IndexOptions
{
    /// <summary>Threads that extract. Default: as many as there are cores.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Name of the only repository of the paths to index, as the store has it; null for all.</summary>
    public string? Repository { get; init; }

    /// <summary>Files above this many bytes are skipped. Default 1 MiB.</summary>
    public long MaxFileBytes { get; init; } = 1 << 20;

    /// <summary>Files a transaction. Default 256.</summary>
    public int BatchFiles { get; init; } = 256;

    /// <summary>Whether C# symbols are resolved (signature, calls, types). Default true.</summary>
    public bool Resolve { get; init; } = true;

    /// <summary>Limits of extraction.</summary>
    public ExtractionOptions Extraction { get; init; } = new();

    /// <summary>Throws if a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option, its value and its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxFileBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxFileBytes, 1 << 30);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchFiles, 1);
    }
}
