using System.Text;
using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Analysis.Embeddings.Static;

/// <summary>
/// Terms and their ids: the terms of the vocabulary first, then the mask that stands for a hidden name, then rows
/// that all other terms share by hash.
/// </summary>
internal sealed class TermVocabulary
{
    private readonly Dictionary<string, int> _ids;
    private readonly int _hashRows;

    /// <param name="terms">The known terms, distinct.</param>
    /// <param name="hashRows">Rows for the unknown ones.</param>
    public TermVocabulary(IReadOnlyList<string> terms, int hashRows)
    {
        _ids = new Dictionary<string, int>(terms.Count);
        foreach (var term in terms)
        {
            _ids.TryAdd(term, _ids.Count);
        }

        (Mask, _hashRows) = (_ids.Count, hashRows);
    }

    /// <summary>The id that stands for a hidden name.</summary>
    public int Mask { get; }

    /// <summary>Number of ids.</summary>
    public int Count => Mask + 1 + _hashRows;

    /// <summary>Reads one term a line.</summary>
    /// <exception cref="EmbeddingException">The file cannot be read.</exception>
    public static TermVocabulary Load(string path, int hashRows)
    {
        try
        {
            return new TermVocabulary(ModelFiles.ReadAllLines(path), hashRows);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingException($"The vocabulary {path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The id of a term.</summary>
    public int Id(string term) => _ids.TryGetValue(term, out var id) ? id : HashId(term);

    /// <summary>The row that a term outside the vocabulary shares with others: FNV-1a, 32 bits, of its UTF-8.</summary>
    public int HashId(string term) => Mask + 1 + (int)(BytesComparer.Fnv1a(Encoding.UTF8.GetBytes(term)) % (uint)_hashRows);
}
