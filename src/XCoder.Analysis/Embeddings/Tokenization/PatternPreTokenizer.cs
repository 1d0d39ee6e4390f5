namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>Cuts at the matches of a pattern.</summary>
internal sealed class PatternPreTokenizer(TextPattern pattern, SplitBehavior behavior, bool isInverted) : IPreTokenizer
{
    [ThreadStatic]
    private static List<(int Start, int End)>? _found;

    public void Split(ReadOnlySpan<char> piece, bool isFirst, PieceBuffer pieces)
    {
        var matches = _found ??= [];
        matches.Clear();
        pattern.FindAll(piece, matches);
        Splitter.Split(piece, matches, isInverted, behavior, pieces);
    }
}
