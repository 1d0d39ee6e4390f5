namespace XCoder.Analysis.Indexing;

/// <summary>What a workspace (or a part of it) holds.</summary>
/// <param name="Files">What became of all files.</param>
/// <param name="Bytes">Bytes parsed.</param>
/// <param name="Languages">Per language over all repositories, most bytes first.</param>
/// <param name="Repositories">Per repository, by name.</param>
/// <param name="Losses">Files that should have been processed and were not: <c>repository/path</c> and the reason's name, with detail.</param>
public sealed record CoverageReport(
    FileCounts Files,
    long Bytes,
    IReadOnlyList<LanguageCoverage> Languages,
    IReadOnlyList<RepositoryCoverage> Repositories,
    IReadOnlyList<FileLoss> Losses);
