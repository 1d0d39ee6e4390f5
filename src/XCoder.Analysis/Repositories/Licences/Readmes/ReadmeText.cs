using System.Net;
using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences.Readmes;

/// <summary>The parts of a README: Markdown, reStructuredText, AsciiDoc, HTML in any of them, or plain text.</summary>
internal static partial class ReadmeText
{
    /// <summary>The text with HTML's headings, rows and cells as Markdown has them, and without other tags.</summary>
    public static string WithoutTags(string text) => !text.Contains('<') ? text : Tag().Replace(
        Cell().Replace(Row().Replace(Closing().Replace(Opening().Replace(Comment().Replace(text, " "), "\n# "), "\n"), "\n"), " | "),
        match => match.ValueSpan.StartsWith("<img", StringComparison.OrdinalIgnoreCase)
            || match.ValueSpan.StartsWith("<http", StringComparison.OrdinalIgnoreCase) ? match.Value : " ");

    /// <summary>
    /// The licences that badges name, as SPDX expressions; null for a name that is not known. Badges that only look the licence up
    /// name none.
    /// </summary>
    public static IEnumerable<string?> Badges(string text)
    {
        foreach (Match badge in Badge().Matches(text))
        {
            var name = WebUtility.UrlDecode(badge.Groups["name"].Value.Replace("--", "\0", StringComparison.Ordinal)
                .Replace("__", "\u0001", StringComparison.Ordinal).Replace('_', ' ')).Replace('\0', '-').Replace('\u0001', '_').Trim();
            if (name.Length > 0 && !Lookup().IsMatch(name))
            {
                yield return LicenceNames.Of(name) ?? LicenceStatement.Of(PlainWords.Join(name))
                    ?? (SpdxTag.Check(name) is { } spdx && TermsReader.IsKnown(spdx) ? spdx : OfFamily(name));
            }
        }
    }

    /// <summary>The text with the words of links and images, and without addresses.</summary>
    public static string WithoutAddresses(string text) => Address().Replace(
        Link().Replace(Image().Replace(Target().Replace(text, ""), ""), "$1"), "");

    /// <summary>Whether a link is called as a permissive licence and leads to other terms: <c>[MIT](LICENSE-COMMERCIAL.md)</c>.</summary>
    public static bool LinksElsewhere(string text) => Named().Matches(text).Any(link =>
        LicenceNames.Of(link.Groups["name"].Value) is { } spdx && LicenceFinder.ClassOf(spdx) == LicenceClass.Permissive
        && Words.Marks.IsOfOtherTerms(link.Groups["to"].Value));

    /// <summary>The text without its title, which may hold any word: "Form-Data is released under the MIT license."</summary>
    public static string WithoutTitle(string text) => Title().Match(text) is { Success: true } title
        && title.Groups["title"].Value.Trim(' ', '#', '*', '=', '\r', '`') is { Length: > 2 } name
        && PlainWords.List(name).Length is > 0 and <= 3
        && LicenceNames.Of(name) is null
        && !Section().IsMatch(name + "\n") ? text.Replace(name, "Project", StringComparison.OrdinalIgnoreCase) : text;

    /// <summary>The sections on the licence and other terms, and lines that begin with <c>License:</c>.</summary>
    public static IEnumerable<ReadmePassage> Passages(string text)
    {
        foreach (Match section in Section().Matches(text))
        {
            yield return new ReadmePassage(section.Groups["text"].Value, !section.Groups["terms"].Success,
                section.Groups["level"].Success || section.Groups["line"].Success);
        }

        foreach (Match label in Label().Matches(text))
        {
            yield return new ReadmePassage(label.Groups["text"].Value, true, false);
        }
    }

