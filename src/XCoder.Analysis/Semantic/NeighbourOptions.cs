namespace XCoder.Analysis.Semantic;

/// <summary>How neighbours are ranked and which count.</summary>
public sealed record NeighbourOptions
{
    /// <summary>Neighbours a snippet. Default 10.</summary>
    public int Count { get; init; } = 10;

    /// <summary>
    /// Weight w of BM25: similarity = (cosine + w · BM25 / best BM25 of the query + v · (1 - surroundings)) / (1 + w + v).
    /// 0 leaves it out. Null: the model's own, measured when it was made.
    /// </summary>
    public float? LexicalWeight { get; init; }

    /// <summary>
    /// Weight v of a candidate's surroundings: the mean cosine of the ten snippets in the query's language nearest to it.
    /// What is near to everything is nothing's neighbour in particular (Conneau et al., "Word Translation Without Parallel
    /// Data", 2018, section 2.3). Default 0.5; 0 leaves it out. Questions in words are ranked without.
    /// </summary>
    public float SurroundingsWeight { get; init; } = 0.5f;

    /// <summary>Only neighbours in another language than the snippet's; dialects of one language are one.</summary>
    public bool CrossLanguage { get; init; }

    /// <summary>Only neighbours in this language, or null for any.</summary>
    public string? Language { get; init; }

    /// <summary>Candidates by cosine, and by BM25, that the ranking looks at. Default 200, at least 4 · <see cref="Count"/>.</summary>
    public int Candidates { get; init; } = 200;

    /// <summary>Threads. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
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

/// <summary>A snippet near another.</summary>
/// <param name="Snippet">Row id of the snippet.</param>
/// <param name="Similarity">What ranks: the cosine with its shares of BM25 and of the snippet's surroundings, descending; in [-1,
/// 1].</param>
/// <param name="Cosine">Cosine of the two vectors, in [-1, 1].</param>
/// <param name="Rank">1 for the nearest.</param>
public readonly record struct Neighbour(long Snippet, float Similarity, float Cosine, int Rank);
