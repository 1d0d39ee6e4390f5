using XCoder.Analysis.Store;

namespace XCoder.Analysis.Indexing;

/// <summary>What became of one found file: exactly one of the three is set.</summary>
/// <param name="Path">Path below the root.</param>
/// <param name="Unchanged">Row id of the stored file it equals.</param>
/// <param name="Record">The file as extracted.</param>
/// <param name="Skip">Why it was left out.</param>
/// <param name="Bytes">Bytes read.</param>
internal sealed record FileOutcome(string Path, long? Unchanged, FileRecord? Record, SkipRecord? Skip, long Bytes);
