namespace XCoder.Analysis.Repositories.Licences;

/// <summary>
/// Judges what a text holds beside the licences recognised in it. Nobody can list all words that restrict, in all languages; so the
/// rest is harmless only where it consists of words that say nothing (<c>licence-words.txt</c>), or where a place allows a few
/// others: a title before the licence, a name where the licence leaves one open.
/// </summary>
internal static class LicenceRest
{
    // Words that are in no list, by where they stand.
    private const int MostAlone = 1, MostInTitle = 2;

    // Words of a run.
    private const int LongestTitle = 14, LongestName = 14;

    // A word of a licence with a slip of the pen has as many letters, and differs in one.
    private const int LeastLetters = 6, MostSlips = 1;

    // An open word lies at most so far from foreign words that stand for it.
    private const int Near = 1;

    /// <summary>Where a run of words stands.</summary>
    internal enum Place
    {
        /// <summary>A title before the first licence.</summary>
        Head,

        /// <summary>A sentence before the first licence, or a title that could be one.</summary>
        Lead,

        /// <summary>Between two licences, where the part is named that is under the second one.</summary>
        Between,

        /// <summary>Behind the last licence.</summary>
        Tail,
    }

    /// <summary>Whether words say nothing by themselves.</summary>
    public static bool IsSilent(string words) => Array.TrueForAll(
        LicenceWords.Harmless.Replace(words, " ").Split(' ', StringSplitOptions.RemoveEmptyEntries), LicenceWords.Silent.IsWhole);

    /// <summary>Whether words say nothing but where a licence stands: see the LICENSE file in the root for details.</summary>
    public static bool IsHint(string words) => Array.TrueForAll(
        LicenceWords.Harmless.Replace(words, " ").Split(' ', StringSplitOptions.RemoveEmptyEntries),
        word => LicenceWords.Silent.IsWhole(word) || LicenceWords.Hints.IsWhole(word));

    /// <summary>Whether a run of words, lower-case with single spaces, takes nothing back of what the licence grants.</summary>
    public static bool IsHarmless(string run, Place place)
    {
        var rest = LicenceWords.Harmless.Replace(run, " ").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var foreign = Array.FindAll(rest, word => !LicenceWords.Silent.IsWhole(word));
        if (foreign.Length == 0)
        {
            return true;
        }

        // In other scripts, words are not told apart, and none of them is in a list.
        return place != Place.Tail && !LicenceWords.Strangers.IsMatch(run)
            && !LicenceWords.Oddities.IsMatch(run) && rest.Length <= LongestTitle && !Speaks(foreign)
            && !LicenceWords.Elsewhere.IsMatch(run)
            && foreign.Length <= (place == Place.Head ? 1 : 0) + (place == Place.Between || LicenceWords.Titles.IsMatch(run)
                || LicenceWords.Names.IsMatch(run) ? MostInTitle : MostAlone);
    }

    /// <summary>
    /// Whether words put into a licence, or exchanged for some of it, take nothing back: words of the kind of those around them, a name
    /// where one may stand, a slip of the pen.
    /// </summary>
    /// <param name="part">The licence.</param>
    /// <param name="words">Words of the text.</param>
    /// <param name="departure">Where they depart.</param>
    public static bool IsHarmless(LicenceAlignment part, string[] words, Departure departure)
    {
        var said = words[departure.From..departure.To];
        var body = part.Licence.Body;
        var rest = LicenceWords.Harmless.Replace(string.Join(' ', said), " ").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (Array.TrueForAll(rest, LicenceWords.Exchanged.IsWhole) || IsSlip(string.Concat(body[departure.BodyFrom..departure.BodyTo]),
            string.Concat(said)) || (said is ["licensed", "under"] && body[departure.BodyFrom..] is ["appendix", ..]))
        {
            // Some put the notice of the appendix in its place.
            return true;
        }

        var (from, to) = (Math.Max(0, departure.BodyFrom - Near), Math.Min(body.Length, departure.BodyTo + Near));
        return Array.IndexOf(body, LicenceText.Open, from, to - from) >= 0 && rest.Length <= LongestName
            && !Array.Exists(rest, IsOtherScript) && !LicenceWords.Limits(string.Join(' ',
                Array.FindAll(rest, word => !LicenceWords.Silent.IsWhole(word))))
            && !LicenceWords.Restricts.IsMatch(string.Join(' ', rest));
    }

    private static bool Speaks(string[] foreign) =>
        LicenceWords.Speaks(string.Join(' ', foreign)) || Array.Exists(foreign, IsOtherScript);

    private static bool IsOtherScript(string word) => word.AsSpan().IndexOfAnyExceptInRange('\0', '\u024F') >= 0;

    // Words run together, or a letter left out, put in or exchanged.
    private static bool IsSlip(string meant, string said)
    {
        if (Math.Min(meant.Length, said.Length) < LeastLetters || Math.Abs(meant.Length - said.Length) > MostSlips)
        {
            return meant == said;
        }

        var (head, tail) = (0, 0);
        while (head < Math.Min(meant.Length, said.Length) && meant[head] == said[head])
        {
            head++;
        }

        while (tail < Math.Min(meant.Length, said.Length) - head && meant[^(tail + 1)] == said[^(tail + 1)])
        {
            tail++;
        }

        return Math.Max(meant.Length, said.Length) - head - tail <= MostSlips;
    }
}
