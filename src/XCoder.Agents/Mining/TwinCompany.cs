namespace XCoder.Agents.Mining;

/// <summary>
/// What was ported was ported by the file: where two files share but one pair of functions, these mostly are two people's
/// answers to one question. Such a pair is kept where its files hold nothing else or all of it agrees.
/// </summary>
/// <param name="file">Number of the file that a node stands in.</param>
/// <param name="size">Number of functions in it that may be mined.</param>
internal sealed class FilePairFilter(Func<int, long> file, Func<int, int> size)
{
    private const int Least = 2;
    private const double AloneContent = 0.9;

    /// <summary>The pairs that have company, in the order given; the others are counted as <see cref="MinedDrop.Alone"/>.</summary>
    public IReadOnlyList<TranslationPair> Keep(IReadOnlyList<TranslationPair> pairs, IDictionary<MinedDrop, long> drops)
    {
        var counts = pairs.CountBy(Files).ToDictionary();
        var kept = pairs.Where(pair => pair.Signals.Content >= AloneContent || counts[Files(pair)] >= Math.Min(Least, Math.Min(size(pair.A), size(pair.B)))).ToList();
        drops[MinedDrop.Alone] = (drops.TryGetValue(MinedDrop.Alone, out var before) ? before : 0) + pairs.Count - kept.Count;
        return kept;
    }

    private (long, long) Files(TranslationPair pair) => (Math.Min(file(pair.A), file(pair.B)), Math.Max(file(pair.A), file(pair.B)));
}
