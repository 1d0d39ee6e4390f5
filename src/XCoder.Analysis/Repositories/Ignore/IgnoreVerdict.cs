namespace XCoder.Analysis.Repositories.Ignore;

/// <summary>What ignore files say about a path.</summary>
internal enum IgnoreVerdict : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Leave it out.</summary>
    Ignored,

    /// <summary>A negated pattern took it back.</summary>
    Kept,
}
