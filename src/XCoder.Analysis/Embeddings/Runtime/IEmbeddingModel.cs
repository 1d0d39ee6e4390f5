using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Embeddings.Runtime;

/// <summary>
/// Maps code to vectors. There are three kinds: static models over language-independent terms, hybrids of a static
/// model and a transformer over the same terms, and encoders that read text with a Hugging Face tokenizer. Several
/// threads may use an instance at once.
/// </summary>
public interface IEmbeddingModel : IDisposable
{
    /// <summary>Short name, shown in reports.</summary>
    string Name { get; }

    /// <summary>SHA-256, in lower-case hexadecimal, over all files that determine the vectors. It is stored with each vector.</summary>
    string Hash { get; }

    /// <summary>Length of a vector.</summary>
    int Dimension { get; }

    /// <summary>Converts a snippet to the model's input.</summary>
    EncodedInput Encode(SnippetInput snippet);

    /// <summary>Converts a question in words to the model's input.</summary>
    EncodedInput EncodeWords(string words);

    /// <summary>Embeds a batch. Inputs may come in any number and order; the model pads or packs them as it needs.</summary>
    /// <param name="inputs">Results of this model's <see cref="Encode"/> or <see cref="EncodeWords"/>.</param>
    /// <param name="vectors">
    /// Receives one L2-normalised row per input: [inputs, <see cref="Dimension"/>]. An input without ids gets a row of
    /// zeros.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="vectors"/> is too short.</exception>
    /// <exception cref="EmbeddingException">The model failed.</exception>
    void Embed(IReadOnlyList<EncodedInput> inputs, Span<float> vectors);
}

/// <summary>A snippet in the form that a model reads.</summary>
/// <param name="Key">Hash of everything, besides the model, on which the vector depends: equal keys have equal vectors.</param>
/// <param name="Ids">Rows of the model's table, or tokens of its vocabulary, in order.</param>
/// <param name="Weights">One weight per id for models over bags of ids; empty for others.</param>
public sealed record EncodedInput(UInt128 Key, int[] Ids, float[] Weights)
{
    /// <summary>The terms in order, for models that read both the bag and its order; otherwise null.</summary>
    public CodeTerms? Terms { get; init; }
}

/// <summary>The terms of a snippet in order, at most <see cref="CodeTokenizer.MaxTerms"/>.</summary>
/// <param name="Ids">Id of each term in the vocabulary.</param>
/// <param name="Words">
/// For each term the number of the name that it belongs to: <see cref="OwnName"/>, <see cref="Enclosing"/>, then 2, 3,
/// … for the others in order of appearance. -1 for a term that the author did not choose (keywords, operators,
/// well-known calls, literals).
/// </param>
public sealed record CodeTerms(int[] Ids, int[] Words)
{
    /// <summary>Number of the snippet's own name.</summary>
    public const int OwnName = 0;

    /// <summary>Number of the name of the structure or function that contains the snippet.</summary>
    public const int Enclosing = 1;
}
