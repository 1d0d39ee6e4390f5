using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using XCoder.Analysis.Repositories.Licences.Heads;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>What a text says of a licence, in words.</summary>
/// <param name="Spdx">
/// The SPDX expression; <c>NOASSERTION</c> where the notice withholds or is not understood; null where there is none.
/// </param>
/// <param name="IsWithheld">Whether it withholds, or says something of terms that is not understood.</param>
internal readonly record struct Notice(string? Spdx, bool IsWithheld);

/// <summary>
/// Reads what a comment or a section of a README says of the licence. A sentence that speaks of terms must be understood: as the text
/// of a permissive licence, as the name of one, or as a hint to the place where the licence stands. Else the licence is unknown, for
/// nobody can list all the ways to withhold.
/// </summary>
internal static partial class TermsReader
{
    private const int MostKnown = 4096, LongestKnown = 400, MostDescribed = 12;

    private static int _known;

    private static readonly ConcurrentDictionary<Sentence, (string? Spdx, bool IsUnderstood)?> Known = new();

    /// <summary>What a text says.</summary>
    /// <param name="text">The text, without comment signs.</param>
    /// <param name="isOfLicence">Whether all of it is about the licence, such as a README's section.</param>
    public static Notice Read(string text, bool isOfLicence = false)
    {
        var plain = PlainWords.Of(text);
        var gnu = Gnu().Match(plain.Joined) is { Success: true } forward ? forward : GnuOf().Match(plain.Joined);
        if (gnu.Success)
        {
            return new Notice(LicenceNames.GnuId(gnu, gnu.Groups["later"].Success), false);
        }

        if (Mozilla().Match(plain.Joined) is { Success: true } mozilla)
        {
            return new Notice($"MPL-{mozilla.Groups["version"].Value.Replace(' ', '.')}", false);
        }

        if (Eclipse().Match(plain.Joined) is { Success: true } eclipse)
        {
            return new Notice($"EPL-{eclipse.Groups["version"].Value.Replace(' ', '.')}", false);
        }

        var texts = LicenceParts.Of(plain.Words, plain.Joined);
        var ids = texts.Found.Select(part => part.Licence.Spdx).ToList();
        var isUnknown = !texts.AreTrue;
        var (notices, others) = (new List<Sentence>(), new List<Sentence>());
        foreach (var sentence in texts.Rest().SelectMany(run => plain.Sentences(run.From, run.To)))
        {
            if (isOfLicence && LicenceNames.Of(PlainWords.Join(sentence.Text)) is { } named)
            {
                ids.Add(named);
            }
            else if (OfSentenceOnce(sentence with { IsOfCopyright = sentence.IsOfCopyright || isOfLicence }) is var (spdx, isUnderstood))
            {
                isUnknown |= !isUnderstood;
                ids.AddRange(spdx is null ? [] : [spdx]);
                notices.Add(sentence);
            }
            else
            {
                others.Add(sentence);
            }
        }

        isUnknown |= !isOfLicence && BesideNotice.TakesBack(plain, texts, notices, others);
        return isUnknown ? new Notice(SpdxTag.NoAssertion, true)
            : ids.Count == 0 ? default : new Notice(LicenceFinder.Join(ids, isChoice: false), false);
    }

    // The heads of a repository say the same over and over.
    private static (string? Spdx, bool IsUnderstood)? OfSentenceOnce(Sentence sentence)
    {
        sentence = sentence with { Place = 0 };
        if (sentence.Text.Length > LongestKnown)
        {
            return OfSentence(sentence);
        }

        if (!Known.TryGetValue(sentence, out var found))
        {
            found = OfSentence(sentence);
            if (Volatile.Read(ref _known) < MostKnown && Known.TryAdd(sentence, found))
            {
                Interlocked.Increment(ref _known);
            }
        }

        return found;
    }

