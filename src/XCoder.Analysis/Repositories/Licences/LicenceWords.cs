using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>
/// The lists of <c>licence-words.txt</c>: words and phrases that tell whether what a text says beside its licence restricts it.
/// They are matched in lower-case words with single spaces (<see cref="LicenceText.Words"/>), in time linear in the text.
/// </summary>
internal static class LicenceWords
{
    private const string Resource = "XCoder.Analysis.Repositories.Licences.licence-words.txt";

    private static readonly Dictionary<string, List<string>> Lists = Read();

    /// <summary>What restricts, in however few words.</summary>
    public static Regex Restricts { get; } = Of("restricts");

    /// <summary>What restricts where it is exchanged for a word of the licence, but stands in names, too.</summary>
    public static Regex Narrows { get; } = Of("narrows");

    /// <summary>What a name of a person or body holds.</summary>
    public static Regex Names { get; } = Of("names");

    /// <summary>What announces a restriction in whole sentences; alone it says nothing.</summary>
    public static Regex Announces { get; } = Of("announces");

    /// <summary>What nearly every text says beside its licence, and what gives it as an alternative.</summary>
    public static Regex Harmless { get; } = Of("harmless");

    /// <summary>What says that one of several licences may be chosen.</summary>
    public static Regex Alternatives { get; } = Of("alternatives");

    /// <summary>What restricts even where licences of parts are listed.</summary>
    public static Regex Trades { get; } = Of("trades");

    /// <summary>What grants by the name of a licence.</summary>
    public static Regex Grants { get; } = Of("grants");

    private static Regex Of(string list) =>
        new($@"\b(?:{string.Join('|', Lists[list])})\b", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

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
