using System.Diagnostics.CodeAnalysis;
using System.Text;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Model;

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

/// <summary>What tokens became, so that each is split once. One thread's.</summary>
internal sealed class TermCache
{
    private const int MaxBytes = 48;
    private const int MaxTokens = 50_000;

    // One table a class: `in` may be a keyword here and a name there. Names that are called have the first.
    private readonly Table[] _tables = [.. Enumerable.Range(0, Enum.GetValues<TokenClass>().Length + 1).Select(_ => new Table())];

    /// <summary>Number of the snippet being read.</summary>
    public int Serial { get; set; }

    /// <summary>The terms of a token, split by the rules where they are not known.</summary>
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

/// <summary>A token and its terms; in the snippet that is being read, the number of its name.</summary>
internal sealed class CachedToken(byte[] token, string[] terms, int[] ids, bool isName)
{
    public byte[] Token { get; } = token;

    public string[] Terms { get; } = terms;

    /// <summary>Ids of the terms; none without a vocabulary.</summary>
    public int[] Ids { get; } = ids;

    public bool IsName { get; } = isName;

    /// <summary>The snippet that <see cref="Word"/> is of.</summary>
    public int Serial { get; set; }

    public int Word { get; set; }
}

/// <summary>Byte strings by content; looked up by span without a copy.</summary>
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

    /// <summary>FNV-1a, 32 bits.</summary>
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