    // Null where the sentence says nothing of terms.
    private static (string? Spdx, bool IsUnderstood)? OfSentence(Sentence sentence)
    {
        if (Field().Match(sentence.Text) is { Success: true } field)
        {
            return Named(field, sentence.Text) is var named and not SpdxTag.NoAssertion ? (named, true) : (null, false);
        }

        var text = Address().Replace(sentence.Text, " ");
        var words = PlainWords.Join(text);
        var isOfTerms = Elsewhere().IsMatch(sentence.Text);
        if (isOfTerms && text != sentence.Text && LicenceStatement.Of(words) is null)
        {
            return (null, false);
        }

        if (!isOfTerms && !LicenceWords.Notices.IsMatch(words) && !LicenceWords.Withholds.IsMatch(words)
            && !LicenceWords.Later.IsMatch(words) && !LicenceWords.Foreign.IsMatch(words)
            && !LicenceWords.Elsewhere.IsMatch(sentence.Text.ToLowerInvariant())
            && !(sentence.IsOfCopyright && LicenceWords.WeakNotices.IsMatch(LicenceWords.Harmless.Replace(words, " "))))
        {
            // Below a copyright line people name its holders, or say in words of their own what others may do: "Two seats."
            if (sentence.Below is not { } below)
            {
                return null;
            }

            if (!Under().IsMatch(words))
            {
                return !BesideNotice.Leads(below) && (LicenceRest.IsHint(PlainWords.Join(below))
                    || (IsOfNames(below) && !BesideNotice.Limits(below, isOfNames: true)) || Describes(below)) ? null : (null, false);
            }
        }

        var spdx = LicenceStatement.Of(words);
        if (spdx?.Contains("GPL", StringComparison.Ordinal) != true && BesideNotice.Leads(sentence.Text))
        {
            return (null, false);
        }

        // What was taken from elsewhere says nothing of what became of it.
        var isOfOriginal = Original().IsMatch(words) && spdx is not null && LicenceFinder.ClassOf(spdx) == LicenceClass.Permissive;
        return spdx is not null ? isOfOriginal ? (null, true) : LicenceStatement.IsMention(words) ? null : (spdx, true)
            : (null, !LicenceWords.Strangers.IsMatch(words) && (LicenceRest.IsSilent(words) || (LicenceStatement.IsHint(words)
                && (Here().IsMatch(words) || (Family().IsMatch(words) && (text == sentence.Text || Common().IsMatch(sentence.Text)))))));
    }

    /// <summary>Whether a line of its own tells what the file is: "Purpose: structures and functions".</summary>
    internal static bool Describes(string text) => Label().IsMatch(text) && !OfUse().IsMatch(text) && !BesideNotice.Limits(text)
        && PlainWords.Join(text) is var words && words.Count(letter => letter == ' ') < MostDescribed && !LicenceWords.Limits(words)
        && !LicenceWords.Narrows.IsMatch(words);

    /// <summary>Whether a sentence holds but names and hints to them.</summary>
    internal static bool IsOfNames(string sentence) =>
        Small().Matches(Mail().Replace(sentence, " ")).All(match => LicenceRest.IsHint(PlainWords.Join(match.Value)));

    // "License: MIT", "@license Apache-2.0"; a name that is not known withholds, and a file is read elsewhere.
    private static string? Named(Match field, string sentence)
    {
        // LibreJS names a licence by the hash of its text, too.
        var written = Magnet().Replace(field.Groups["name"].Value, "").Trim(' ', '\t', '*', '.', ',', ';', '"', '\'');
        var name = Place().Replace(written, "");
        return LicenceWords.Speaks(PlainWords.Join(sentence[(field.Groups["name"].Index + field.Groups["name"].Length)..]
                + " " + written[name.Length..])) ? SpdxTag.NoAssertion
            : LicenceNames.Of(name) ?? LicenceStatement.Of(PlainWords.Join(name))
            ?? (SpdxTag.Check(name) is { } spdx && IsKnown(spdx) ? spdx
            : name.Length == 0 || IsFile(name)
                || (field.Value.Contains("@license", StringComparison.OrdinalIgnoreCase) && Product().IsMatch(name)
                    && !LicenceWords.Speaks(PlainWords.Join(name))) ? null
            : SpdxTag.NoAssertion);
    }

    /// <summary>Whether all ids of an SPDX expression are in the table.</summary>
    public static bool IsKnown(string spdx) => spdx.Split(' ').Where(word => word is not ("AND" or "OR" or "WITH"))
        .All(word => LicenceText.ClassOf(word.Trim('(', ')')) is not null);

    /// <summary>Whether words only name a file that holds the licence of a repository.</summary>
    public static bool IsFile(string name) => !Address().IsMatch(name) && PlainWords.Join(name) is var words
        && LicenceStatement.IsHint(words) && !Reserved().IsMatch(words);

    [GeneratedRegex(@"\bgnu (?:(?<kind>affero|lesser|library) )?general public license(?: [al]?gpl)?"
        + @"(?: as published by the free software foundation(?: inc)?)?(?: (?:either|under|in|the|of|terms))*(?: version"
        + @"| v) ?(?<major>[123])(?: (?<minor>[01]))?(?: only)?(?<later>(?: of the license)?"
        + @"(?: as published by the free software foundation(?: inc)?)? or(?: at your option)? any later| or later| or newer)?")]
    private static partial Regex Gnu();

