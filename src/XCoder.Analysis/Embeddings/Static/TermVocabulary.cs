using System.Diagnostics.CodeAnalysis;
using System.Text;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Embeddings.Static;

/// <summary>
/// Maps terms to ids: first the terms of the vocabulary, then the mask for a hidden name, then rows that all other
/// terms share by hash.
/// </summary>
internal sealed class TermVocabulary
{
    private readonly Dictionary<string, int> _ids;
    private readonly int _hashRows;

    /// <param name="terms">Terms of the vocabulary, distinct.</param>
    /// <param name="hashRows">Number of rows for all other terms.</param>
    public TermVocabulary(IReadOnlyList<string> terms, int hashRows)
    {
        _ids = new Dictionary<string, int>(terms.Count);
        foreach (var term in terms)
        {
            _ids.TryAdd(term, _ids.Count);
        }

        (Mask, _hashRows) = (_ids.Count, hashRows);
    }

    /// <summary>Id of the mask, which stands for hidden names in training.</summary>
    public int Mask { get; }

    /// <summary>Number of ids.</summary>
    public int Count => Mask + 1 + _hashRows;

    /// <summary>Reads a vocabulary of one term per line.</summary>
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

    /// <summary>Returns the id of a term.</summary>
    public int Id(string term) => _ids.TryGetValue(term, out var id) ? id : HashId(term);

    /// <summary>Returns the id that a term outside the vocabulary shares with others, from the 32-bit FNV-1a hash of its UTF-8.</summary>
    public int HashId(string term) => Mask + 1 + (int)(BytesComparer.Fnv1a(Encoding.UTF8.GetBytes(term)) % (uint)_hashRows);
}

/// <summary>Caches the terms of tokens, so that each token is split only once. Not thread-safe: each thread has its own.</summary>
internal sealed class TermCache
{
    private const int MaxBytes = 48;
    private const int MaxTokens = 50_000;

    // One table per class, because `in` may be a keyword in one language and a name in another. The first table is for
    // names that are called.
    private readonly Table[] _tables = [.. Enumerable.Range(0, Enum.GetValues<TokenClass>().Length + 1).Select(_ => new Table())];

    /// <summary>Number of the snippet being read; marks which cached names it has already numbered.</summary>
    public int Serial { get; set; }

    /// <summary>Returns the terms of a token; splits it by the rules if it is not cached.</summary>
    public CachedToken Find(ReadOnlySpan<byte> token, TokenClass kind, bool isCall, TermRules rules, TermVocabulary? vocabulary)
    {
        var table = _tables[isCall ? 0 : (int)kind];
        var lookup = table.Lookup;
        if (lookup.TryGetValue(token, out var found))
        {
            return found;
        }

        var (terms, isName) = TermSplitter.Split(rules, token, kind, isCall);
        found = new CachedToken(token.ToArray(), terms, vocabulary is null ? [] : Array.ConvertAll(terms, vocabulary.Id), isName);
        if (token.Length <= MaxBytes)
        {
            if (table.Tokens.Count >= MaxTokens)
            {
                table.Tokens.Clear();
            }

            lookup[token] = found;
        }

        return found;
    }

    private sealed class Table
    {
        public Table() => Lookup = Tokens.GetAlternateLookup<ReadOnlySpan<byte>>();

        public Dictionary<byte[], CachedToken> Tokens { get; } = new(BytesComparer.Instance);

        public Dictionary<byte[], CachedToken>.AlternateLookup<ReadOnlySpan<byte>> Lookup { get; }
    }
}

/// <summary>A cached token with its terms and, for the snippet being read, the number of its name.</summary>
internal sealed class CachedToken(byte[] token, string[] terms, int[] ids, bool isName)
{
    public byte[] Token { get; } = token;

    public string[] Terms { get; } = terms;

    /// <summary>Ids of the terms; empty without a vocabulary.</summary>
    public int[] Ids { get; } = ids;

    public bool IsName { get; } = isName;

    /// <summary>Number of the snippet for which <see cref="Word"/> is valid.</summary>
    public int Serial { get; set; }

    public int Word { get; set; }
}

/// <summary>Compares byte arrays by content; allows lookup by span without a copy.</summary>
internal sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public static BytesComparer Instance { get; } = new();

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = Fnv1a(alternate);
        return (int)(hash ^ (hash >> 15));
    }

    /// <summary>Computes the 32-bit FNV-1a hash.</summary>
    public static uint Fnv1a(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var b in bytes)
        {
            hash = (hash ^ b) * 16777619u;
        }

        return hash;
    }
}
