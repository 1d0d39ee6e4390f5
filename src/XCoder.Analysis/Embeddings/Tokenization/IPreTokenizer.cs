namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>Cuts a piece of text into smaller ones, and may rewrite them.</summary>
internal interface IPreTokenizer
{
    /// <summary>Appends the pieces of a piece.</summary>
    /// <param name="piece">Not empty.</param>
    /// <param name="isFirst">Whether the piece begins the whole text.</param>
    /// <param name="pieces">Receives the pieces.</param>
    void Split(ReadOnlySpan<char> piece, bool isFirst, PieceBuffer pieces);
}
