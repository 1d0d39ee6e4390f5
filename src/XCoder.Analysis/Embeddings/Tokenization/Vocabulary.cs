using System.Text;
using System.Text.Json;
using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>Reads the "model" of a tokenizer.json.</summary>
internal static class Vocabulary
{
    /// <exception cref="EmbeddingException">The kind is not supported, or the part is not whole.</exception>
    public static IVocabulary Read(TokenizerPart model) => Kind(model) switch
    {
        "BPE" => new BytePairVocabulary(model),
        "WordPiece" => new WordPieceVocabulary(model),
        "Unigram" => new UnigramVocabulary(model),
        _ => throw model.Unsupported("model"),
    };

    /// <summary>Tokens and their ids.</summary>
    public static Dictionary<string, int> ReadTokens(TokenizerPart vocabulary)
    {
        if (vocabulary.Element.ValueKind != JsonValueKind.Object)
        {
            throw vocabulary.Wrong("is not an object of tokens and ids");
        }

        var tokens = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var token in vocabulary.Element.EnumerateObject())
        {
            tokens[token.Name] = token.Value.ValueKind == JsonValueKind.Number && token.Value.TryGetInt32(out var id) && id >= 0 ? id
                : throw vocabulary[token.Name].Wrong("is no id");
        }

        return tokens;
    }

    /// <summary>The ids of "&lt;0x00&gt;" to "&lt;0xFF&gt;", -1 where a byte has none.</summary>
    public static int[] ByteIds(Func<string, int?> idOf) => [.. Enumerable.Range(0, 256).Select(value => idOf($"<0x{value:X2}>") ?? -1)];

    // Old files name no type.
    private static string Kind(TokenizerPart model) => model.Type switch
    {
        "" when model["vocab"].Element.ValueKind == JsonValueKind.Array => "Unigram",
        "" when !model["merges"].IsMissing => "BPE",
        "" when !model["continuing_subword_prefix"].IsMissing => "WordPiece",
        var type => type,
    };
}

/// <summary>Turns a piece of text into ids: the "model" of a tokenizer.json.</summary>
internal interface IVocabulary
{
    /// <summary>One past the greatest id.</summary>
    int Size { get; }

    /// <summary>Id of a whole token, or null.</summary>
    int? IdOf(string token);

    /// <summary>Appends the ids of a piece.</summary>
    void Encode(ReadOnlySpan<char> piece, List<int> ids);
}

/// <summary>The longest known beginning, then the longest known continuation, and so on (BERT).</summary>
internal sealed class WordPieceVocabulary : IVocabulary
{
    private readonly Dictionary<string, int> _tokens;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _first;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _next;
    private readonly int _longestFirst;
    private readonly int _longestNext;
    private readonly int _unknown;
    private readonly int _longestWord;

    public WordPieceVocabulary(TokenizerPart model)
    {
        _tokens = Vocabulary.ReadTokens(model["vocab"]);
        Size = _tokens.Values.DefaultIfEmpty(-1).Max() + 1;
        var unknownToken = model.Text("unk_token") ?? "[UNK]";
        _unknown = IdOf(unknownToken) ?? throw model["unk_token"].Wrong($"\"{unknownToken}\" is not in the vocabulary");
        _longestWord = model.Number("max_input_chars_per_word") ?? 100;
        var prefix = model.Text("continuing_subword_prefix") ?? "##";
        // Continuations under their own spelling, so that no prefix is put in front while a word is read.
        var continuations = _tokens.Where(token => token.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(token => token.Key[prefix.Length..], token => token.Value, StringComparer.Ordinal);
        _first = _tokens.GetAlternateLookup<ReadOnlySpan<char>>();
        _next = continuations.GetAlternateLookup<ReadOnlySpan<char>>();
        _longestFirst = _tokens.Keys.Select(token => token.Length).DefaultIfEmpty(0).Max();
        _longestNext = continuations.Keys.Select(token => token.Length).DefaultIfEmpty(0).Max();
    }

    public int Size { get; }

    public int? IdOf(string token) => _tokens.TryGetValue(token, out var id) ? id : null;

    public void Encode(ReadOnlySpan<char> piece, List<int> ids)
    {
        var before = ids.Count;
        if (piece.Length > _longestWord && CodePoints(piece) > _longestWord)
        {
            ids.Add(_unknown);
            return;
        }

        for (var start = 0; start < piece.Length;)
        {
            var length = Math.Min(piece.Length - start, start == 0 ? _longestFirst : _longestNext);
            var id = -1;
            while (length > 0 && !(start == 0 ? _first : _next).TryGetValue(piece.Slice(start, length), out id))
            {
                length--;
            }

            if (length == 0)
            {
                ids.RemoveRange(before, ids.Count - before);
                ids.Add(_unknown);
                return;
            }

            ids.Add(id);
            start += length;
        }
    }

    private static int CodePoints(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
