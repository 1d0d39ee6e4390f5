namespace XCoder.Analysis.Seeds;

/// <summary>Seeds, and what they were chosen from.</summary>
public sealed record SeedSelection
{
    /// <summary>The seeds in the order of their choice.</summary>
    public required IReadOnlyList<Seed> Seeds { get; init; }

    /// <summary>Functions they were chosen from, distinct code.</summary>
    public required int Candidates { get; init; }

    /// <summary>Concepts that these candidates are of.</summary>
    public required int Concepts { get; init; }

    /// <summary>
    /// Functions dropped by reason: all tests, errors and lengths; triviality and generated code of those alone whose code was looked at.
    /// </summary>
    public required IReadOnlyDictionary<SeedRejection, int> Rejected { get; init; }

    /// <summary>Name of the model that concepts and semantic groups rest on.</summary>
    public required string Model { get; init; }
}
