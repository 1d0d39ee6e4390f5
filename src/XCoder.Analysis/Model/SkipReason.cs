namespace XCoder.Analysis.Model;

/// <summary>Why a file was not parsed. <see cref="SkipReasonNames"/> has the names that reports use.</summary>
public enum SkipReason
{
    /// <summary>The content is not text.</summary>
    Binary,

    /// <summary>Larger than the size limit.</summary>
    TooLarge,

    /// <summary>Written by a code generator.</summary>
    Generated,

    /// <summary>Minified: code compressed onto a few long lines.</summary>
    Minified,

    /// <summary>In a folder of third-party code (<c>node_modules</c>, <c>vendor</c> …).</summary>
    Vendored,

    /// <summary>Excluded by an ignore file, or part of the workspace.</summary>
    Ignored,

    /// <summary>No row of the manifest claims the file.</summary>
    UnknownLanguage,

    /// <summary>A symbolic link; links are never followed.</summary>
    Link,

    /// <summary>Could not be read. A loss: the run ends with exit code 3.</summary>
    Unreadable,

    /// <summary>A pipe, socket or device.</summary>
    NotAFile,

    /// <summary>Parsing exceeded the time limit. A loss: exit code 3.</summary>
    Timeout,

    /// <summary>Its parser hung or crashed in an earlier attempt, or reading it failed. A loss: exit code 3.</summary>
    Quarantined,
}

/// <summary>The stable names of skip reasons, used in reports and in the store.</summary>
public static class SkipReasonNames
{
    private static readonly string[] Names =
    [
        "binary", "too-large", "generated", "minified", "vendored", "ignored",
        "unknown-language", "link", "unreadable", "not-a-file", "timeout", "quarantined",
    ];

    /// <summary>The reason's name, for example <c>too-large</c>.</summary>
    public static string Name(this SkipReason reason) => Names[(int)reason];

    /// <summary>The reason with the given name.</summary>
    /// <exception cref="ArgumentException">No reason has that name.</exception>
    public static SkipReason Parse(string name)
    {
        var index = Array.IndexOf(Names, name);
        return index >= 0 ? (SkipReason)index
            : throw new ArgumentException($"'{name}' is not a skip reason. Valid reasons: {string.Join(", ", Names)}.");
    }

    /// <summary>
    /// Whether a file skipped for this reason counts as lost, because it should have been processed (exit code 3).
    /// </summary>
    public static bool IsLoss(this SkipReason reason) => reason is SkipReason.Unreadable or SkipReason.Timeout or SkipReason.Quarantined;
}
