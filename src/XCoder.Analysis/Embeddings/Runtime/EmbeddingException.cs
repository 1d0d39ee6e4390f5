namespace XCoder.Analysis.Embeddings.Runtime;

/// <summary>A model cannot be loaded or run; the message says which file, why, and what to do.</summary>
public sealed class EmbeddingException : Exception
{
    /// <summary>A failure with its message.</summary>
    public EmbeddingException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
