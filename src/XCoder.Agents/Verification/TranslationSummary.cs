namespace XCoder.Agents.Verification;

/// <summary>What comparing translations with their sources came to.</summary>
/// <param name="Compared">Rows that were compared now.</param>
/// <param name="Before">Rows that had been compared before.</param>
/// <param name="Pairs">Rows now by languages.</param>
/// <param name="Unknown">Rows of which nothing could be said, by reason.</param>
public sealed record TranslationSummary(int Compared, int Before, IReadOnlyList<TranslationCount> Pairs, IReadOnlyDictionary<string, int> Unknown);
