using XCoder.Analysis.Model;

namespace XCoder.Analysis.Embeddings.Static;

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
