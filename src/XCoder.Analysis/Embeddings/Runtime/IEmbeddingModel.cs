using XCoder.Analysis.Model;

namespace XCoder.Analysis.Embeddings.Runtime;

/// <summary>
/// Maps code to vectors. Three kinds are known: static models over language-independent terms, hybrids of one and a
/// transformer over the same terms, and encoders over text with a Hugging Face tokenizer. Instances may be used by several threads at once.
/// </summary>
public interface IEmbeddingModel : IDisposable
{
    /// <summary>Short name, as reports show it.</summary>
    string Name { get; }

    /// <summary>SHA-256, lower-case hexadecimal, over all files that determine the vectors. Stored with each vector.</summary>
    string Hash { get; }

    /// <summary>Length of a vector.</summary>
    int Dimension { get; }

    /// <summary>What the model reads of a snippet.</summary>
    EncodedInput Encode(SnippetInput snippet);

    /// <summary>What the model reads of a question in words.</summary>
    EncodedInput EncodeWords(string words);

    /// <summary>
    /// Embeds a batch. Any order and any number of inputs; the model pads or packs as it needs.
    /// </summary>
    /// <param name="inputs">Results of <see cref="Encode"/> or <see cref="EncodeWords"/> of this model.</param>
    /// <param name="vectors">Receives one L2-normalised row an input: [inputs, <see cref="Dimension"/>]. An input without ids gets a row of zeros.</param>
    /// <exception cref="ArgumentException"><paramref name="vectors"/> is too short.</exception>
    /// <exception cref="EmbeddingException">The session failed.</exception>
    void Embed(IReadOnlyList<EncodedInput> inputs, Span<float> vectors);
}
