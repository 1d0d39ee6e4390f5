namespace XCoder.Analysis.Store;

/// <summary>Counts of one repository, language and licence.</summary>
public sealed record CoverageCounts(
    string Repository, string Language, string Licence, int Files, int WithErrors, int InvalidUtf8, long Bytes, int Functions, int Structures, int Documented, int Tests);
