namespace XCoder.Analysis.Seeds;

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
