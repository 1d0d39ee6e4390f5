namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>Turns a piece of text into ids: the "model" of a tokenizer.json.</summary>
internal interface IVocabulary
{
    /// <summary>One past the greatest id.</summary>
    int Size { get; }

    /// <summary>Id of a whole token, or null.</summary>
    int? IdOf(string token);

    /// <summary>Appends the ids of a piece.</summary>
    void Encode(ReadOnlySpan<char> piece, List<int> ids);
}
