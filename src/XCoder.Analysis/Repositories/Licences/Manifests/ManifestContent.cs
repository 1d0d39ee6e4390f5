namespace XCoder.Analysis.Repositories.Licences.Manifests;

/// <summary>A licence as a manifest names it. What is there, but cannot be read, has neither name, link nor file.</summary>
/// <param name="Name">Its name, or an SPDX expression.</param>
/// <param name="Link">An address of its text.</param>
/// <param name="Terms">What is said besides: a text, a comment.</param>
/// <param name="File">The file with its text.</param>
/// <param name="Hints">Where it cannot be read: the strings that it is made of.</param>
/// <param name="IsCode">Whether the name is that of a constant, which may stand for anything if it is not known.</param>
internal readonly record struct LicenceEntry(string? Name, string? Link = null, string? Terms = null, string? File = null,
    IReadOnlyList<string>? Hints = null, bool IsCode = false)
{
    /// <summary>A value that cannot be read, such as a variable.</summary>
    public static LicenceEntry Unread => default;

    /// <summary>A name or, if it is one, an address.</summary>
    public static LicenceEntry Of(string value) =>
        IsLink(value) ? new LicenceEntry(null, value) : new LicenceEntry(value);

    /// <summary>Whether a value is an address, and nothing besides.</summary>
    public static bool IsLink(string value) => value.AsSpan().Trim() is var trimmed && trimmed.IndexOfAny(' ', '\n') < 0
        && (trimmed.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || trimmed.StartsWith("http://", StringComparison.OrdinalIgnoreCase));
}

/// <summary>What was read of a manifest.</summary>
internal sealed class ManifestContent
{
    /// <summary>Of more, nothing is read: no manifest names as many.</summary>
    public const int MostEntries = 200;

    /// <summary>The licences it names.</summary>
    public List<LicenceEntry> Entries { get; } = [];

    /// <summary>Python's classifiers, whole.</summary>
    public List<string> Classifiers { get; } = [];

    /// <summary>The file that holds the licence, as it is written there.</summary>
    public string? File { get; set; }

    /// <summary>Whether the licences are alternatives.</summary>
    public bool IsChoice { get; set; }

    /// <summary>Whether it says outside the field of the licence that nothing, or less, is granted.</summary>
    public bool Withholds { get; set; }
}
