namespace XCoder.Analysis.Model;

/// <summary>Why a file was not parsed. The names in reports are those of <see cref="SkipReasonNames"/>.</summary>
public enum SkipReason
{
    /// <summary>Holds bytes that are no text.</summary>
    Binary,

    /// <summary>Larger than the limit.</summary>
    TooLarge,

    /// <summary>Written by a program.</summary>
    Generated,

    /// <summary>Compressed onto few long lines.</summary>
    Minified,

    /// <summary>In a folder of other people's code (<c>node_modules</c>, <c>vendor</c> …).</summary>
    Vendored,

    /// <summary>Named by an ignore file, or the workspace itself.</summary>
    Ignored,

    /// <summary>No row of the manifest claims it.</summary>
    UnknownLanguage,

    /// <summary>A symbolic link; links are never followed.</summary>
    Link,

    /// <summary>Could not be read. This one makes a run end with exit code 3.</summary>
    Unreadable,

    /// <summary>A pipe, socket or device.</summary>
    NotAFile,

    /// <summary>Parsing took longer than the limit. Exit code 3.</summary>
    Timeout,

    /// <summary>Its parser hung or died past every limit in an earlier attempt. Exit code 3.</summary>
    Quarantined,
}

/// <summary>The stable names of skip reasons, as they stand in reports and in the store.</summary>
public static class SkipReasonNames
{
    private static readonly string[] Names =
    [
        "binary", "too-large", "generated", "minified", "vendored", "ignored",
        "unknown-language", "link", "unreadable", "not-a-file", "timeout", "quarantined",
    ];

    /// <summary>The reason's name, for example <c>too-large</c>.</summary>
    public static string Name(this SkipReason reason) => Names[(int)reason];

    /// <summary>The reason of that name.</summary>
    /// <exception cref="ArgumentException">No reason has that name.</exception>
    public static SkipReason Parse(string name)
    {
        var index = Array.IndexOf(Names, name);
        return index >= 0 ? (SkipReason)index
            : throw new ArgumentException($"'{name}' is no skip reason; there are: {string.Join(", ", Names)}.");
    }

    /// <summary>Whether a file lost for this reason should have been processed (exit code 3).</summary>
    public static bool IsLoss(this SkipReason reason) => reason is SkipReason.Unreadable or SkipReason.Timeout or SkipReason.Quarantined;
}
