namespace XCoder.Analysis.Embeddings.Runtime;

/// <summary>Thrown when a model cannot be loaded or run; the message says which file, why, and what to do.</summary>
public sealed class EmbeddingException : Exception
{
    /// <summary>Creates the exception.</summary>
    public EmbeddingException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
