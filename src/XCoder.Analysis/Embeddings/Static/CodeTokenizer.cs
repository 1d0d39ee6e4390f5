using System.Security.Cryptography;
using System.Text;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Embeddings.Static;

/// <summary>
/// Reads the token stream that extraction stored into language-independent terms. Training and inference both read
/// code through this class. May be used by several threads at once.
/// </summary>
public sealed class CodeTokenizer : IDisposable
{
    /// <summary>Terms after which a snippet is cut.</summary>
    public const int MaxTerms = 640;

    private const int WholeNames = 65536;
    private const int MaxGenericArguments = 24;
    private const int MaxDocumentationWords = 48;

    private readonly TermRules _rules;
    private readonly TermVocabulary? _vocabulary;
    private readonly ThreadLocal<TermCache> _caches = new(() => new TermCache());

    private CodeTokenizer(TermRules rules, TermVocabulary? vocabulary, float lexicalWeight) =>
        (_rules, _vocabulary, LexicalWeight) = (rules, vocabulary, lexicalWeight);

    /// <summary>Number of term ids; 0 without a vocabulary.</summary>
    public int TermCount => _vocabulary?.Count ?? 0;

    /// <summary>Number of term ids that <see cref="LexicalTerms"/> gives.</summary>
    public int LexicalTermCount => (2 * TermCount) + WholeNames;

    /// <summary>Weight of BM25 over these terms beside the cosine, measured when the model was made.</summary>
    public float LexicalWeight { get; }

    /// <summary>Opens the tokenizer of a static model's folder.</summary>
    /// <exception cref="EmbeddingException">A file is missing or damaged.</exception>
    public static CodeTokenizer Open(string folder) => Open(folder, null);

    /// <summary>Opens the tokenizer of a static model's folder for a model that gives BM25 another weight.</summary>
    internal static CodeTokenizer Open(string folder, float? lexicalWeight)
    {
        var settings = StaticSettings.Load(folder);
        return new CodeTokenizer(TermRules.Load(Path.Combine(folder, StaticSettings.RulesFile)),
            TermVocabulary.Load(Path.Combine(folder, StaticSettings.VocabularyFile), settings.HashRows),
            lexicalWeight ?? settings.LexicalWeight);
    }

    /// <summary>Opens the rules of a folder alone: terms as texts, to make a vocabulary of.</summary>
    /// <exception cref="EmbeddingException">The rules are missing or damaged.</exception>
    public static CodeTokenizer OpenRules(string folder) => new(TermRules.Load(Path.Combine(folder, StaticSettings.RulesFile)), null, 0);

    /// <summary>
    /// SHA-256, lower-case hexadecimal, of the files that determine the terms and their ids; models trained on others cannot read them.
    /// </summary>
    internal static string HashOf(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendFile(Path.Combine(folder, StaticSettings.RulesFile));
        hash.AppendFile(Path.Combine(folder, StaticSettings.VocabularyFile));
        return hash.Digits();
    }

    /// <summary>Ids of a snippet's terms.</summary>
    public CodeTerms Tokenize(SnippetInput snippet)
    {
        var (ids, words) = (new List<int>(Math.Min(MaxTerms, snippet.TokenCount * 2)), new List<int>());
        Read(snippet, (entry, word) =>
        {
            foreach (var id in entry.Ids)
            {
                ids.Add(id);
                words.Add(word);
            }

            return ids.Count < MaxTerms;
        });
        return Cut(ids, words);
    }

    /// <summary>
    /// What BM25 counts: the terms, the own name's terms once more as the name, and the name as a whole. Two functions
    /// of one name in two libraries are the likeliest twins there are.
    /// </summary>
    public int[] LexicalTerms(SnippetInput snippet)
    {
        var (ids, words) = Tokenize(snippet);
        var first = Array.IndexOf(words, CodeTerms.OwnName);
        if (first < 0)
        {
            return ids;
        }

        var whole = 0u;
        for (var i = first; i < words.Length && words[i] == CodeTerms.OwnName; i++)
        {
            whole = (whole * 31) + (uint)ids[i] + 1;
        }

        return [.. ids, .. ids.Where((_, i) => words[i] == CodeTerms.OwnName).Select(id => TermCount + id),
            (2 * TermCount) + (int)(whole % WholeNames)];
    }

