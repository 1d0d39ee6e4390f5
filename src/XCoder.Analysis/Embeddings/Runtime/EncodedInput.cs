namespace XCoder.Analysis.Embeddings.Runtime;

/// <summary>What a model reads of one snippet.</summary>
/// <param name="Key">Hash of all that the vector depends on besides the model: equal keys, equal vectors.</param>
/// <param name="Ids">Rows of the model's table, or tokens of its vocabulary, in order.</param>
/// <param name="Weights">A weight an id for models over bags of ids; empty for the others.</param>
public sealed record EncodedInput(UInt128 Key, int[] Ids, float[] Weights)
{
    /// <summary>The terms in order, for models that read both a bag and its order; else null.</summary>
    public CodeTerms? Terms { get; init; }
}
