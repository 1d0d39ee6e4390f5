using XCoder.Analysis.Model;

namespace XCoder.Analysis.Reports;

/// <summary>All groups of one kind in numbers.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Groups">Groups, those inside other groups included.</param>
/// <param name="Nested">How many of them stand inside another group.</param>
/// <param name="CrossLanguage">How many of them span languages.</param>
/// <param name="Snippets">Distinct snippets in them, representatives included.</param>
/// <param name="Share"><paramref name="Snippets"/> per compared snippet, in [0, 1].</param>
/// <param name="RepeatedTokens">Tokens of the members but the representatives, groups inside other groups left out.</param>
internal sealed record DuplicateTotal(
    DuplicateKind Kind,
    int Groups,
    int Nested,
    int CrossLanguage,
    int Snippets,
    double Share,
    long RepeatedTokens);
