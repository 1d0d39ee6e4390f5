namespace XCoder.Analysis.Repositories.Licences;

/// <summary>Where a text departs from a licence: words of the text that stand for words of the licence; either may be none.</summary>
/// <param name="BodyFrom">Index of the first word of the licence.</param>
/// <param name="BodyTo">Index behind its last word.</param>
/// <param name="From">Index of the first word of the text.</param>
/// <param name="To">Index behind its last word.</param>
internal readonly record struct Departure(int BodyFrom, int BodyTo, int From, int To);

/// <summary>
/// A licence laid along a text word by word, from one place of the text on, as far as it goes. Where they depart, the nearest place
/// at which a few words agree again counts; a licence cannot be spread over a text, as more than some words in between end it.
/// </summary>
/// <param name="Licence">The licence.</param>
/// <param name="From">Index of the first word of the text.</param>
/// <param name="To">Index behind the last word that agrees.</param>
/// <param name="Matched">Words that agree.</param>
/// <param name="Departures">Where the text says something else, in order; what it merely leaves out is not listed.</param>
internal sealed record LicenceAlignment(LicenceText Licence, int From, int To, int Matched, IReadOnlyList<Departure> Departures)
{
    // Words that must agree after a small and after a larger departure, and how far is looked for them.
    private const int FewAgree = 2, Agree = 3, Small = 3, Farthest = 30;

    /// <summary>Most words that may stand in between; a name is shorter.</summary>
    public const int MostForeign = 16;

    /// <summary>Words of the licence that the text leaves out.</summary>
    public int Missing => Licence.Body.Length - Matched;

    /// <summary>How well the licence describes the text: the best of several is the licence that is meant.</summary>
    public double Score => Matched - (Missing / 2.0) - (2.0 * Departures.Sum(departure => departure.To - departure.From));

    /// <summary>Lays a licence along a text.</summary>
    /// <param name="licence">The licence.</param>
    /// <param name="words">Words of the text.</param>
    /// <param name="from">Where to begin in the text.</param>
    /// <param name="bodyFrom">The word of the licence that stands there.</param>
    public static LicenceAlignment Of(LicenceText licence, string[] words, int from, int bodyFrom)
    {
        var (body, i, j, matched, end, departures) = (licence.Body, bodyFrom, from, 0, from, new List<Departure>());
        while (i < body.Length && j < words.Length)
        {
            if (body[i] == words[j])
            {
                (i, j, matched, end) = (i + 1, j + 1, matched + 1, j + 1);
            }
            else if (Next(licence, words, i, j) is var (bodyTo, to))
            {
                if (to > j)
                {
                    departures.Add(new Departure(i, bodyTo, j, to));
                }

                (i, j) = (bodyTo, to);
            }
            else
            {
                break;
            }
        }

        departures.RemoveAll(departure => departure.From >= end);
        return new LicenceAlignment(licence, from, end, matched, departures);
    }

    // Where both agree again: as few words as possible on; then anywhere in the rest of the licence.
    private static (int BodyTo, int To)? Next(LicenceText licence, string[] words, int i, int j)
    {
        for (var both = 1; both < Farthest; both++)
        {
            for (var foreign = 0; foreign <= Math.Min(both, MostForeign); foreign++)
            {
                if (Agrees(licence.Body, i + both - foreign, words, j + foreign, both <= Small ? FewAgree : Agree))
                {
                    return (i + both - foreign, j + foreign);
                }
            }
        }

        for (var foreign = 0; foreign <= MostForeign && j + foreign + LicenceText.Run <= words.Length; foreign++)
        {
            if (licence.Places(words, j + foreign).FirstOrDefault(place => place >= i, -1) is var place and >= 0)
            {
                return (place, j + foreign);
            }
        }

        return null;
    }

    private static bool Agrees(string[] body, int i, string[] words, int j, int count)
    {
        if (i >= body.Length || j >= words.Length)
        {
            return false;
        }

        for (var k = 0; k < count; k++)
        {
            // The end of either, or a word left open, is as good as the last word.
            if (i + k >= body.Length || j + k >= words.Length || body[i + k] == LicenceText.Open)
            {
                return k >= FewAgree || k == count - 1;
            }

            if (body[i + k] != words[j + k])
            {
                return false;
            }
        }

        return true;
    }
}
