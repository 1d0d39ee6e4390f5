using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>
/// Judges what a text holds beside the licences recognised in it. Nobody can list all words that restrict, in all languages; so the
/// rest is harmless only where it consists of words that say nothing (<c>licence-words.txt</c>), or where a place allows a few
/// others: a title before the licence, a name where the licence leaves one open, a word exchanged within a sentence of it.
/// </summary>
internal static class LicenceRest
{
    // Words that are in no list, by where they stand.
    private const int MostAlone = 1, MostInTitle = 2, MostExchanged = 3;

    // Words of a run.
    private const int LongestTitle = 14, LongestName = 14, LongestExchange = 4;

    /// <summary>Where a run of words stands.</summary>
    internal enum Place
    {
        /// <summary>Before the licence.</summary>
        Head,

        /// <summary>Where the licence leaves a word open, such as the name of its holder.</summary>
        Open,

        /// <summary>Within the licence.</summary>
        Inside,

        /// <summary>Behind the licence.</summary>
        Tail,
    }

    /// <summary>Whether words say nothing by themselves.</summary>
    public static bool IsSilent(string words) => Array.TrueForAll(
        LicenceWords.Harmless.Replace(words, " ").Split(' ', StringSplitOptions.RemoveEmptyEntries), LicenceWords.Silent.IsWhole);

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
        if (LicenceWords.Speaks(string.Join(' ', foreign)) || Array.Exists(foreign, IsOtherScript))
        {
            return false;
        }

        return place switch
        {
            Place.Open => rest.Length <= LongestName && !LicenceWords.Restricts.IsMatch(string.Join(' ', rest)),
            Place.Inside => rest.Length <= LongestExchange && foreign.Length <= MostExchanged,
            Place.Head => rest.Length <= LongestTitle
                && foreign.Length <= (LicenceWords.Titles.IsMatch(run) || LicenceWords.Names.IsMatch(run) ? MostInTitle : MostAlone),
            _ => false,
        };
    }

    private static bool IsOtherScript(string word) => word.AsSpan().IndexOfAnyExceptInRange('\0', '\u024F') >= 0;
}
