namespace XCoder.Agents.Export;

/// <summary>Why a row was not exported; the first that holds, in this order.</summary>
public enum DropReason
{
    /// <summary>Its verdict was not asked for.</summary>
    Verdict,

    /// <summary>Its data set was not asked for.</summary>
    Dataset,

    /// <summary>Its task was not asked for.</summary>
    Task,

    /// <summary>Its status was not asked for.</summary>
    Status,

    /// <summary>One of its languages was not asked for.</summary>
    Language,

    /// <summary>None of its seeds is of the repository that was asked for.</summary>
    Repository,

    /// <summary>The licence of something in it is unknown.</summary>
    LicenceUnknown,

    /// <summary>The licence of something in it is not among those allowed.</summary>
    LicenceNotAllowed,

    /// <summary>Its total is too low, or it has none.</summary>
    Total,

    /// <summary>It holds part of a benchmark.</summary>
    Contaminated,

    /// <summary>A row before it has the same instruction and response.</summary>
    Duplicate,
}
