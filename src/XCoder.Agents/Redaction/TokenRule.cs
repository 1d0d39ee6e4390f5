namespace XCoder.Agents.Redaction;

/// <summary>A secret known by its shape; a row of <c>sensitive.json</c>.</summary>
internal sealed record TokenRule
{
    /// <summary>Id of its kind.</summary>
    public required string Id { get; init; }

    /// <summary>Word of its placeholder.</summary>
    public required string Placeholder { get; init; }

    /// <summary>Texts, case counts, one of which it holds.</summary>
    public required IReadOnlyList<string> Keywords { get; init; }

    /// <summary>Pattern of the whole; group <c>secret</c>, where there is one, is what is replaced.</summary>
    public required string Pattern { get; init; }

    /// <summary>Least entropy of what is replaced, bits a character.</summary>
    public double Entropy { get; init; }

    /// <summary>A check of <see cref="TokenChecks"/>, or null.</summary>
    public string? Check { get; init; }

    /// <summary>Most characters of the token before the keyword.</summary>
    public int Back { get; init; }

    /// <summary>Whether it may follow a word character, being the end of a longer address.</summary>
    public bool Inside { get; init; }

    /// <summary>Whether it must not follow a hyphen either.</summary>
    public bool Tight { get; init; }

    /// <summary>Whether another rule that fits tells better what it is.</summary>
    public bool IsGuess { get; init; }

    /// <summary>Most characters looked at.</summary>
    public int Window { get; init; } = 1100;
}
