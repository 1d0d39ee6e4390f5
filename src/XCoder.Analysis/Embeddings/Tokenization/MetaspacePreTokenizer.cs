namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>Writes blanks as ▁, puts one in front, and cuts before each (SentencePiece).</summary>
internal sealed class MetaspacePreTokenizer : IPreTokenizer
{
    private readonly char _replacement;
    private readonly string _scheme;
    private readonly bool _isSplit;

    public MetaspacePreTokenizer(TokenizerPart part)
    {
        var text = part.Text("replacement") ?? "\u2581";
        _replacement = text.Length == 1 ? text[0] : throw part["replacement"].Wrong("is not one character");
        _scheme = part.Text("prepend_scheme") ?? (part.Flag("add_prefix_space", true) ? "always" : "never");
        _isSplit = part.Flag("split", true);
        if (_scheme is not ("always" or "first" or "never"))
        {
            throw part["prepend_scheme"].Wrong("is not known");
        }
    }

    public void Split(ReadOnlySpan<char> piece, bool isFirst, PieceBuffer pieces)
    {
        var marked = piece[0] == ' ' || piece[0] == _replacement;
        if (!marked && (_scheme == "always" || (_scheme == "first" && isFirst)))
        {
            pieces.Append(1)[0] = _replacement;
        }

        while (!piece.IsEmpty)
        {
            var next = _isSplit ? piece[1..].IndexOfAny(' ', _replacement) + 1 : 0;
            var word = next > 0 ? piece[..next] : piece;
            word.Replace(pieces.Append(word.Length), ' ', _replacement);
            pieces.End();
            piece = piece[word.Length..];
        }
    }
}
