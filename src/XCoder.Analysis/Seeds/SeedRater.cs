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
        : facts.Literals >= MostLiterals * facts.Tokens || (facts.Tokens >= LongCode && facts.DistinctTokens < LeastNew * facts.Tokens) ? SeedRejection.Generated
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
