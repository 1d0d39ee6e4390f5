using XCoder.Agents.Store;

namespace XCoder.Agents.Purge;

/// <summary>What a purge removed, or would, and what a search found afterwards.</summary>
public sealed record PurgeSummary
{
    /// <summary>Name of the repository.</summary>
    public required string Repository { get; init; }

    /// <summary>Its files in the store.</summary>
    public required long Files { get; init; }

    /// <summary>Its snippets in the store.</summary>
    public required long Snippets { get; init; }

    /// <summary>Rows, replies and lessons.</summary>
    public required PurgedRows Rows { get; init; }

    /// <summary>Exports and reports that held something of it, absolute paths.</summary>
    public required IReadOnlyList<string> Exports { get; init; }

    /// <summary>Recorded exports that are no longer where they were written: where they are now is not known.</summary>
    public required IReadOnlyList<string> Moved { get; init; }

    /// <summary>
    /// What stands where an export was recorded, and carries no mark of this workspace or was changed since: it is left, whatever it is.
    /// </summary>
    public IReadOnlyList<string> NotOurs { get; init; } = [];

    /// <summary>Files of the workspace that are made again from the rest: indexes, caches, reports.</summary>
    public required IReadOnlyList<string> Derived { get; init; }

    /// <summary>Pieces of its texts that were looked for.</summary>
    public int Searched { get; init; }

    /// <summary>Files they were looked for in.</summary>
    public int SearchedFiles { get; init; }

    /// <summary>Where some were found.</summary>
    public IReadOnlyList<string> Found { get; init; } = [];
}
