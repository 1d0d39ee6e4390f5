using System.Text;

namespace XCoder.Analysis.Embeddings.Tokenization;

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
        var continuations = _tokens.Where(token => token.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(token => token.Key[prefix.Length..], token => token.Value, StringComparer.Ordinal);
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
