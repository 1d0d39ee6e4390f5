using XCoder.Analysis.Embeddings.Static;
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
    /// <param name="vectors">Receives one L2-normalised row an input: [inputs, <see cref="Dimension"/>]. An input without ids gets a row of
    /// zeros.</param>
    /// <exception cref="ArgumentException"><paramref name="vectors"/> is too short.</exception>
    /// <exception cref="EmbeddingException">The session failed.</exception>
    void Embed(IReadOnlyList<EncodedInput> inputs, Span<float> vectors);
}

/// <summary>What a model reads of one snippet.</summary>
/// <param name="Key">Hash of all that the vector depends on besides the model: equal keys, equal vectors.</param>
/// <param name="Ids">Rows of the model's table, or tokens of its vocabulary, in order.</param>
/// <param name="Weights">A weight an id for models over bags of ids; empty for the others.</param>
public sealed record EncodedInput(UInt128 Key, int[] Ids, float[] Weights)
{
    /// <summary>The terms in order, for models that read both a bag and its order; else null.</summary>
    public CodeTerms? Terms { get; init; }
}

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
