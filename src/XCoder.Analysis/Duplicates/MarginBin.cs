namespace XCoder.Analysis.Duplicates;

/// <summary>Pairs judged, by margin.</summary>
/// <param name="From">Lowest margin of the bin; it ends where the next begins.</param>
/// <param name="Same">Pairs known to do the same.</param>
/// <param name="Different">Pairs known not to.</param>
internal sealed record MarginBin(double From, double Same, double Different);
