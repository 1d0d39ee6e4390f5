using XCoder.Analysis.Embeddings.Static;

namespace XCoder.Analysis.Embeddings.Runtime;

/// <summary>The terms of a snippet in order, at most <see cref="CodeTokenizer.MaxTerms"/>.</summary>
/// <param name="Ids">Id of each term in the vocabulary.</param>
/// <param name="Words">
/// For each term the number of the name it is part of: <see cref="OwnName"/>, <see cref="Enclosing"/>, then 2, 3, … the
/// others in order of appearance; -1 a term that no author chose (keywords, operators, well-known calls, literals).
/// </param>
public sealed record CodeTerms(int[] Ids, int[] Words)
{
    /// <summary>Number of the snippet's own name.</summary>
    public const int OwnName = 0;

    /// <summary>Number of the name of what the snippet stands in.</summary>
    public const int Enclosing = 1;
}