    [GeneratedRegex(@"\bversion (?<major>[123])(?: (?<minor>[01]))?(?<later>(?: of the license)? or(?: at your option)?"
        + @" any later version| or later)? of the gnu (?:(?<kind>affero|lesser|library) )?general public license")]
    private static partial Regex GnuOf();

    [GeneratedRegex(@"\bsubject to the(?: terms of the)? mozilla public license(?: version| v)? (?<version>1 1|2 0)")]
    private static partial Regex Mozilla();

    [GeneratedRegex(@"\bunder the(?: terms of the)? eclipse public license(?: version| v)? ?(?<version>[12] 0)")]
    private static partial Regex Eclipse();

    [GeneratedRegex(@"[\w.+-]+@[\w.-]+")]
    private static partial Regex Mail();

    // Who may do what.
    [GeneratedRegex(@"\b(?:us(?:e[ds]?|ers?|ing|age)|for|by|to|ask\w*|free\w*|un\w+|till|secret|closed|alone|not?|nobody|inside)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OfUse();

    [GeneratedRegex(@"^(?:the )?original(?:ly|s)?\b(?! authors?\b)", RegexOptions.CultureInvariant)]
    private static partial Regex Original();

    [GeneratedRegex(@"^\W*(?:[@\\](?:module|file|fileoverview|class|package|summary|since|version|name|namespace|brief|ingroup)\b"
        + @"|(?:purpose|description|summary|file ?name|file|module|date|created|modified|project|title)\s*:)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex(@"\bnone\b|\breserved\b")]
    private static partial Regex Reserved();

    [GeneratedRegex(@"\bunder\b|\b[al]?gpl|\blicen[sc]")]
    private static partial Regex Under();

    // A word that is no name, as far as its letters tell.
    [GeneratedRegex(@"(?<![\w@.])(?=\w*\p{L})[\p{Ll}\p{Lo}]\w*(?![\w@]|\.\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Small();

    [GeneratedRegex(@"^\W*(?:[@\\]licen[sc]e\b\s*[:=]?|<licen[sc]e>|(?::|\.)?(?:licen[sc]e(?:uri)?(?: for this \w+)?|lizenz"
        + @"|licencia|licensed under)\s*:)[ \t]*"
        + @"(?<name>[^\r\n<]{1,80})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Field();

    // "@license React v17.0.2": bundlers keep comments with the tag, whatever follows it.
    [GeneratedRegex(@"\bv\d+\b|\b\d+\.\d+|^copyright\b|^\(c\)|^©", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Product();

    [GeneratedRegex(@"\bmagnet:\S*(?:&(?:amp;)?dn=\S*)?[ \t]*", RegexOptions.CultureInvariant)]
    private static partial Regex Magnet();

    // Of an address, and of what follows a name, nothing counts.
    [GeneratedRegex(@"https?://(?:www\.)?(?:opensource|spdx|apache)\.org/licenses/|[-_.](?:license)?\.?(?:php|html|txt)?$"
        + @"|\s*[(\[].*$|,? see .*$|;[ \t]*https?:.*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    [GeneratedRegex(@"<?\b(?:https?|ftp)://[!-~-[>)]]+>?|\bwww\.[!-~-[>)]]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    // Places where texts of licences stand that are not permissive, or ask for more than a notice.
    [GeneratedRegex(@"//(?:www\.)?(?:creativecommons\.org/licenses|gnu\.org/(?:licenses|copyleft)|polyformproject\.org|commonsclause\.com"
        + @"|elastic\.co/licensing|mariadb\.com/bsl|mongodb\.com/licensing|fsl\.software|mozilla\.org/MPL|eclipse\.org/legal)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    internal static partial Regex Elsewhere();

    // Places where only texts of common licences stand.
    [GeneratedRegex(@"//(?:www\.)?(?:opensource\.org|spdx\.org|apache\.org|gnu\.org|boost\.org|creativecommons\.org"
        + @"|choosealicense\.com|unlicense\.org)/",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Common();

    // What lies in this repository.
    [GeneratedRegex(@"\b(?:license|copying|notice|readme) (?:files?|txt|md|rst)\b|\bfile (?:license|copying)\b"
        + @"|\b(?:see|in) (?:the )?(?:license|copying)\b"
        + @"|\baccompanying\b|\b(?:project|repository|repo|source) root\b|\broot (?:directory|folder|of)\b|\btop level\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Here();

    // A family of licences, of which the file beside tells the member.
    [GeneratedRegex(@"\b(?:mit|bsd\w*|apache|isc|boost|zlib|unlicense)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Family();
}
