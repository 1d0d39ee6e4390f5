using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences.Readmes;

/// <summary>
/// What a README says of the licence: what its sections on the licence name, and what it withholds anywhere. People read it first, so
/// what it withholds counts beside any licence file, and so does a section that is not understood.
/// </summary>
internal static partial class ReadmeTerms
{
    private const int LongestSentence = 600;

    /// <summary>Whether a file of that name is a README.</summary>
    public static bool IsReadme(string name) => name.Length <= 64 && Readme().IsMatch(name);

    /// <summary>
    /// What a README says: the licence that its sections name, null where it says nothing; withheld where it asks for more than a
    /// notice, or is not understood.
    /// </summary>
    /// <param name="text">The README.</param>
    public static Notice Read(string text)
    {
        text = Indented().Replace(Code().Replace(ReadmeText.WithoutTags(text), "\n"), "\n");
        if (ReadmeText.LinksElsewhere(text) || ReadmeTables.Withhold(ReadmeText.WithoutAddresses(text))
            || ReadmeText.Passages(text).Any(passage => passage.IsOfLicence && TermsAddress().IsMatch(passage.Text)))
        {
            return new Notice(SpdxTag.NoAssertion, true);
        }

        var badges = ReadmeText.Badges(text).ToList();
        text = ReadmeText.WithoutTitle(Holder().Replace(ReadmeText.WithoutAddresses(text), "\n"));
        var passages = ReadmeText.Passages(text).ToList();
        var notices = passages.ConvertAll(OfPassage);
        if (notices.Exists(notice => notice.IsWithheld) || Withholds(Items().Replace(text, "\n\n")))
        {
            return new Notice(SpdxTag.NoAssertion, true);
        }

        // A badge that is not known, or asks for more, counts as a section does.
        var said = notices.Select(notice => notice.Spdx).Concat(badges.Select(badge => badge ?? SpdxTag.NoAssertion)
            .Where(IsMore)).OfType<string>().ToList();
        if (said.Count == 0)
        {
            return default;
        }

        var spdx = LicenceFinder.Join(said, isChoice: false);
        return new Notice(spdx, IsMore(spdx));
    }

    private static bool IsMore(string spdx) => LicenceFinder.ClassOf(spdx) != LicenceClass.Permissive;

    private static Notice OfPassage(ReadmePassage passage)
    {
        var withheld = new Notice(SpdxTag.NoAssertion, true);
        if (passage.IsOfLicence && Doubt().IsMatch(passage.Text))
        {
            return withheld;
        }

        if (LicenceStatement.Of(PlainWords.Join(passage.Text)) is { } whole)
        {
            return new Notice(whole, false);
        }

        var plain = PlainWords.Of(passage.Text);
        var texts = LicenceParts.Of(plain.Words, plain.Joined);
        if (!passage.IsOfLicence)
        {
            return Sentences(plain, texts).Any(sentence => Harmless().Replace(PlainWords.Join(sentence.Text), " ") is var words
                && (LicenceWords.Withholds.IsMatch(words) || (LicenceWords.Notices.IsMatch(words) && LicenceWords.Speaks(words)))
                && TermsReader.Read(sentence.Text).IsWithheld) ? withheld : default;
        }

        // All of it is about the licence: something must be understood, and nothing may take back.
        var low = Licence().Replace(passage.Text, " ").ToLowerInvariant();
        var said = texts.Found.Select(part => part.Licence.Spdx).ToList();
        if (!texts.AreTrue || LicenceWords.Elsewhere.IsMatch(low) || LicenceWords.Negations.IsMatch(low))
        {
            return withheld;
        }

        // Of others, or of no one.
        if (Reserved().IsMatch(passage.Text) && !Holder().IsMatch(" " + passage.Text)
            && !Years().IsMatch(passage.Text))
        {
            return withheld;
        }

        var isUnderstood = plain.Words.Length == 0;
        foreach (var sentence in Sentences(plain, texts))
        {
            var words = Harmless().Replace(PlainWords.Join(sentence.Text), " ").Trim();
            var named = LicenceStatement.Of(words) ?? TermsReader.Read(sentence.Text, isOfLicence: true).Spdx;
            if (named is not (null or SpdxTag.NoAssertion))
            {
                said.Add(named);
            }
            else if (words.Length == 0 || LicenceRest.IsHint(words) || Holders().IsMatch(words))
            {
                isUnderstood = true;
            }
            else if (((Given().IsMatch(words) || LicenceWords.Strangers.IsMatch(words)) && Family().IsMatch(sentence.Text))
                || LicenceWords.Strangers.StartsIn(words)
                || LicenceWords.Speaks(LicenceWords.Harmless.Replace(words, " ")) || LicenceWords.Qualifies.IsMatch(words)
                || LicenceWords.Withholds.IsMatch(words)
                || Another().IsMatch(words))
            {
                return withheld;
            }
        }

        return said.Count > 0 ? new Notice(LicenceFinder.Join(said, isChoice: false), false)
            : Family().Match(passage.Text) is { Success: true } family ? new Notice(LicenceNames.Of(family.Value), false)
            : isUnderstood || !passage.IsHeaded || File().IsMatch(passage.Text) ? default : withheld;
    }

