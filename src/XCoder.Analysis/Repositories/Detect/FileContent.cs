using XCoder.Analysis.Model;

namespace XCoder.Analysis.Repositories.Detect;

/// <summary>A file's raw bytes, or why there are none.</summary>
internal sealed record FileContent
{
    /// <summary>All bytes; empty where <see cref="Reason"/> is set.</summary>
    public byte[] Bytes { get; init; } = [];

    /// <summary>SHA-256 of the bytes, 64 lower-case hex digits; empty where <see cref="Reason"/> is set.</summary>
    public string Hash { get; init; } = "";

    /// <summary>Why the file was not read, or null.</summary>
    public SkipReason? Reason { get; init; }

    /// <summary>More for a person to act on, or null.</summary>
    public string? Detail { get; init; }
}
