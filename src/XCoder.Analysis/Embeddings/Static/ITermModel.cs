using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Analysis.Embeddings.Static;

/// <summary>A model over language-independent terms, which BM25 counts as well.</summary>
internal interface ITermModel : IEmbeddingModel
{
    /// <summary>What reads code for this model.</summary>
    CodeTokenizer Tokenizer { get; }
}
