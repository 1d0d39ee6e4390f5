namespace XCoder.Analysis.Indexing;

/// <summary>Coverage of one repository.</summary>
/// <param name="Repository">Its name in the workspace.</param>
/// <param name="Remote">Address without credentials, or null.</param>
/// <param name="Commit">Commit of HEAD, or null.</param>
/// <param name="Files">What became of its files.</param>
/// <param name="Bytes">Bytes parsed.</param>
/// <param name="Languages">Per language, most bytes first.</param>
/// <param name="Licences">Parsed files by SPDX expression (<c>none</c> where none is known), most files first.</param>
public sealed record RepositoryCoverage(
    string Repository,
    string? Remote,
    string? Commit,
    FileCounts Files,
    long Bytes,
    IReadOnlyList<LanguageCoverage> Languages,
    IReadOnlyList<KeyValuePair<string, int>> Licences);
