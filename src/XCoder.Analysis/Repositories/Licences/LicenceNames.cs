using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>Names: of files that hold licences, and of licences as people write them.</summary>
internal static partial class LicenceNames
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    // LICENSE, LICENCE.md, LICENSE-MIT, LICENSE.apache2, COPYING.LESSER, COPYING3, UNLICENSE, MIT-LICENSE.txt; no code.
    private static readonly Regex Files = new(
        @"^((un)?licen[sc]es?\d?|copying(v?\d)?)([-_.](?<word>[a-z0-9+]+([-_.][a-z0-9+]+)*?))?"
        + @"(\.(txt|text|md|markdown|rst|adoc|org|html?))?$"
        + @"|^[a-z0-9.]{1,12}[-_]licen[sc]e([-_][0-9.]+)?(\.(txt|text|md|markdown|rst))?$",
        Options);

    // Other files in which terms stand: EULA.txt, COMMONS-CLAUSE, ADDITIONAL_TERMS.md, COMMERCIAL-LICENSE, LIZENZ.
    private static readonly Regex Terms = new(
        @"^([a-z]+[-_ ])*(commons[-_ ]?clause|source[-_ ]available|additional|restrictions?|licen[sc]e)([-_ ][a-z]+)*\.(txt|md|rst"
            + @"|rtf|html?)$"
        + @"|^(licen[sc]e|copying|terms)\.docx?$|^notice[-_.](proprietary|commercial|confidential)(\.(txt|md))?$"
        + @"|^polyform[-_a-z0-9.]*$|^(bu?sl|sspl|ccl|to[su]|rider|ethic(s|al)[-_a-z]*)(\.(txt|md|rst))?$"
        + @"|^(gnu[-_. ]?)?[al]?gpl([-_. ]?v?\d(\.\d)?)?([-_. ](only|or[-_]later|licen[sc]e))?(\.(txt|text|md|markdown|rst|html?))?$"
        + @"|^\.licen[sc]e(\.(txt|md|rst))?$|^(?-i:LICEN[SC]E)\.(ya?ml|json|xml)$"
        + @"|许可|許可|协议|協議|授权|授權|規約|规约|条款|條款|须知|須知|声明|聲明|ライセンス|使用許諾|著作権|라이선스|이용약관|저작권"
        + @"|лиценз|ліценз|соглашени|условия|умови|авторск|ترخيص|رخصة|שימוש|רישיון|άδεια|όροι"
        + @"|nutzungsbedingung|nutzungsrecht|^(agb|hinweise?|rechtliches|urheberrecht|soglashenie|usloviya|litsenzi[jy]a|termos|t[eé]rminos"
        + @"|termini|termeni|aviso|avisos?[-_ ]legal(es)?|mentions[-_ ]l[eé]gales|conditions?[-_ ](d[-_ ']?)?(utilisation|usage|generales)"
        + @"|condi[cç][oõ]es|condiciones|condizioni|condi[tț]ii|voorwaarden|gebruiksvoorwaarden|villkor|vilk[aå]r|k[aä]ytt[oö]ehdot"
        + @"|warunki|podm[ií]nky|podmienky|felt[eé]telek|uvjeti|pogoji|lisans|licencj[ae]|licencia|licenca|licent[aă]|lisens|licens|lisensi"
        + @"|ketentuan|dieu[-_ ]khoan)([-_ ][^.]*)?(\.(txt|md|rst|html?))?$"
        + @"|^(contract|conditions|([a-z]+[-_ ])?agreement|(ai|training|licen[sc]ing)[-_ ]policy|honou?r[-_ ]code|relicen[sc]\w*)"
        + @"(\.(txt|md|rst))?$"
        + @"|^(eula|end[-_]user[-_a-z]*|(additional[-_ ])?terms([-_ ][-_ a-z]*)?|addendum|restrictions?|commercial([-_][-_a-z]*)?"
        + @"|commons[-_]?clause|(acceptable|responsible|fair)[-_]use([-_][-_a-z]*)?|us(e|age)[-_]policy|licensing|licencia"
        + @"|licen[cç]a|licenza"
        + @"|lizenz|licentie|licence[-_]fr|non[-_]?commercial[-_a-z]*)(\.(txt|text|md|markdown|rst|rtf|adoc|html?|pdf))?$", Options);

    // Files that name holders, and may hold terms, too.
    private static readonly Regex Notices = new(@"^(notices?|copyrights?|legal|patents|disclaimers?|nda|sponsorware|deprecated"
        + @"|pricing|export)(\.(txt|text|md|markdown|rst))?$", Options);

    // What people shall read, in capitals or in a script without them; not what nearly every project has.
    private static readonly Regex Loud = new(
        @"^(?!(change|history|news|releases?|contribut|authors?|maintainers|credits|thanks|todo|install|build|hacking|security|faq|readme"
            + @"|version|roadmap|upgrad|migrat|governance|support|codeowners|owners|makefile|dockerfile|vagrantfile|jenkinsfile|doxyfile"
            + @"|gemfile|podfile|cartfile|brewfile|procfile|rakefile|build|workspace|depend|requirements|manifest|robots|humans|index"
            + @"|summary"
            + @"|design|architecture|style|testing|usage|tutorial|glossary|cmakelists|description|namespace|pkg|record|wheel|metadata"
            + @"|top_level|agents|releasing)"
            + @"(\b|[-_.a-z]))(?-i:[A-Z][A-Z_-]{2,40}|[^\x00-\u036F]{2,40})(\.(txt|md|rst))?$", Options);

    // Of what is bundled, not of the code here; and endings of programs and data.
    private static readonly Regex Others = new(
        @"third|3rd|bundled|dependenc|vendor|fonts?\b|header|template|[-_.](?:docs?|documentation|assets?|content|logo|data)\b|\.(c"
            + @"|cc|cpp|cs|css|go|h|hs|java|jl|js|json|jsx|kt|lua|mjs|php|pl|pm"
        + @"|properties|py|r|rb|rs|scala|sh|swift|toml|ts|tsx|xml|ya?ml)$",
        Options);

    // With which names begin.
    private static readonly System.Buffers.SearchValues<string> Beginnings = System.Buffers.SearchValues.Create(
        ["the ", "mit", "expat", "asl", "al ", "apache", "bsd", "new ", "revised ", "modified ", "simplified ", "two ", "three ", "2 ",
            "3 ", "freebsd", "0bsd", "zero ", "isc", "zlib", "libpng", "png ", "unicode ", "unlicense", "cc0", "wtfpl", "boost", "bsl",
            "postgresql", "python ", "psf",
            "blue", "universal ", "upl", "artistic", "perl ", "same ", "mozilla ", "mpl", "eclipse ", "epl", "european ", "eupl", "common ",
            "cddl", "microsoft ", "ms ", "ncsa", "university ", "gnu", "gpl", "lgpl", "agpl", "affero", "lesser", "library", "general "],
        StringComparison.Ordinal);

    /// <summary>Whether a licence's name can begin with a word.</summary>
    public static bool CanBegin(string word) => (word + " ").AsSpan().IndexOfAny(Beginnings) == 0;

    // Without a version "Apache", "GPL" and "BSD" say too little.
    private static readonly (Regex Pattern, string Spdx)[] Names =
    [
        (Name("(the )?(mit|expat)( x11)?( open source)?( license)?( mit)?"), "MIT"),
        (Name("mit (0|no attribution)( license)?"), "MIT-0"),
        (Name("(the )?(asl|al|apache)( software)?( public)?( license)?( v| version)? ?2( 0)?( only)?( license)?( apache 2 0)?"),
            "Apache-2.0"),
        (Name("(the )?(bsd ?3( clause)?|bsd 3 clause|(3|three) clause bsd|new bsd|revised bsd|modified bsd)( "
            + "new| revised| new or revised)?( license)?"), "BSD-3-Clause"),
        (Name("(the )?(bsd ?2( clause)?|bsd 2 clause|(2|two) clause bsd|simplified bsd|freebsd)( simplified)?( license)?"), "BSD-2-Clause"),
        (Name("0bsd|(bsd zero clause|zero clause bsd)( license)?"), "0BSD"),
        (Name("(the )?isc( license)?( isc| iscl)?"), "ISC"),
        (Name("(the )?zlib( libpng)?( license)?|for conditions of distribution and use see copyright notice in zlib h"), "Zlib"),
        (Name("(the )?libpng license"), "Libpng"),
        (Name("(the )?(libpng|png reference library license)( license)?( v| version)? ?2( 0)?"), "libpng-2.0"),
        (Name("(the )?unicode license( v| version)? ?3( 0)?"), "Unicode-3.0"),
        (Name("(the )?unlicense"), "Unlicense"),
        (Name("cc0( 1 0)?( universal)?|cc0 1 0 universal cc0 1 0 public domain dedication"), "CC0-1.0"),
        (Name("wtfpl( 2)?"), "WTFPL"),
        (Name("(the )?(boost|bsl)( software)?( license)?( v| version)? ?1 0( bsl 1 0)?|(the )?boost software license"
            + "|(https? )?(www )?boost org license 1 0( txt)?"), "BSL-1.0"),
        (Name("(the )?(microsoft public license|ms pl)( ms pl)?"), "MS-PL"),
        (Name("(the )?ncsa( open source)?( license)?|university of illinois ncsa open source license"), "NCSA"),
        (Name("(the )?postgresql( license)?"), "PostgreSQL"),
        (Name("(python software foundation|psf)( license)?( 2 0)?"), "PSF-2.0"),
        (Name("blue ?oak( model license)? 1 0 0"), "BlueOak-1.0.0"),
        (Name("(the )?(universal permissive license|upl)( upl)?( v| version)? ?1 0"), "UPL-1.0"),
        (Name("(the )?apache( software)? license( v| version)? ?2( 0)? with runtime library exception"), "Apache-2.0 WITH Swift-exception"),
        (Name("(the )?artistic( license)?( v| version)? ?2( 0)?"), "Artistic-2.0"),
        (Name("perl 5|perl( license)?|same (terms )?as perl( 5)?( itself)?"), "Artistic-1.0-Perl OR GPL-1.0-or-later"),
        (Name("(mozilla public license|mpl)( v| version)? ?2( 0)?( mpl 2 0)?"), "MPL-2.0"),
        (Name("(mozilla public license|mpl)( v| version)? ?1 1( mpl 1 1)?"), "MPL-1.1"),
        (Name("(eclipse public license|epl)( v| version)? ?2( 0)?( epl 2 0)?"), "EPL-2.0"),
        (Name("(eclipse public license|epl)( v| version)? ?1( 0)?( epl 1 0)?"), "EPL-1.0"),
        (Name("(european union public license|eupl)( v| version)? ?1 2( eupl 1 2)?"), "EUPL-1.2"),
        (Name("(common development and distribution license|cddl)( v| version)? ?1 0"), "CDDL-1.0"),
        (Name("(common development and distribution license|cddl)( v| version)? ?1 1"), "CDDL-1.1"),
    ];

    /// <summary>Whether a file of that name is a licence file.</summary>
    public static bool Contains(string name) => name.Length <= 64 && Files.IsMatch(name) && !Others.IsMatch(name);

    /// <summary>Whether a file of that name holds terms, be they a licence or what is added to one.</summary>
    public static bool HoldsTerms(string name) => Contains(name) || (name.Length <= 64 && Terms.IsMatch(name));

    /// <summary>Whether a file is called as a licence is: <c>GPL-3.0.txt</c>, <c>LicenseRef-Bakery.txt</c>.</summary>
    public static bool IsNamed(string name) => name.StartsWith("LicenseRef-", StringComparison.OrdinalIgnoreCase)
        || LicenceText.ClassOf(Ending().Replace(name, "")) is not null || Of(Ending().Replace(name, "")) is not null;

    /// <summary>Whether a file of that name holds notices, which are seldom terms.</summary>
    public static bool HoldsNotices(string name) => name.Length <= 64 && Notices.IsMatch(name);

    /// <summary>Whether the name says that people shall read the file: CONFIDENTIAL, ASSIGNMENT.md.</summary>
    public static bool IsLoud(string name) => name.Length <= 64 && Loud.IsMatch(name);

    /// <summary>Whether a file of that name tells the holders, and often the licence, of the whole.</summary>
    public static bool IsCopyright(string name) => name.StartsWith("copyright", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a licence file's name says nothing but that it is one: <c>LICENSE</c>, <c>COPYING.txt</c>.</summary>
    public static bool IsPlain(string name) => Plain().IsMatch(name);

    /// <summary>The SPDX expression for a licence as people write its name, or null where it could be several or none.</summary>
    /// <param name="name">Such as <c>The Apache Software License, Version 2.0</c>, <c>BSD3</c> or <c>GPL (&gt;= 2)</c>.</param>
    public static string? Of(string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 200)
        {
            return null;
        }

        var isLater = Later().IsMatch(name);
        return OfWords(PlainWords.Join(Later().Replace(name.Replace("+", " ", StringComparison.Ordinal), " ")), isLater);
    }

    /// <summary>The same of lower-case words with single spaces; without marks.</summary>
    public static string? OfWords(string words)
    {
        var isLater = Later().IsMatch(words);
        return OfWords(isLater ? Later().Replace(words, " ") : words, isLater);
    }

    private static string? OfWords(string words, bool isLater)
    {
        words = VersionLetter().Replace(words, " $1").Replace("  ", " ", StringComparison.Ordinal).Trim();
        if (Array.Find(Names, known => known.Pattern.IsMatch(words)).Spdx is { } found)
        {
            return found;
        }

        return Gnu().Match(words) is { Success: true } gnu ? GnuId(gnu, isLater) : null;
    }

    /// <summary>The SPDX id of a GNU licence.</summary>
    /// <param name="match">With the groups <c>kind</c> (affero, lesser, library, or their letter), <c>major</c> and <c>minor</c>.</param>
    /// <param name="isLater">Whether any later version may be taken.</param>
    public static string GnuId(Match match, bool isLater)
    {
        var kind = match.Groups["kind"].Value switch { ['a', ..] => "A", ['l', ..] => "L", _ => "" };
        var minor = match.Groups["minor"] is { Success: true, Value: var value } ? value : "0";
        return $"{kind}GPL-{match.Groups["major"].Value}.{minor}-{(isLater ? "or-later" : "only")}";
    }

    private static Regex Name(string pattern) => new($"^(?:{pattern})$", Options);

    [GeneratedRegex(@"^(licen[sc]e|copying)(\.(txt|text|md|markdown|rst|adoc|org|html?))?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(@"\.(?:txt|text|md|markdown|rst|adoc|html?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ending();

    [GeneratedRegex(@"\(?\s*>=\s*|\bor[- ](?:\(?at your option\)?[- ])?(?:any[- ])?later(?:[- ]version)?\b|\bor[- ]newer\b|(?<=\d)\+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Later();

    [GeneratedRegex(@"(?<=\S)?\bv(\d)|(?<=[a-z])v(?=\d)")]
    private static partial Regex VersionLetter();

    [GeneratedRegex(@"^(?:the )?(?:gnu )?(?<kind>affero |a(?=gpl)|lesser |library |l(?=gpl))?"
        + @"(?:general public license|gpl)(?: [al]?gpl)?(?: v| version)? ?(?<major>[123])(?: (?<minor>[01]))?(?: only)?"
        + @"(?: [al]?gpl ?v? ?\d(?: \d)?)?(?: license)?$")]
    private static partial Regex Gnu();
}
