namespace XCoder.Analysis.Embeddings.Encoders;

/// <summary>How the vectors of a text's tokens become one.</summary>
internal enum Pooling
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The first token's.</summary>
    Cls,

    /// <summary>The last token's.</summary>
    Last,

    /// <summary>Their greatest value in each dimension.</summary>
    Max,
}
