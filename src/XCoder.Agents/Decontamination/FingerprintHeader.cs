namespace XCoder.Agents.Decontamination;

/// <summary>What a fingerprint says of itself, readable at the head of its file.</summary>
public sealed record FingerprintHeader
{
    /// <summary>Name of the benchmark.</summary>
    public required string Name { get; init; }

    /// <summary>Where its files come from, at which commit, and under which licence.</summary>
    public string About { get; init; } = "";

    /// <summary>The files.</summary>
    public required IReadOnlyList<FingerprintSource> Sources { get; init; }

    /// <summary>Least words of two letters or more in a 10-gram.</summary>
    public required int LeastNamed { get; init; }

    /// <summary>Most problems of a file that a 10-gram stands in.</summary>
    public required int MostProblems { get; init; }

    /// <summary>10-grams left out because they stand in more.</summary>
    public required int Boilerplate { get; init; }
}
