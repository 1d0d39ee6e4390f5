namespace XCoder.Analysis.Concepts;

/// <summary>A concept that languages of the corpus have and one has not.</summary>
/// <param name="Row">The concept.</param>
/// <param name="Language">The language without it.</param>
/// <param name="Score">
/// (0, 1]: the share of the other languages that have it, each counting half, a quarter more where some of it is documented and
/// a quarter more where some is tested, less what comes near in the language (<see cref="GapFinder"/>).
/// </param>
/// <param name="Languages">Languages of real presence that have it, by functions, descending.</param>
/// <param name="Nearest">What the language has that comes nearest to a member, or null for nothing near.</param>
public sealed record ConceptGap(ConceptRow Row, string Language, double Score, IReadOnlyList<string> Languages, NearSnippet? Nearest);
