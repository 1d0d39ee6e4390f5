using XCoder.Agents.Rows;

namespace XCoder.Agents.Verification;

/// <summary>What verifying rows came to.</summary>
/// <param name="Verified">Rows that went through the gates now.</param>
/// <param name="Before">Rows that had been through them before.</param>
/// <param name="Statuses">Rows now by language of the response and status.</param>
/// <param name="Missing">Rows that nothing here could verify, by what is missing.</param>
/// <param name="Preferences">Pairs of answers that compilers and tests told apart.</param>
public sealed record VerificationSummary(int Verified, int Before, IReadOnlyList<(string Language, RowStatus Status, int Rows)> Statuses, IReadOnlyDictionary<string, int> Missing, int Preferences);
