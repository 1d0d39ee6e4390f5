using System.Text.RegularExpressions;

namespace XCoder.Analysis.Seeds;

/// <summary>Rates functions as seeds.</summary>
internal static partial class SeedRater
{
    /// <summary>Fewest tokens that a seed may have.</summary>
    public const int LeastTokens = 20;

    /// <summary>Most tokens that a seed may have.</summary>
    public const int MostTokens = 1024;

    private const int WholeSentence = 5;
    private const double HalfContained = 4;
    private const int LeastDistinct = 12;
    private const double FullSubstance = 40;
    private const double MostLiterals = 0.5;
    private const int LongCode = 150;
    private const double LeastNew = 0.1;
    private const double BestFrom = 40;
    private const double BestTo = 400;
    private const int LongestAccessor = 25;

    /// <summary>
    /// Checks only the facts that are known without reading the code. Returns the reason to reject a function, or <see
    /// cref="SeedRejection.None"/>.
    /// </summary>
    public static SeedRejection RejectUnread(SeedFacts facts) =>
        facts.IsTest ? SeedRejection.Test
        : facts.HasErrors ? SeedRejection.Errors
        : facts.Tokens < LeastTokens ? SeedRejection.TooShort
        : facts.Tokens > MostTokens ? SeedRejection.TooLong
        : facts.IsConstructor ? SeedRejection.Constructor
        : facts.Tokens < LongestAccessor && Accessor().IsMatch(facts.Name) ? SeedRejection.Accessor
        : SeedRejection.None;

    /// <summary>The reason to reject a function, or <see cref="SeedRejection.None"/>.</summary>
    public static SeedRejection Reject(SeedFacts facts) =>
        RejectUnread(facts) is var reason and not SeedRejection.None ? reason
        : facts.DistinctTokens < LeastDistinct ? SeedRejection.Trivial
        : facts.Literals >= MostLiterals * facts.Tokens || (facts.Tokens >= LongCode && facts.DistinctTokens < LeastNew * facts.Tokens)
            ? SeedRejection.Generated
        : SeedRejection.None;

    /// <summary>Rates the quality of a function.</summary>
    public static SeedQuality Rate(SeedFacts facts) => new(
        Math.Min(1, facts.DocumentationWords / (double)WholeSentence),
        HalfContained / (HalfContained + facts.OuterNames),
        Math.Min(1, facts.DistinctTokens / FullSubstance),
        Math.Min(1, Math.Min(facts.Tokens / BestFrom, BestTo / Math.Max(1, facts.Tokens))),
        facts.IsTested ? 1 : 0);

    /// <summary>Upper bound, in [0, 1], of the quality of a function whose code has not been read.</summary>
    public static double Promise(SeedFacts facts) => Rate(facts with { OuterNames = 0, DistinctTokens = facts.Tokens }).Total;

    [GeneratedRegex("^(?:get|set|is|has|Get|Set|Is|Has)(?:[A-Z_]|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Accessor();
}

/// <summary>The facts from which a function's quality as a seed is computed.</summary>
internal sealed record SeedFacts
{
    /// <summary>Number of tokens.</summary>
    public required int Tokens { get; init; }

    /// <summary>The bare name; empty when there is none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether it initialises instances of a structure.</summary>
    public bool IsConstructor { get; init; }

    /// <summary>Whether it contains a syntax error.</summary>
    public bool HasErrors { get; init; }

    /// <summary>Whether it is test code.</summary>
    public bool IsTest { get; init; }

    /// <summary>Whether test code calls or names it.</summary>
    public bool IsTested { get; init; }

    /// <summary>Number of words of its documentation.</summary>
    public int DocumentationWords { get; init; }

    /// <summary>Number of distinct tokens.</summary>
    public int DistinctTokens { get; init; }

    /// <summary>Number of tokens that are numbers, strings or other literals.</summary>
    public int Literals { get; init; }

    /// <summary>Number of distinct identifiers in it that also name a function or structure elsewhere in its repository.</summary>
    public int OuterNames { get; init; }
}

/// <summary>How well a function serves as the start of a generation; each part is in [0, 1].</summary>
/// <param name="Documented">1 for documentation of five words or more, proportionally less for fewer, 0 for none.</param>
/// <param name="SelfContained">1 if it uses no name that its repository declares elsewhere; 0.5 for four such names.</param>
/// <param name="Substance">Distinct tokens divided by 40, at most 1.</param>
/// <param name="Size">1 from 40 to 400 tokens, less for shorter and longer functions.</param>
/// <param name="Tested">1 if test code calls or names it, otherwise 0.</param>
public readonly record struct SeedQuality(double Documented, double SelfContained, double Substance, double Size, double Tested)
{
    /// <summary>
    /// Weighted sum of the parts, in [0, 1]: documentation and self-containment 0.3 each, substance 0.2, size and tests
    /// 0.1 each.
    /// </summary>
    public double Total => (0.3 * Documented) + (0.3 * SelfContained) + (0.2 * Substance) + (0.1 * Size) + (0.1 * Tested);
}

/// <summary>Why a function cannot be a seed.</summary>
public enum SeedRejection
{
    /// <summary>It can be a seed.</summary>
    None,

    /// <summary>It is test code.</summary>
    Test,

    /// <summary>It contains a syntax error.</summary>
    Errors,

    /// <summary>It has fewer than 20 tokens.</summary>
    TooShort,

    /// <summary>It has more than 1,024 tokens.</summary>
    TooLong,

    /// <summary>It is a constructor, which makes no task of its own.</summary>
    Constructor,

    /// <summary>It has fewer than 25 tokens and a name such as <c>getName</c> or <c>is_empty</c>.</summary>
    Accessor,

    /// <summary>It has fewer than 12 distinct tokens.</summary>
    Trivial,

    /// <summary>
    /// A table or unrolled code: at least half of its tokens are literals, or it has at least 150 tokens of which fewer than a
    /// tenth are distinct.
    /// </summary>
    Generated,

    /// <summary>It contains part of a benchmark's problem.</summary>
    Benchmark,

    /// <summary>It contains bytes that could not be decoded (U+FFFD).</summary>
    Undecodable,
}
