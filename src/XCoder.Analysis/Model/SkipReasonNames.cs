namespace XCoder.Analysis.Model;

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
        return index >= 0 ? (SkipReason)index : throw new ArgumentException($"'{name}' is no skip reason; there are: {string.Join(", ", Names)}.");
    }

    /// <summary>Whether a file lost for this reason should have been processed (exit code 3).</summary>
    public static bool IsLoss(this SkipReason reason) => reason is SkipReason.Unreadable or SkipReason.Timeout or SkipReason.Quarantined;
}
