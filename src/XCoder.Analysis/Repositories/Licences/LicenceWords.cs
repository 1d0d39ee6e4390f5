using System.Text.RegularExpressions;
using XCoder.Analysis.Repositories.Licences.Words;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>
/// The lists of <c>licence-words.txt</c>: words and phrases that tell whether what a text says beside its licence restricts it.
/// They are matched in lower-case words with single spaces (<see cref="PlainWords"/>).
/// </summary>
internal static class LicenceWords
{
    private const string Resource = "XCoder.Analysis.Repositories.Licences.licence-words.txt";

    private static readonly Dictionary<string, List<string>> Lists = Read();
    private static readonly WordPatterns Terms = Of("speaks");

    /// <summary>What restricts, in however few words.</summary>
    public static WordPatterns Restricts { get; } = Of("restricts");

    /// <summary>What restricts where it is exchanged for a word of the licence, but stands in names, too.</summary>
    public static WordPatterns Narrows { get; } = Of("narrows");

    /// <summary>What a name of a person, body or project holds.</summary>
    public static WordPatterns Names { get; } = Of("names");

    /// <summary>What makes another licence of a permissive one, in its title.</summary>
    public static WordPatterns Strangers { get; } = Of("strangers");

    /// <summary>The same, of words that stand in names of projects, too.</summary>
    public static WordPatterns Oddities { get; } = Of("oddities");

    /// <summary>What takes back in a short sentence beside a notice.</summary>
    public static WordPatterns Beside { get; } = Of("beside");

    /// <summary>What qualifies a grant in a sentence of any length beside it.</summary>
    public static WordPatterns Qualifies { get; } = Of("qualifies");

    /// <summary>With which a sentence begins that only mentions licences.</summary>
    public static WordPatterns Mentions { get; } = Of("mentions");

    /// <summary>What withholds at the head of a file.</summary>
    public static WordPatterns Withholds { get; } = Of("withholds");

    /// <summary>What says that a text is not, or not yet, or no longer in force, or only for a part.</summary>
    public static WordPatterns Status { get; } = Of("status");

    /// <summary>What a README withholds with.</summary>
    public static WordPatterns Readmes { get; } = Of("readmes");

    /// <summary>What speaks of terms, in any comment.</summary>
    public static WordPatterns Notices { get; } = Of("notices");

    /// <summary>What speaks of terms in a comment below the head of a file.</summary>
    public static WordPatterns Later { get; } = Of("later");

    /// <summary>What speaks of terms in other languages than English, in any comment or README.</summary>
    public static WordPatterns Foreign { get; } = Of("foreign");

    /// <summary>What speaks of terms where it stands beside a copyright line.</summary>
    public static WordPatterns WeakNotices { get; } = Of("weak");

    /// <summary>What tells the place where a licence stands: whole words.</summary>
    public static WordPatterns Hints { get; } = Of("hints");

    /// <summary>What says nothing by itself: whole words.</summary>
    public static WordPatterns Silent { get; } = Of("silent");

    /// <summary>What may be put into a licence or exchanged for another word of it: whole words.</summary>
    public static WordPatterns Exchanged { get; } = Of("exchanged");

    /// <summary>What the title of a licence holds.</summary>
    public static WordPatterns Titles { get; } = Of("titles");

    /// <summary>What stands between names in a copyright line: whole words.</summary>
    public static WordPatterns Particles { get; } = Of("particles");

    /// <summary>What restricts in other languages than English.</summary>
    public static StemPatterns Elsewhere { get; } = new(Lists["elsewhere"]);

    /// <summary>What negates, narrows or takes exception in other languages: harmless but where a text speaks of terms.</summary>
    public static Regex Negations { get; } = new(string.Join('|', Lists["negations"]), RegexOptions.CultureInvariant);

    /// <summary>What nearly every text says beside its licence, and what gives it as an alternative.</summary>
    public static WordPatterns Harmless { get; } = Of("harmless");

    /// <summary>What says that one of several licences may be chosen.</summary>
    public static WordPatterns Alternatives { get; } = Of("alternatives");

    /// <summary>What restricts even where licences of parts are listed.</summary>
    public static WordPatterns Trades { get; } = Of("trades");

    /// <summary>What grants by the name of a licence.</summary>
    public static WordPatterns Grants { get; } = Of("grants");

    /// <summary>Whether words speak of terms, or say that what follows is not in force.</summary>
    public static bool Speaks(string words) => Limits(words) || Status.IsMatch(words);

    /// <summary>Whether words restrict, narrow, trade, or anything of the kind.</summary>
    public static bool Limits(string words) =>
        Restricts.IsMatch(words) || Narrows.IsMatch(words) || Trades.IsMatch(words) || Terms.IsMatch(words);

    private static WordPatterns Of(string list) => new(Lists[list]);

    private static Dictionary<string, List<string>> Read()
    {
        var lists = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        List<string>? current = null;
        foreach (var line in LicenceText.Resource(Resource))
        {
            switch (line)
            {
                case "" or ['#', ..]:
                    break;
                case ['=', ' ', .. var name]:
                    lists.Add(name, current = []);
                    break;
                default:
                    current!.Add(line);
                    break;
            }
        }

        return lists;
    }
}
