namespace XCoder.Analysis.Model;

/// <summary>
/// Marks of tokens (<see cref="ExtractedFile.Layout"/>): what exact duplicates compare besides the tokens' texts. Most tokens of most
/// languages have none, 0.
/// </summary>
internal static class LayoutMark
{
    /// <summary>Exact duplicates do not compare the token: it only joins two lines.</summary>
    public const ulong Skipped = ulong.MaxValue;

    private const ulong Stands = 1UL << 63;

    /// <summary>A mark that is compared together with the token's text.</summary>
    public static ulong Beside(ulong hash) => hash & ~Stands;

    /// <summary>A mark that is compared in place of the token's text.</summary>
    public static ulong InPlace(ulong hash) => (hash & ~1UL) | Stands;

    /// <summary>Whether a mark is compared in place of the token's text.</summary>
    public static bool IsInPlace(ulong mark) => (mark & Stands) != 0;
}
