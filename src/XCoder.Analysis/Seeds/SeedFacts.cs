namespace XCoder.Analysis.Seeds;

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
