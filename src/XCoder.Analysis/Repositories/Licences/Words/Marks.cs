using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences.Words;

/// <summary>What the marks of a text beside a licence say, which its words do not: addresses, paths, names of files.</summary>
internal static partial class Marks
{
    /// <summary>Whether a text beside a licence leads elsewhere, or names the files that the licence is for.</summary>
    public static bool LeadAway(string text) => Address().Matches(text).Any(address => !IsHome(address.Value))
        || Leads(Address().Replace(text, " ")) || Joined().IsMatch(text);

    /// <summary>Whether a text names a file with other terms: see TERMS.md.</summary>
    public static bool NameAnotherFile(string text) => Other().IsMatch(Address().Replace(text, " "));

    /// <summary>Whether an address leads to terms other than those of a permissive licence.</summary>
    public static bool IsOfOtherTerms(string address) => Terms().IsMatch(address);

    private static bool Leads(string text) => Paths().IsMatch(text) || Other().IsMatch(text);

    // The home of a permissive licence, of a project, or of somebody.
    private static bool IsHome(string address) => !Terms().IsMatch(address) && Home().IsMatch(address);

    [GeneratedRegex(@"(?:https?|ftp)://[!-~-[>)\]]]+|\bwww\.[!-~-[>)\]]]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"^(?:https?://)?(?:[\w-]+\.)*(?:(?:opensource\.org|spdx\.org|apache\.org|choosealicense\.com|unlicense\.org|boost\.org"
        + @"|gnu\.org|mit-license\.org|creativecommons\.org/publicdomain|wikipedia\.org|tldrlegal\.com|zlib\.net|isc\.org|wtfpl\.net"
        + @"|opensource\.mit\.edu)\b\S*"
        + @"|(?:github|gitlab|bitbucket)\.(?:com|org)/[\w.-]+(?:/[\w.-]+)?(?:/blob/\S+/(?:LICEN[SC]E|COPYING)(?:\.\w+)?)?/?[.,;]?"
        + @"|[\w-]+\.[a-z]{2,10}/?[.,;]?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Home();

    [GeneratedRegex(@"commercial|by-n[cd]|by-sa|eula|\bterms|[al]?gpl|polyform|proprietary|elastic|\bbu?sl-?1[.-]?1|\bbsl11|commons-?clause"
        + @"|non-?free|\bmpl|\bepl|cddl|eupl|sspl|pricing|personal|academic|restrict",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Terms();

    // libbar/*.c, *.h, examples/
    [GeneratedRegex(@"[\w.-]/\*|(?<![\w*])\*\.\w{1,5}\b|(?<![/\w])(?!and/|or/|c/)[\w.-]+/(?=[\s:,;]|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Paths();

    [GeneratedRegex(@"\b(?!(?:UN)?LICEN[SC]E(?:[-_.](?:MIT|APACHE|BSD)[\w-]*)?\.|COPYING|COPYRIGHT|AUTHORS|NOTICE|CONTRIBUT|README|THANKS"
        + @"|CREDITS|MAINTAINERS)[A-Z][A-Z_-]+\.(?:md|txt|rst|html?|pdf)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Other();

    // "Almost-MIT".
    [GeneratedRegex(@"(?<![\w-])(?!(?i:licen[sc]e|x11|spdx|expat|the|new|modified|simplified)-)"
        + @"[A-Za-z]\w*-(?:(?:MIT|BSD|ISC|Apache|Zlib)\b|\z)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Joined();
}