    /// <summary>A snippet's terms as texts.</summary>
    public IReadOnlyList<string> Terms(SnippetInput snippet)
    {
        var terms = new List<string>();
        Read(snippet, (entry, _) =>
        {
            terms.AddRange(entry.Terms);
            return terms.Count < MaxTerms;
        });
        return terms;
    }

    /// <summary>Words of documentation, as texts.</summary>
    public IEnumerable<string> WordsOf(string text) => TermSplitter.SubWords(text, MaxTerms);

    /// <summary>Ids of the words of a question or of documentation.</summary>
    public CodeTerms TokenizeWords(string text)
    {
        var cache = _caches.Value!;
        var (ids, words) = (new List<int>(), new List<int>());
        foreach (var word in TermSplitter.SubWords(text, MaxTerms))
        {
            ids.AddRange(Look(cache, Encoding.UTF8.GetBytes(word), TokenClass.Identifier).Ids);
        }

        words.AddRange(Enumerable.Repeat(-1, ids.Count));
        return Cut(ids, words);
    }

    /// <inheritdoc/>
    public void Dispose() => _caches.Dispose();

    private static CodeTerms Cut(List<int> ids, List<int> words)
    {
        var count = Math.Min(ids.Count, MaxTerms);
        return new CodeTerms([.. ids.Take(count)], [.. words.Take(count)]);
    }

    private void Read(SnippetInput snippet, Func<CachedToken, int, bool> take)
    {
        var cache = _caches.Value!;
        var reading = new Reading(cache, ++cache.Serial, Encoding.UTF8.GetBytes(snippet.Name), take);
        if (snippet.Kind.IsStructure())
        {
            ReadSkeleton(snippet, reading);
        }
        else
        {
            // A `decode` says little; that it is one of a `MetadataDecoder` says more. Hidden with the own name.
            if (snippet.Enclosing.Length > 0)
            {
                reading.TakeEnclosing(Look(reading.Cache, Encoding.UTF8.GetBytes(snippet.Enclosing), TokenClass.Identifier));
            }

            ReadTokens(snippet, snippet.FirstToken, snippet.FirstToken + snippet.TokenCount, reading);
        }
    }

    /// <summary>A structure is its name, what stands outside its members, their signatures, its documentation.</summary>
    private void ReadSkeleton(SnippetInput snippet, Reading reading)
    {
        var (at, end) = (snippet.FirstToken, snippet.FirstToken + snippet.TokenCount);
        foreach (var (signature, first, count) in snippet.Members)
        {
            if (first >= at && first < end && !ReadTokens(snippet, at, first, reading))
            {
                return;
            }

            foreach (var word in TermSplitter.SubWords(signature, MaxGenericArguments))
            {
                if (!reading.Take(Look(reading.Cache, Encoding.UTF8.GetBytes(word), TokenClass.Identifier)))
                {
                    return;
                }
            }

            at = Math.Max(at, first < end && first >= snippet.FirstToken ? first + count : at);
        }

        if (!ReadTokens(snippet, at, end, reading))
        {
            return;
        }

        foreach (var word in TermSplitter.SubWords(snippet.Documentation ?? "", MaxDocumentationWords))
        {
            if (!reading.Take(Look(reading.Cache, Encoding.UTF8.GetBytes(word), TokenClass.Identifier)))
            {
                return;
            }
        }
    }

    private bool ReadTokens(SnippetInput snippet, int first, int end, Reading reading)
    {
        var before = default(ReadOnlySpan<byte>);
        for (var i = first; i < end; i++)
        {
            var token = snippet.Stream.Text(snippet.Text, i);
            var kind = snippet.Stream.Classes[i];
            if (kind == TokenClass.Punctuation && token.Length == 1 && token[0] == '<' && IsTypeName(before)
                && EndOfArguments(snippet, i, end) is var after && after > 0)
            {
                i = after;
                before = default;
                continue;
            }

            if (!reading.Take(Look(reading.Cache, token, kind, kind == TokenClass.Identifier && IsCall(snippet, i))))
            {
                return false;
            }

            before = kind is TokenClass.Identifier or TokenClass.Keyword ? token : default;
        }

        return true;
    }

