namespace XCoder.Analysis.Duplicates.Baselines;

/// <summary>A snippet as a baseline knows it. A place without a name is a whole file.</summary>
/// <param name="Repository">Name of the repository.</param>
/// <param name="Path">Path of the file below the repository's root.</param>
/// <param name="Name">Qualified name; empty for a file.</param>
/// <param name="Hash">First 64 bits of the fingerprint of its tokens, or of the file's bytes.</param>
internal readonly record struct CodePlace(string Repository, string Path, string Name, ulong Hash)
{
    /// <summary>The first 64 bits of a fingerprint.</summary>
    public static ulong Short(UInt128 hash) => (ulong)(hash >> 64);
}

/// <summary>The compared code of a workspace by places.</summary>
/// <param name="ByOrdinal">The place of each snippet of the search; null for one that is too short to be compared.</param>
/// <param name="Files">All files of the search, ordered by repository and path.</param>
internal sealed record CodePlaces(IReadOnlyList<CodePlace?> ByOrdinal, IReadOnlyList<CodePlace> Files)
{
    /// <summary>All of the code: snippets, then files.</summary>
    public IEnumerable<CodePlace> All => ByOrdinal.OfType<CodePlace>().Concat(Files);
}
