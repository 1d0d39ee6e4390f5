using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences.Readmes;

/// <summary>Tables of a README that tell the licence of each part of the code.</summary>
internal static partial class ReadmeTables
{
    private const int MostCell = 80;

    /// <summary>Whether a part is under terms that ask for more than a notice.</summary>
    /// <param name="text">The README.</param>
    public static bool Withhold(string text) => text.Contains('|') && Gap().Replace(text, "\n") is var close
        && Table().Matches(close).Any(table => !Others().IsMatch(HeadingAbove(close, table.Index)) && IsOfMore(table));

    private static bool IsOfMore(Match table) => Cells(table.Groups["head"].Value) is var head && IsOfParts(head[0])
        && Array.FindIndex(head, cell => Licence().IsMatch(cell)) is >= 0 and var column
        && table.Groups["rows"].Value.Split('\n').Select(Cells).Any(row => row.Length > column && Asks(row[column]));

    private static bool IsOfParts(string cell) => Part().IsMatch(cell);

    private static bool Asks(string cell)
    {
        var words = PlainWords.Join(cell.Length > MostCell ? cell[..MostCell] : cell);
        return LicenceNames.OfWords(words) is { } named ? LicenceFinder.ClassOf(named) != LicenceClass.Permissive
            : LicenceWords.Limits(words) || LicenceWords.Strangers.IsMatch(words) || LicenceWords.Withholds.IsMatch(words);
    }

    private static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim(' ', '*', '`', '\r'))];

    private static string HeadingAbove(string text, int at) =>
        Heading().Matches(text[..at]) is { Count: > 0 } headings ? headings[^1].Value : "";

    // Between rows that stood as HTML.
    [GeneratedRegex(@"(?<=\|[ \t]*)\n\s*\n(?=[ \t]*\|)", RegexOptions.CultureInvariant)]
    private static partial Regex Gap();

    [GeneratedRegex(@"^(?<head>[^\n]*\|[^\n]*)\n(?:[ \t]*\|?[ \t]*:?-[-: \t|]*\n)?(?<rows>(?:[^\n]*\|[^\n]*(?:\n|\z))+)",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Table();

    [GeneratedRegex(@"^(?:parts?|components?|modules?|packages?|editions?|code|folders?|director(?:y|ies)|crates?|files?|tiers?|plans?"
        + @"|paths?|what|scope|products?|area)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Part();

    [GeneratedRegex(@"^licen[sc](?:e|es|ing)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Licence();

    [GeneratedRegex(@"^#{1,6}[ \t][^\n]*", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Heading();

    // What others wrote.
    [GeneratedRegex(@"third|depend|credit|acknowledg|librar|vendor|bundle|alternativ|compar|similar",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Others();
}