    private static bool IsTypeName(ReadOnlySpan<byte> token) =>
        token.Length > 0
            && (char.IsAsciiLetterUpper((char)token[0]) || token.SequenceEqual("vector"u8) || token.SequenceEqual("map"u8)
                || token.SequenceEqual("set"u8));

    /// <summary>Index of the <c>&gt;</c> that ends generic arguments, or 0 where the <c>&lt;</c> is a comparison.</summary>
    private static int EndOfArguments(SnippetInput snippet, int open, int end)
    {
        var depth = 0;
        for (var i = open; i < Math.Min(end, open + MaxGenericArguments); i++)
        {
            var token = snippet.Stream.Text(snippet.Text, i);
            if (snippet.Stream.Classes[i] is TokenClass.Identifier or TokenClass.Keyword)
            {
                continue;
            }

            if (snippet.Stream.Classes[i] != TokenClass.Punctuation)
            {
                return 0;
            }

            if (token.TrimEnd((byte)'>').IsEmpty)
            {
                depth -= token.Length;
            }
            else if (token is [(byte)'<'])
            {
                depth++;
            }
            else if (!(token is [(byte)',' or (byte)'.' or (byte)'?' or (byte)'[' or (byte)']' or (byte)'&' or (byte)'*']
                || token.SequenceEqual("::"u8)))
            {
                return 0;
            }

            if (depth <= 0)
            {
                return i;
            }
        }

        return 0;
    }

    /// <summary>Whether a name is called or is a member: <c>f(</c>, <c>x.f</c>, <c>x-&gt;f</c>, <c>[x f]</c>.</summary>
    private static bool IsCall(SnippetInput snippet, int i)
    {
        var stream = snippet.Stream;
        var next = i + 1 < stream.Count ? stream.Text(snippet.Text, i + 1) : default;
        if (next is [(byte)'('] or [(byte)'!'])
        {
            return true;
        }

        if (i == 0)
        {
            return false;
        }

        var before = stream.Text(snippet.Text, i - 1);
        return before is [(byte)'.'] || before.SequenceEqual("->"u8) || before.SequenceEqual("::"u8) || before.SequenceEqual("|>"u8)
            || before.SequenceEqual("?."u8) || before.SequenceEqual("&."u8)
            || (next is [(byte)']'] or [(byte)':'] && (before is [(byte)']'] || stream.Classes[i - 1] == TokenClass.Identifier));
    }

    private CachedToken Look(TermCache cache, ReadOnlySpan<byte> token, TokenClass kind, bool isCall = false) =>
        cache.Find(token, kind, isCall, _rules, _vocabulary);

    /// <summary>The reading of one snippet: numbers its names.</summary>
    private sealed class Reading(TermCache cache, int serial, byte[] own, Func<CachedToken, int, bool> take)
    {
        private int _names = CodeTerms.Enclosing;

        public TermCache Cache { get; } = cache;

        public void TakeEnclosing(CachedToken entry)
        {
            (entry.Serial, entry.Word) = (serial, CodeTerms.Enclosing);
            take(entry, CodeTerms.Enclosing);
        }

        public bool Take(CachedToken entry)
        {
            if (entry.Serial != serial)
            {
                entry.Serial = serial;
                entry.Word = entry.Token.AsSpan().SequenceEqual(own) ? CodeTerms.OwnName : entry.IsName ? ++_names : -1;
            }

            return take(entry, entry.Word);
        }
    }
}

/// <summary>A model over language-independent terms, which BM25 counts as well.</summary>
internal interface ITermModel : IEmbeddingModel
{
    /// <summary>What reads code for this model.</summary>
    CodeTokenizer Tokenizer { get; }
}
