namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>Cuts a text at matches.</summary>
internal static class Splitter
{
    /// <param name="text">The text.</param>
    /// <param name="matches">Matches in order, without overlaps, none empty.</param>
    /// <param name="isInverted">Whether what lies between the matches is matched instead.</param>
    /// <param name="behavior">What becomes of the matches.</param>
    /// <param name="pieces">Receives the pieces.</param>
    public static void Split(ReadOnlySpan<char> text, List<(int Start, int End)> matches, bool isInverted, SplitBehavior behavior, PieceBuffer pieces)
    {
        var state = new State(text, behavior, pieces);
        var done = 0;
        foreach (var (start, end) in matches)
        {
            state.Add(done, start, isInverted);
            state.Add(start, end, !isInverted);
            done = end;
        }

        state.Add(done, text.Length, isInverted);
        state.Finish();
    }

    private ref struct State(ReadOnlySpan<char> text, SplitBehavior behavior, PieceBuffer pieces)
    {
        private readonly ReadOnlySpan<char> text = text;
        private int pendingStart;
        private int pendingEnd;
        private bool wasMatch;

        public void Add(int start, int end, bool isMatch)
        {
            if (start == end)
            {
                return;
            }

            var joins = pendingEnd > pendingStart && behavior switch
            {
                SplitBehavior.MergedWithPrevious => isMatch && !wasMatch,
                SplitBehavior.MergedWithNext => wasMatch && !isMatch,
                SplitBehavior.Contiguous => wasMatch == isMatch,
                _ => false,
            };
            if (!joins)
            {
                Finish();
                pendingStart = start;
            }

            (pendingEnd, wasMatch) = (end, isMatch);
            if (isMatch && behavior == SplitBehavior.Removed)
            {
                pendingStart = pendingEnd;
            }
        }

        public void Finish()
        {
            pieces.Add(text[pendingStart..pendingEnd]);
            pendingStart = pendingEnd;
        }
    }
}