    [GeneratedRegex(@"(?<!!)\[(?<name>[^\]\n]{1,60})\]\((?<to>[^)\s]{1,300})", RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    // What reStructuredText's links lead to: ".. _MIT: https://…".
    [GeneratedRegex(@"^\.\. _[^\n]{1,80}:[ \t]+(?:https?|mailto):\S+[ \t]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Target();

    // "BSD": a family, of which the file tells the member.
    private static string? OfFamily(string name) => Family().IsMatch(name) ? "MIT" : null;

    [GeneratedRegex(@"^(?:the )?(?:bsd|apache|mit|boost|zlib|isc|unlicense|public domain|open source|free|oss)(?: licen[sc]ed?)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Family();

    [GeneratedRegex(@"^[^\w]*$|^(?:licen[sc]e|view|see|here|read|file|info)$|\$\{",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Lookup();

    [GeneratedRegex(@"(?:/badge/|/static/v1\?label=)(?:licen[sc]e|licen[sc]ia|licen[cç]a|lizenz|licenza|лицензия|许可证)[-&](?:message=)?"
        + @"(?<name>(?:[^-\s)\]""'/?#&]|--)+)(?:-[\w#]+)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Badge();

    [GeneratedRegex(@"<!--[\s\S]{0,20000}?-->")]
    private static partial Regex Comment();

    [GeneratedRegex(@"<(?:h[1-6]|summary)(?:\s[^<>]{0,500})?>", RegexOptions.IgnoreCase)]
    private static partial Regex Opening();

    [GeneratedRegex(@"</(?:h[1-6]|summary|p|div|table|ul|ol|details)>|<(?:br|p)\b[^<>]{0,500}>", RegexOptions.IgnoreCase)]
    private static partial Regex Closing();

    [GeneratedRegex(@"</?(?:tr|li)\b[^<>]{0,500}>", RegexOptions.IgnoreCase)]
    private static partial Regex Row();

    [GeneratedRegex(@"</?t[dh]\b[^<>]{0,500}>", RegexOptions.IgnoreCase)]
    private static partial Regex Cell();

    [GeneratedRegex(@"</?[a-z][^<>]{0,2000}>", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    // Headings in the languages that READMEs are written in; a section goes to the next heading of its level.
    [GeneratedRegex(@"^(?:(?<level>#{1,6})|={1,6}|\*{1,6}|>)?[ \t]{0,8}(?:\d{1,3}\.?[ \t]{0,8})?(?:[^\w\s]{1,4}[ \t]{0,8})?"
        + @"(?:copyright[ \t]*(?:and|&|/)[ \t]*)?"
        + @"(?:(?:(?:the|our|project|software|code|source)[ \t]*)?licen[sc](?:e|es|ed|ing)|terms(?: of use| (?:and|&) conditions)?|legal"
        + @"|(?:lizenz\w*|nutzungsbedingungen|nutzungsrechte?|rechtliches|urheberrecht\w*|hinweise?|klausur"
        + @"|conditions d.utilisation"
        + @"|mentions l[eé]gales|droits|licencias?|t[eé]rminos|aviso legal|licen[cç]as?|termos|licenza|termini|licentie|voorwaarden"
        + @"|licens\w*|villkor|lisens\w*|vilk[aå]r|lisenssi|k[aä]ytt[oö]ehdot|licenc\w*|liecencja|licen[tț][aă]|лиценз\w+|ліценз\w+"
        + @"|авторск\w+ прав\w*|условия|άδεια|lisans\w*|giấy phép|lisensi|lesen|الترخيص|رخصة|الرخصة|ترخيص|רישיון|רישוי|लाइसेंस|ใบอนุญาต"
        + @"|สัญญาอนุญาต|litsents|licencija|licenca|leyfi|llicència|licenco|مجوز|پروانه|লাইসেন্স|உரிமம்"
        + @"|使用?许可\w*|许可\w*|許可\w*|授权\w*|授權\w*|版权\w*|版權\w*|协议\w*|協議\w*|开源协议|ライセンス\w*|著作権\w*|使用許諾|利用規約|라이선스|라이센스|저작권)"
        + @"|(?<terms>pric(?:es?|ing)|plans|academic[ \t]\w+|honou?r code|plagiarism|ethic(?:s|al)?(?:[ \t]\w+)?|export(?:[ \t]\w+)?"
        + @"|disclaimer"
        + @"|beta(?:[ \t]\w+)?|commercial(?:[ \t]\w+){0,2}|(?:acceptable|responsible|fair|permitted)[ \t]use|usage (?:terms|policy"
        + @"|rights|restrictions)"
        + @"|restrictions?|permissions?|copyright|open[ \t-]core|editions?|copying|redistribution|ai[ \t]\w+|intellectual property"
        + @"|ownership|attribution))"
        + @"(?:[ \t]*(?:and|&|/)[ \t]*(?:copyright|\w+)|[ \t]*(?:information|info|notices?|terms|details|agreement|statement|limits?))?"
        + @"[ \t]*:?[ \t#*=]*\r?\n(?:(?<line>[=\-~^*]{3,})[ \t]*\r?\n)?(?<text>(?s:.{0,3000}?))"
        + @"(?=^(?:(?!\k<level>#)#{1,6}[ \t]|=+[ \t]|\*+[ \t]\w{1,40}\r?$)|^[^\n]+\n[=\-~^]{3,}[ \t]*$|\z)",
        RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Section();

    [GeneratedRegex(@"^[>*_\-\s]{0,6}(?:project |code )?licen[sc]e[*_]{0,2}[ \t]{0,3}(?::|：)[*_]{0,2}[ \t]*"
        + @"(?<text>[^\n]+(?:\n(?!\s*\n"
        + @"|[-*#>])[^\n]+){0,6})",
        RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex(@"\A\s*(?:[#=*]{1,6}[ \t]*)?(?<title>[^\n]{1,60}?)[ \t#=*]*\r?\n")]
    private static partial Regex Title();

    [GeneratedRegex(@"<?\bhttps?://[!-~-[>)\]]]+>?", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"<img\b[^<>]{0,2000}>|!\[[^\]\n]{0,200}\](?:\([^)\n]{0,500}\)|\[[^\]\n]{0,100}\])", RegexOptions.IgnoreCase)]
    private static partial Regex Image();

    [GeneratedRegex(@"!?\[([^\]\n]{0,200})\](?:\([^)\n]{0,500}\)|\[[^\]\n]{0,100}\])"
        + @"|^\[[^\]\n]{1,100}\]:[^\n]{0,500}$", RegexOptions.Multiline)]
    private static partial Regex Link();
}
