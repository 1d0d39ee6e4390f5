namespace XCoder.Analysis.Repositories.Licences;

/// <summary>
/// The permissive licences whose texts stand in a text, and what stands beside them. A licence counts only if its grant is there word
/// by word and little of its text is missing.
/// </summary>
/// <param name="Words">The words of the text.</param>
/// <param name="Found">The licences, in order.</param>
internal sealed record LicenceParts(string[] Words, IReadOnlyList<LicenceAlignment> Found)
{
    // A licence is looked for where one of its first words stands: titles are often left out.
    private const int LatestBegin = 45;

    // Of a licence whose grant is not told apart nearly all must be there; of others so much that it is no mention.
    private const double LeastMatched = 0.15, LeastOfWhole = 0.9;

    // A licence's name and address are no text.
    private const int LeastBody = 25;

    /// <summary>Finds the licences of a text.</summary>
    /// <param name="words">Its words.</param>
    /// <param name="joined">The words with single spaces.</param>
    public static LicenceParts Of(string[] words, string joined)
    {
        var candidates = LicenceText.Table.Where(known => known.Class == LicenceClass.Permissive && known.Body.Length >= LeastBody
            && known.Occurs(joined) && known.Grants(joined)).ToList();
        var found = new List<LicenceAlignment>();
        for (var at = 0; candidates.Count > 0 && at + LicenceText.Run <= words.Length; at++)
        {
            var best = candidates.SelectMany(known => known.Places(words, at).Where(place => place < LatestBegin).Take(1)
                .Select(place => LicenceAlignment.Of(known, words, at, place))).Where(item => IsWhole(item, words))
                .MaxBy(item => (IsTrue(item, words), item.Score));
            if (best is not null)
            {
                found.Add(best);
                at = best.To - 1;
            }
        }

        return new LicenceParts(words, found);
    }

    /// <summary>Runs of words that belong to no licence: before, between and behind them.</summary>
    public IEnumerable<(int From, int To)> Rest()
    {
        var at = 0;
        foreach (var part in Found)
        {
            if (part.From > at)
            {
                yield return (at, part.From);
            }

            at = part.To;
        }

        if (at < Words.Length)
        {
            yield return (at, Words.Length);
        }
    }

    /// <summary>Whether nothing in the licences departs from their texts in a way that counts.</summary>
    public bool AreTrue => Found.All(part => IsTrue(part, Words));

    private static bool IsTrue(LicenceAlignment item, string[] words) =>
        item.Departures.All(departure => LicenceRest.IsHarmless(item, words, departure));

    private static bool IsWhole(LicenceAlignment item, string[] words) =>
        item.Matched >= item.Licence.Body.Length * (item.Licence.HasGrants ? LeastMatched : LeastOfWhole)
        && item.Licence.Grants(string.Join(' ', words, item.From, item.To - item.From));
}
