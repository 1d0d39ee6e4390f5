using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>
/// What a README says of the licence: what its sections on the licence name, and what it withholds anywhere. People read it first, so
/// what it withholds counts beside any licence file.
/// </summary>
internal static partial class ReadmeTerms
{
    /// <summary>Whether a file of that name is a README.</summary>
    public static bool IsReadme(string name) => Readme().IsMatch(name);

    /// <summary>
    /// What a README says: withheld only where it does so in words that nobody uses otherwise; <c>NOASSERTION</c> without that where its
    /// section is not understood, which matters only where nothing else tells the licence.
    /// </summary>
    /// <param name="text">The README.</param>
    public static Notice Read(string text)
    {
        text = Holder().Replace(Address().Replace(Link().Replace(Code().Replace(text, "\n"), "$1"), ""), "\n");
        var sections = Section().Matches(text).Select(section => section.Groups["text"].Value).ToList();
        if (Withholds(text) || sections.Exists(section => LicenceWords.Elsewhere.IsMatch(section.ToLowerInvariant())
            || PlainWords.Of(section) is { Words.Length: > 0 } plain && plain.Sentences(0, plain.Words.Length).Any(IsAnotherLicence)))
        {
            return new Notice(SpdxTag.NoAssertion, true);
        }

        var said = sections.Select(section => LicenceStatement.Of(PlainWords.Join(section))
            ?? TermsReader.Read(section, isOfLicence: true).Spdx).OfType<string>().ToList();
        return said.Count == 0 ? default : new Notice(LicenceFinder.Join(said, isChoice: false), false);
    }

    private static bool Withholds(string text)
    {
        var plain = PlainWords.Of(text);
        return LicenceParts.Of(plain.Words, plain.Joined).Rest()
            .Any(run => LicenceWords.Readmes.IsMatch(string.Join(' ', plain.Words[run.From..run.To])));
    }

    // "Released under the Functional Source License": names one, and not one that is known.
    private static bool IsAnotherLicence(Sentence sentence) =>
        PlainWords.Join(sentence.Text) is var words && (Another().IsMatch(words)
            || (LicenceWords.Withholds.IsMatch(words) && !Copyleft().IsMatch(words)))
        && LicenceStatement.Of(words) is null && !LicenceRest.IsHint(words);

    [GeneratedRegex(@"^readme(\.(md|markdown|rst|txt|adoc|org|rdoc|pod|mkd))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Readme();

    [GeneratedRegex(@"\b(?:under|by|with|subject to) (?:the |a |an |our |its )?(?:terms of (?:the |our )?)?(?!(?:\w+ ){0,2}(?:gnu"
        + @"|general|lesser|mozilla|eclipse|apache|microsoft|mulan|union|university) )(?:\w+ ){1,4}(?:source|community|public|commercial"
        + @"|research|ethical|enterprise|companion|responsible)(?: \w+)? (?:licen[sc]e|eula|agreement)\b"
        + @"|\bsubject to (?:the |our )?\w+ terms\b"
        + @"|\bproprietary\b"
        + @"|\bnoncommercial\b|\bused to be\b|\bno longer\b|\b(?:generated|produced) by\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Another();

    // What withholds for permissive licences only.
    [GeneratedRegex(@"\b(?:gnu|[al]?gpl\w*|mozilla|mpl|eclipse|epl|creative commons|cc by)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Copyleft();

    // Headings in the languages that READMEs are mostly written in; a section goes to the next heading of its level.
    [GeneratedRegex(@"^(?:(?<level>#{1,6})|={1,6}|\*{1,6}|>)?[ \t]{0,8}(?:\d{1,3}\.?[ \t]{0,8})?(?:[^\w\s]{1,4}[ \t]{0,8})?"
        + @"(?:copyright[ \t]*(?:and|&|/)[ \t]*)?"
        + @"(?:(?:software[ \t]*)?licen[sc](?:e|es|ing)|lizenz(?:en)?|licencias?|licen[cç]as?|licenza|licentie|licencja|лицензия"
        + @"|ліцензія|лиценз"
        + @"|许可证?|許可証?|授权|授權|协议|ライセンス|라이선스|라이센스|terms(?: of use)?|legal)"
        + @"(?:[ \t]*(?:and|&|/)[ \t]*copyright|[ \t]*information)?[ \t]*:?[ \t#]*\r?\n(?:[=\-~^*]{3,}[ \t]*\r?\n)?(?<text>(?s:.{0,3000}?))"
        + @"(?=^(?:(?!\k<level>#)#{1,6}[ \t]|=+[ \t]|\*+[ \t])|^[^\n]+\n[=\-~^]{3,}[ \t]*$|\z)",
        RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Section();

    [GeneratedRegex(@"<?\bhttps?://[!-~-[>)\]]]+>?", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    // "MIT © Ann Lee".
    [GeneratedRegex(@"[ \t]+(?=©|\(c\) )", RegexOptions.IgnoreCase)]
    private static partial Regex Holder();

    [GeneratedRegex(@"^```[\s\S]{0,20000}?^```", RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex(@"!?\[([^\]\n]{0,200})\](?:\([^)\n]{0,500}\)|\[[^\]\n]{0,100}\])"
        + @"|^\[[^\]\n]{1,100}\]:[^\n]{0,500}$", RegexOptions.Multiline)]
    private static partial Regex Link();
}
