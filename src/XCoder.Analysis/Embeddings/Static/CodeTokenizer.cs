using System.Security.Cryptography;
using System.Text;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Embeddings.Static;

/// <summary>
/// Converts the stored token stream of a snippet to language-independent terms. Training and inference both read code
/// through this class. Several threads may use it at once.
/// </summary>
public sealed class CodeTokenizer : IDisposable
{
    /// <summary>Most terms of a snippet; the others are cut off.</summary>
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

    /// <summary>Number of term ids that <see cref="LexicalTerms"/> can return.</summary>
    public int LexicalTermCount => (2 * TermCount) + WholeNames;

    /// <summary>Weight of BM25 over these terms, relative to the cosine, measured when the model was made.</summary>
    public float LexicalWeight { get; }

    /// <summary>Opens the tokenizer in the folder of a static model.</summary>
    /// <exception cref="EmbeddingException">A file is missing or damaged.</exception>
    public static CodeTokenizer Open(string folder) => Open(folder, null);

    /// <summary>Opens the tokenizer in the folder of a static model for a model that weights BM25 differently.</summary>
    internal static CodeTokenizer Open(string folder, float? lexicalWeight)
    {
        var settings = StaticSettings.Load(folder);
        return new CodeTokenizer(TermRules.Load(Path.Combine(folder, StaticSettings.RulesFile)),
            TermVocabulary.Load(Path.Combine(folder, StaticSettings.VocabularyFile), settings.HashRows),
            lexicalWeight ?? settings.LexicalWeight);
    }

    /// <summary>Opens only the rules in a folder, which give terms as text from which to make a vocabulary.</summary>
    /// <exception cref="EmbeddingException">The rules are missing or damaged.</exception>
    public static CodeTokenizer OpenRules(string folder) => new(TermRules.Load(Path.Combine(folder, StaticSettings.RulesFile)), null, 0);

    /// <summary>
    /// Returns the SHA-256, in lower-case hexadecimal, of the files that determine the terms and their ids. A model
    /// trained with other files cannot be used with them.
    /// </summary>
    internal static string HashOf(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendFile(Path.Combine(folder, StaticSettings.RulesFile));
        hash.AppendFile(Path.Combine(folder, StaticSettings.VocabularyFile));
        return hash.Digits();
    }

    /// <summary>Returns the ids of a snippet's terms.</summary>
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
    /// Returns the terms that BM25 counts: the snippet's terms, once more those of its own name as name terms, and the
    /// whole name as one term. Two functions with the same name in two libraries are the most likely translations of
    /// each other.
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

    /// <summary>Returns a snippet's terms as text.</summary>
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

    /// <summary>Returns the words of documentation as text.</summary>
    public IEnumerable<string> WordsOf(string text) => TermSplitter.SubWords(text, MaxTerms);

    /// <summary>Returns the ids of the words of a question or of documentation.</summary>
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
            // The name `decode` alone says little; that it belongs to a `MetadataDecoder` says more. Training hides it
            // together with the own name.
            if (snippet.Enclosing.Length > 0)
            {
                reading.TakeEnclosing(Look(reading.Cache, Encoding.UTF8.GetBytes(snippet.Enclosing), TokenClass.Identifier));
            }

            ReadTokens(snippet, snippet.FirstToken, snippet.FirstToken + snippet.TokenCount, reading);
        }
    }

    /// <summary>Reads a structure: its name, the tokens outside its members, the members' signatures, and its documentation.</summary>
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
            if (kind == TokenClass.Other)
            {
                continue;
            }

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

    /// <summary>Returns the index of the <c>&gt;</c> that ends generic arguments, or 0 if the <c>&lt;</c> is a comparison.</summary>
    private static int EndOfArguments(SnippetInput snippet, int open, int end)
    {
        var depth = 0;
        var left = MaxGenericArguments;
        for (var i = open; i < end && left > 0; i++)
        {
            var token = snippet.Stream.Text(snippet.Text, i);
            if (snippet.Stream.Classes[i] == TokenClass.Other)
            {
                continue;
            }

            left--;
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

    /// <summary>Whether a name is called or is a member, as in <c>f(</c>, <c>x.f</c>, <c>x-&gt;f</c>, <c>[x f]</c>.</summary>
    private static bool IsCall(SnippetInput snippet, int i)
    {
        var stream = snippet.Stream;
        var after = Read(stream, i, 1);
        var next = after < stream.Count ? stream.Text(snippet.Text, after) : default;
        if (next is [(byte)'('] or [(byte)'!'])
        {
            return true;
        }

        i = Read(stream, i, -1);
        if (i < 0)
        {
            return false;
        }

        var before = stream.Text(snippet.Text, i);
        return before is [(byte)'.'] || before.SequenceEqual("->"u8) || before.SequenceEqual("::"u8) || before.SequenceEqual("|>"u8)
            || before.SequenceEqual("?."u8) || before.SequenceEqual("&."u8)
            || (next is [(byte)']'] or [(byte)':'] && (before is [(byte)']'] || stream.Classes[i] == TokenClass.Identifier));
    }

    /// <summary>Index of the nearest token that models read after (1) or before (-1) token <paramref name="i"/>.</summary>
    private static int Read(TokenStream stream, int i, int step)
    {
        do
        {
            i += step;
        }
        while (i >= 0 && i < stream.Count && stream.Classes[i] == TokenClass.Other);
        return i;
    }

    private CachedToken Look(TermCache cache, ReadOnlySpan<byte> token, TokenClass kind, bool isCall = false) =>
        cache.Find(token, kind, isCall, _rules, _vocabulary);

    /// <summary>State of reading one snippet; numbers its names.</summary>
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

/// <summary>A model over language-independent terms, which BM25 uses, too.</summary>
internal interface ITermModel : IEmbeddingModel
{
    /// <summary>The tokenizer that reads code for this model.</summary>
    CodeTokenizer Tokenizer { get; }
}
