namespace XCoder.Analysis.Indexing;

/// <summary>What an index run did.</summary>
public sealed record IndexSummary
{
    /// <summary>What was indexed: repository name and path below its root (<c>""</c>: all of it).</summary>
    public required IReadOnlyList<(string Repository, string Path)> Scopes { get; init; }

    /// <summary>Files extracted anew.</summary>
    public int Extracted { get; init; }

    /// <summary>Files found unchanged.</summary>
    public int Unchanged { get; init; }

    /// <summary>Stored files removed because they are gone or are skipped now.</summary>
    public int Removed { get; init; }

    /// <summary>Bytes read.</summary>
    public long Bytes { get; init; }

    /// <summary>Whether the run was interrupted; what was finished is stored.</summary>
    public bool Interrupted { get; init; }

    /// <summary>Whether the store holds anything else than before.</summary>
    public bool Changed => Extracted > 0 || Removed > 0;
}
