namespace XCoder.Analysis.Seeds;

/// <summary>Judges functions as seeds.</summary>
internal static class SeedRater
{
    /// <summary>Fewest tokens of a seed.</summary>
    public const int LeastTokens = 20;

    /// <summary>Most tokens of a seed.</summary>
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

    /// <summary>Why a function is no seed, as far as is known without reading its code.</summary>
    public static SeedRejection RejectUnread(SeedFacts facts) =>
        facts.IsTest ? SeedRejection.Test
        : facts.HasErrors ? SeedRejection.Errors
        : facts.Tokens < LeastTokens ? SeedRejection.TooShort
        : facts.Tokens > MostTokens ? SeedRejection.TooLong
        : SeedRejection.None;

    /// <summary>Why a function is no seed.</summary>
    public static SeedRejection Reject(SeedFacts facts) =>
        RejectUnread(facts) is var reason and not SeedRejection.None ? reason
        : facts.DistinctTokens < LeastDistinct ? SeedRejection.Trivial
        : facts.Literals >= MostLiterals * facts.Tokens || (facts.Tokens >= LongCode && facts.DistinctTokens < LeastNew * facts.Tokens)
            ? SeedRejection.Generated
        : SeedRejection.None;

    /// <summary>The quality of a function.</summary>
    public static SeedQuality Rate(SeedFacts facts) => new(
        Math.Min(1, facts.DocumentationWords / (double)WholeSentence),
        HalfContained / (HalfContained + facts.OuterNames),
        Math.Min(1, facts.DistinctTokens / FullSubstance),
        Math.Min(1, Math.Min(facts.Tokens / BestFrom, BestTo / Math.Max(1, facts.Tokens))),
        facts.IsTested ? 1 : 0);

    /// <summary>The quality of a function whose code has not been read, in [0, 1]: what it may come to.</summary>
    public static double Promise(SeedFacts facts) => Rate(facts with { OuterNames = 0, DistinctTokens = facts.Tokens }).Total;
}

/// <summary>What a seed's quality is made of.</summary>
internal sealed record SeedFacts
{
    /// <summary>Number of tokens.</summary>
    public required int Tokens { get; init; }

    /// <summary>Whether it holds a syntax error.</summary>
    public bool HasErrors { get; init; }

    /// <summary>Whether it is test code.</summary>
    public bool IsTest { get; init; }

    /// <summary>Whether test code calls or names it.</summary>
    public bool IsTested { get; init; }

    /// <summary>Words of its documentation.</summary>
    public int DocumentationWords { get; init; }

    /// <summary>Different tokens.</summary>
    public int DistinctTokens { get; init; }

    /// <summary>Tokens that are numbers, strings or other literals.</summary>
    public int Literals { get; init; }

    /// <summary>Different names in it that functions and structures elsewhere in its repository bear.</summary>
    public int OuterNames { get; init; }
}

/// <summary>How good a start a function is; each part in [0, 1].</summary>
/// <param name="Documented">1 for documentation of five words or more, less for fewer, 0 for none.</param>
/// <param name="SelfContained">1 where it uses no name that its repository declares elsewhere; half with four.</param>
/// <param name="Substance">Different tokens: 1 from 40 on.</param>
/// <param name="Size">1 from 40 to 400 tokens, falling to both sides.</param>
/// <param name="Tested">1 where test code calls or names it.</param>
public readonly record struct SeedQuality(double Documented, double SelfContained, double Substance, double Size, double Tested)
{
    /// <summary>The parts by weight: documentation and independence 0.3 each, substance 0.2, size and tests 0.1 each; in [0, 1].</summary>
    public double Total => (0.3 * Documented) + (0.3 * SelfContained) + (0.2 * Substance) + (0.1 * Size) + (0.1 * Tested);
}

/// <summary>Why a function is no seed.</summary>
public enum SeedRejection
{
    /// <summary>It may be one.</summary>
    None,

    /// <summary>It is test code.</summary>
    Test,

    /// <summary>It holds a syntax error.</summary>
    Errors,

    /// <summary>Fewer than 20 tokens.</summary>
    TooShort,

    /// <summary>More than 1,024 tokens.</summary>
    TooLong,

    /// <summary>Fewer than 12 different tokens.</summary>
    Trivial,

    /// <summary>A table or unrolled code: half of it literals, or, from 150 tokens on, fewer than one token in ten new.</summary>
    Generated,

    /// <summary>It holds part of a benchmark's problem.</summary>
    Benchmark,
}