    private static IEnumerable<Sentence> Sentences(PlainWords plain, LicenceParts texts) =>
        texts.Rest().SelectMany(run => plain.Sentences(run.From, run.To));

    /// <summary>Whether a text that need not be about the licence withholds, in sentences about this code or its users.</summary>
    public static bool Withholds(string text)
    {
        var plain = PlainWords.Of(text);
        foreach (var sentence in Sentences(plain, LicenceParts.Of(plain.Words, plain.Joined)))
        {
            var words = Harmless().Replace(PlainWords.Join(sentence.Text), " ");
            if (LicenceWords.Readmes.IsMatch(words)
                || (words.Length <= LongestSentence && (IsWithheld(sentence.Text, words) || IsWithheldElsewhere(sentence.Text))))
            {
                return true;
            }
        }

        return false;
    }

    // Between two items of a list. In a section on the licence one may take back what another grants, so there they stay together.
    [GeneratedRegex(@"(?<=^[ \t]*(?:[*+-]|\d{1,3}[.)])[ \t]+[^\n]*)\n(?=[ \t]*(?:[*+-]|\d{1,3}[.)])[ \t]+\p{Lu})",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Items();

    private static bool IsWithheld(string sentence, string words) =>
        (IsAnother(words) && LicenceStatement.Of(words) is null && !LicenceRest.IsHint(words))
        || (OfThis().IsMatch(words) && Terms().IsMatch(words) && LicenceWords.Speaks(LicenceWords.Harmless.Replace(words, " "))
            && TermsReader.Read(sentence) is { Spdx: { } spdx, IsWithheld: var isWithheld } && (isWithheld || IsMore(spdx)));

    private static bool IsWithheldElsewhere(string sentence) => Licence().Replace(sentence, " ").ToLowerInvariant() is var low
        && LicenceWords.Elsewhere.IsMatch(low) && LicenceWords.Negations.IsMatch(low);

    // "Released under the Functional Source License": names one, and not one that is known.
    private static bool IsAnother(string words) => Another().IsMatch(words) && !Copyleft().IsMatch(words);

    [GeneratedRegex(@"^(?:(?:read[-_ ]?me|liesmich|lies[-_ ]mich|lisez[-_ ]?moi|lee[-_ ]?me|l[eé]ame|leia[-_ ]?me|leggimi|leesmij|czytaj"
        + @"|czytaj[-_ ]to|l[aä]smig|ctimne|olvassel|lueminut|прочти\w*|читай\w*|自述\w*|说明|說明|お読みください|はじめに)"
        + @"(?:[-_.]?(?:first|1st|[a-z]{2,3}(?:[-_][a-z]{2,4})?|cjk|chs|cht|chinese|english|japanese|korean|russian|german|french"
        + @"|spanish))?)"
        + @"(?:\.(?:md|markdown|mdown|rst|txt|text|adoc|asciidoc|org|rdoc|pod|mkd|html?))?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Readme();

    [GeneratedRegex(@"\b(?:under|by|with|subject to) (?:the |a |an |our |its )?(?:terms of (?:the |our )?)?(?!(?:\w+ ){0,2}(?:gnu"
        + @"|general|lesser|mozilla|eclipse|apache|microsoft|mulan|union|university) )(?:\w+ ){1,4}(?:source|community|public|commercial"
        + @"|research|ethical|enterprise|companion|responsible)(?: \w+)? (?:licen[sc]e|eula|agreement)\b"
        + @"|\bsubject to (?:the |our )?\w+ terms\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Another();

    // What is offered for money, rights of programs, what contributors grant, and what is said of open source in general.
    [GeneratedRegex(@"^(?!.*\b(?:licen[sc]\w*|copy|redistribut\w*|permission|not|only|without|must|use)\b).*\bsupport\b.*$"
        + @"|\b(?:professional|commercial|paid|enterprise|priority) (?:\w+ )?support\b|\btidelift(?: enterprise)?(?: subscription)?\b"
        + @"|\blicensing for their dependencies\b|(?<!\bnot )\bopen source(?! \w*licen[sc])"
        + @"|^(?!.*\b(?:licen[sc]\w*|permission|only|without|must|unless|not|customers?)\b).*\bcopy (?:\w+ ){0,4}files? from\b.*$"
        + @"|\bplease read the copyright file before using \w+\b"
        + @"|^if you contribute (?:code |anything )?to this project you are implicitly allowing your (?:code|contributions?) to be"
        + @" distributed under the (?:mit|isc|bsd|apache) licen[sc]e$"
        + @"|\b(?:\w+ based|linux|unix) distributions?\b"
        + @"|\b(?:root|admin\w*|file|write|read|user|system|access) permissions?\b"
        + @"|\bpermissions? to (?:write|read|access|open|execute|create|delete|bind|connect|send|install)\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Harmless();

    [GeneratedRegex(@"^copyright (?:c )?(?:\d{4}|present|\w+ \d{4})")]
    private static partial Regex Holders();

    // What withholds for permissive licences only.
    [GeneratedRegex(@"\b(?:gnu|[al]?gpl\w*|mozilla|mpl|eclipse|epl|creative commons|cc by)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Copyleft();

    // A sentence about this code, or to whom it is given.
    [GeneratedRegex(@"\b(?:this|these|those|our|my|the|any|all|its)(?: (?:\w+ ){0,2}| )(?:code|codebase|software|repo|repository|project"
        + @"|library|package|program|source|sources|plugin|works?|solutions?|files?|director(?:y|ies)|folders?|modules?|app|application"
        + @"|game|theme|template|contents?|copyright|notebooks?|scripts?|licen[sc]es?|part)\b"
        + @"|\b(?:use|using|copy|copying|share|sharing|sell|selling|modify|fork|reuse|deploy|run) (?:this|it|them|the code)\b"
        + @"|^(?:please )?(?:do not|don t|you may not|never|no) \w+"
        + @"|\byou (?:may|can|must|agree|accept|need)\b|^can i\b|\bopen source\b|\bby (?:cloning|forking|downloading|using)\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex OfThis();

    // Of such a sentence, what speaks of terms rather than of programs.
    [GeneratedRegex(@"\b(?:re ?)?licen[sc]|\bpermi(?:ssion|tted)|\bprohibit|\bforbid|\bnot allowed|\bcopy(?:right|ing)?\b"
        + @"|\b(?:re)?distribut"
        + @"|\bproprietary|\bconfidential|\bcommercial|\bopen source|\bclosed source|\bsource available|\breserved\b|\bpublish"
        + @"|\bplagiari|\b(?:re)?sell|\bsale\b|\bresale|\b(?:not|t|no|never) reuse|\brights\b|\btrain(?:ing)?\b|\bdatasets?\b"
        + @"|\bviewing\b|\bowner|\bgpl"
        + @"|\bowned by|\bproperty of|\bpersonal use|\bacademic|\bstudents?\b|\bfree of charge|\bsubscription|\bprivate use"
        + @"|\bpaid\b|\bpurchas|\bagree\b|\bembargo|\blimited to"
        + @"|\b(?:may|must|can|shall) not (?:use|copy|share|clone|fork|run|modify|submit)\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Terms();

    // Words for a licence in other languages, which alone restrict nothing.
    [GeneratedRegex(@"\blicen\w{1,3}s?\b|\blizenz(?:en)?\b|\blicent\w{1,3}\b|\blicencj\w\b|\blisens\w{0,2}\b|лиценз\w{1,3}|ліценз\w{1,3}"
        + @"|许可证?(?:书|协议)?|許可(?:証|證)?|开源|授权(?:协议|许可|条款)?|授權(?:條款)?|协议|協議|ライセンス|라이선스|라이센스|\blisans\w{0,3}\b|\bgiấy phép\b"
        + @"|الترخيص|رخصة|ترخيص|רישיון|لیسانس|مجوز|लाइसेंस|สัญญาอนุญาต|άδεια|copyright|all rights reserved",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Licence();

    [GeneratedRegex(@"\bMIT\b|\bApache(?: License)?(?:,? Version)? ?2(?:\.0)?\b|\bApache-2\.0\b|\bBSD[- ]?[23][- ]Clause\b|\bISC\b"
        + @"|\bUnlicense\b"
        + @"|\bCC0\b|\bBSL-1\.0\b|\bzlib\b|\b0BSD\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Family();

    [GeneratedRegex(@"\bLICEN[SC]E\b|\bCOPYING\b")]
    private static partial Regex File();

    [GeneratedRegex(@"https?://\S*(?:eula|/terms|commercial|by-n[cd])"
        + @"|\b(?:TERMS|EULA|COMMERCIAL|PRICING|RESTRICTIONS)[\w-]*\.(?:md|txt)\b")]
    private static partial Regex TermsAddress();

    // Not the licence, but the university; or not for sure.
    [GeneratedRegex(@"\b(?:MIT|BSD|Apache)[- ](?:based|derived|like|ish)\b|\b(?:at|of|by|from|©) MIT\b|© ?MIT\b"
        + @"|\bMIT (?:owns?|website|students?|university|press|media|lab|free|core|part)\b"
        + @"|\bMIT[ \t]*\(free|\b(?:MIT|BSD|Apache|ISC)[ \t]*\?", RegexOptions.CultureInvariant)]
    private static partial Regex Doubt();

    [GeneratedRegex(@"\ball rights reserved\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reserved();

    [GeneratedRegex(@"\b(?:19|20)\d\d\b|\bcopyright\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Years();

    // In English, all of such a sentence must be understood.
    [GeneratedRegex(@"\b(?:licensed|released|available|distributed|published) under\b", RegexOptions.CultureInvariant)]
    private static partial Regex Given();

    [GeneratedRegex(@"^(?: {4,}|\t)[ \t]*#[^\n]*(?:\n(?:[ \t]*$|(?: {4,}|\t)[^\n]*))*", RegexOptions.Multiline)]
    private static partial Regex Indented();

    // "MIT © Ann Lee".
    [GeneratedRegex(@"[ \t]+(?=©|\(c\) )", RegexOptions.IgnoreCase)]
    private static partial Regex Holder();

    [GeneratedRegex(@"^(?:```|~~~)[\s\S]{0,20000}?^(?:```|~~~)", RegexOptions.Multiline)]
    private static partial Regex Code();
}

/// <summary>A part of a README that speaks of the licence or other terms.</summary>
/// <param name="Text">What stands below its heading, or behind its label.</param>
/// <param name="IsOfLicence">Whether its heading says that all of it is about the licence.</param>
/// <param name="IsHeaded">Whether a heading stands above it for sure, and not a line of a list.</param>
internal readonly record struct ReadmePassage(string Text, bool IsOfLicence, bool IsHeaded);
