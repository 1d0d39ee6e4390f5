namespace XCoder.Analysis.Indexing;

/// <summary>What became of the files a walk met: <see cref="Seen"/> = <see cref="Parsed"/> + all of <see cref="Skipped"/>.</summary>
/// <param name="Seen">Files met, those in pruned folders included.</param>
/// <param name="Parsed">Files parsed.</param>
/// <param name="WithErrors">Parsed files with syntax errors.</param>
/// <param name="Skipped">Files left out, by reason name.</param>
/// <param name="InvalidUtf8">Parsed files that hold bytes which are no UTF-8.</param>
public sealed record FileCounts(int Seen, int Parsed, int WithErrors, IReadOnlyDictionary<string, int> Skipped, int InvalidUtf8 = 0);
