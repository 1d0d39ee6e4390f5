namespace XCoder.Analysis.Semantic;

/// <summary>Options for ranking and filtering neighbours.</summary>
public sealed record NeighbourOptions
{
    /// <summary>Neighbours per snippet, 1 or more. Default 10.</summary>
    public int Count { get; init; } = 10;

    /// <summary>
    /// Weight w of BM25: similarity = (cosine + w · BM25 / best BM25 of the query + v · (1 - hubness)) / (1 + w + v).
    /// In [0, 100]; 0 ignores BM25. Null, the default, uses the model's own weight, measured when it was made.
    /// </summary>
    public float? LexicalWeight { get; init; }

    /// <summary>
    /// Weight v of a candidate's hubness: the mean cosine of the ten snippets in the query's language that are nearest
    /// to it. A candidate that is near everything is no specific neighbour of anything (Conneau et al., "Word
    /// Translation Without Parallel Data", 2018, section 2.3). In [0, 1]; default 0.5; 0 ignores hubness. Questions in
    /// words are always ranked without it.
    /// </summary>
    public float SurroundingsWeight { get; init; } = 0.5f;

    /// <summary>Whether only neighbours in another language than the snippet's are returned; dialects count as one language.</summary>
    public bool CrossLanguage { get; init; }

    /// <summary>Only neighbours in this language are returned; null allows every language.</summary>
    public string? Language { get; init; }

    /// <summary>
    /// Number of candidates by cosine, and likewise by BM25, that are ranked. Default 200; raised to 4 · <see
    /// cref="Count"/> if less.
    /// </summary>
    public int Candidates { get; init; } = 200;

    /// <summary>Threads to work with, 1 or more. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Throws if an option is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range; the exception names it.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Candidates, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        if (LexicalWeight is < 0 or > 100 or float.NaN)
        {
            throw new ArgumentOutOfRangeException(nameof(LexicalWeight), LexicalWeight, "The weight of BM25 must be 0 to 100.");
        }

        if (SurroundingsWeight is < 0 or > 1 or float.NaN)
        {
            throw new ArgumentOutOfRangeException(nameof(SurroundingsWeight), SurroundingsWeight,
                "The weight of surroundings must be 0 to 1.");
        }
    }
}

/// <summary>A snippet near another one.</summary>
/// <param name="Snippet">Row id of the snippet.</param>
/// <param name="Similarity">
/// Value by which neighbours are ranked, in [-1, 1]: the cosine combined with BM25 and the snippet's hubness.
/// </param>
/// <param name="Cosine">Cosine of the two vectors, in [-1, 1].</param>
/// <param name="Rank">1 for the nearest.</param>
public readonly record struct Neighbour(long Snippet, float Similarity, float Cosine, int Rank);
