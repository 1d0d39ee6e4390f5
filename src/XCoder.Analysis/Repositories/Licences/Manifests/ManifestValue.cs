using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences.Manifests;

/// <summary>A licence that a manifest names.</summary>
/// <param name="Spdx">The SPDX expression, or null where it is written otherwise.</param>
/// <param name="IsSure">
/// Whether it says enough to count beside a licence file. "BSD" and "see LICENSE" do not, "Example Licence" does: it is none of those
/// that are known.
/// </param>
internal readonly record struct NamedLicence(string? Spdx, bool IsSure);

/// <summary>Reads licences as people write them into manifests.</summary>
internal static partial class ManifestValue
{
    private const int MostOfName = 200, MostOfText = 64 * 1024;

    /// <summary>Reads what stands in the field.</summary>
    /// <param name="entry">The field.</param>
    /// <param name="names">A list of <c>manifest-names.txt</c>, or null.</param>
    public static NamedLicence Read(LicenceEntry entry, string? names)
    {
        var read = ReadName(entry, names);
        if (read.Spdx is { } mild && entry is { Name: not null, Link: { } link } && LicenceFinder.ClassOf(mild) == LicenceClass.Permissive
            && (Contract().IsMatch(link) || (ManifestNames.FindLink(link) is { } linked
                && LicenceFinder.ClassOf(linked) != LicenceClass.Permissive)))
        {
            // The address says otherwise.
            return new NamedLicence(null, true);
        }

        return entry.Terms is not { } terms || string.IsNullOrWhiteSpace(terms) ? read
            : read.Spdx is null || Narrows(terms, read.Spdx) ? new NamedLicence(null, read.Spdx is not null || read.IsSure) : read;
    }

    /// <summary>Whether what is said beside a licence takes back of what it grants.</summary>
    public static bool Narrows(string text, string? spdx)
    {
        if (text.Length > MostOfText)
        {
            return true;
        }

        if (LicenceRecogniser.Recognise(text) is { } whole)
        {
            return spdx is not null && !spdx.Contains(whole, StringComparison.Ordinal);
        }

        var words = PlainWords.Join(text);
        return !LicenceRest.IsHarmless(words, LicenceRest.Place.Tail) && SpeaksOfTerms(words);
    }

    /// <summary>Whether what is said of the holder withholds: "Closed source; not licensed".</summary>
    public static bool Withholds(string copyright) => copyright.Length > MostOfText
        || (LicenceWords.Harmless.Replace(PlainWords.Join(copyright), " ") is var words
            && (LicenceWords.Withholds.IsMatch(words) || Limits().IsMatch(words)));

    /// <summary>The SPDX expression for a licence's name or an expression, or null.</summary>
    /// <param name="value">Such as <c>MIT/Apache-2.0</c> or <c>The MIT License</c>.</param>
    public static string? Expression(string value)
    {
        // Longer ones are no names, and cost the expressions below too much.
        value = value.Length > MostOfName ? "" : Pointer().Replace(value.Trim(), "").Replace("SPDX:", "", StringComparison.Ordinal);
        if (value.Length == 0 || Withheld().IsMatch(value))
        {
            return null;
        }

        if (value.Contains('(', StringComparison.Ordinal) && SpdxTag.Check(value) is { } written
            && written.Contains(' ', StringComparison.Ordinal))
        {
            return written;
        }

        // Names first: "Apache 2" has the form of no expression, "BSD3" has, and is no SPDX id.
        if (LicenceNames.Of(value) is { } known)
        {
            return known;
        }

        // Cargo's old spelling of OR does not tell what belongs together where it stands beside AND.
        var tidy = Both().Replace(Alternative().Replace(value, " OR "), " AND ");
        if (value.AsSpan().IndexOfAny('/', '(', ')') >= 0 && tidy.Contains(" AND ", StringComparison.Ordinal))
        {
            return value.Contains('/', StringComparison.Ordinal) ? null : SpdxTag.Check(tidy);
        }

        var alternatives = tidy.Split(" OR ").Select(part => part.Split(" AND ").Select(Single).ToList()).ToList();
        return alternatives.Exists(parts => parts.Contains(null)) ? SpdxTag.Check(tidy)
            : string.Join(" OR ", alternatives.Select(parts => string.Join(" AND ", parts)));
    }

    private static string? Single(string part) =>
        LicenceNames.Of(part) ?? (part.Contains(" WITH ", StringComparison.Ordinal) || !part.Trim().Contains(' ', StringComparison.Ordinal)
            ? SpdxTag.Check(part) : null);

    private static NamedLicence ReadName(LicenceEntry entry, string? names)
    {
        if (entry.Name is not { } name)
        {
            return entry.Link is { } link ? ReadLink(link)
                : new NamedLicence(null, entry.File is null && entry.Hints?.Any(hint => Withheld().IsMatch(hint)) == true);
        }

        if (names is not null && ManifestNames.Find(names, name) is { } listed)
        {
            return listed.Length > 0 ? new NamedLicence(listed, true) : default;
        }

        if (name.Length > MostOfName)
        {
            // The text itself, or something as long.
            return new NamedLicence(name.Length <= MostOfText ? LicenceRecogniser.Recognise(name) : null, true);
        }

        // "The MIT License (https://…)": the address must not say otherwise.
        if (Address().Match(name) is { Success: true } address)
        {
            var (plain, named) = (name.Remove(address.Index, address.Length), ReadLink(address.Groups["link"].Value));
            return Expression(plain) is { } said && (named.Spdx is null ? !named.IsSure : named.Spdx == said) ? new NamedLicence(said, true)
                : string.IsNullOrWhiteSpace(plain) ? named : new NamedLicence(null, named.IsSure);
        }

        var spdx = Expression(name);
        if (spdx is not null && ManifestNames.IsKnown(spdx))
        {
            return new NamedLicence(spdx, true);
        }

        if (entry.IsCode)
        {
            return new NamedLicence(null, Withheld().IsMatch(name));
        }

        // "Eclipse Public License", and an address that tells the version.
        var isVague = IsVague(name);
        return isVague && entry.Link is { } place && ManifestNames.FindLink(place) is { } linked && IsOf(name, linked)
            ? new NamedLicence(linked, true) : new NamedLicence(spdx, !isVague);
    }

    private static NamedLicence ReadLink(string link) => ManifestNames.FindLink(link) is { } spdx ? new NamedLicence(spdx, true)
        : new NamedLicence(null, !File().IsMatch(link) || link.Length > MostOfName);

    // Whether a name is that of a family of licences, or says only where the licence is found.
    private static bool IsVague(string name)
    {
        if (Withheld().IsMatch(name))
        {
            return false;
        }

        var words = PlainWords.Join(name);
        return LicenceRest.IsSilent(Family().Replace(words, " ")) && !LicenceWords.Trades.IsMatch(words);
    }

    private static bool IsOf(string name, string spdx) => spdx.Split('-')[0] switch
    {
        "EPL" => name.Contains("eclipse", StringComparison.OrdinalIgnoreCase) || name.Contains("EPL", StringComparison.Ordinal),
        "MPL" => name.Contains("mozilla", StringComparison.OrdinalIgnoreCase) || name.Contains("MPL", StringComparison.Ordinal),
        "CC0" or "CC" => name.Contains("creative", StringComparison.OrdinalIgnoreCase) || name.Contains("CC", StringComparison.Ordinal),
        "GPL" or "LGPL" or "AGPL" => Gnu().IsMatch(name),
        var family => name.Contains(family, StringComparison.OrdinalIgnoreCase),
    };

    private static bool SpeaksOfTerms(string words)
    {
        var rest = LicenceWords.Harmless.Replace(words, " ");
        return LicenceWords.Restricts.IsMatch(rest) || LicenceWords.Withholds.IsMatch(rest) || LicenceWords.Trades.IsMatch(rest)
            || LicenceWords.Elsewhere.IsMatch(words) || Limits().IsMatch(words);
    }

    [GeneratedRegex(@"^\W*(?:un-?licensed|proprietary|commercial|closed|closed[- ]source|none|all ?rights ?reserved|private|custom"
        + @"|non-?standard|unfree\w*|restricted|restrictive|copyright|internal|other-closed)\W*(?:licen[sc]e)?\W*$"
        + @"|\b(?:non-?commercial|proprietary|eula|nicht[- ]?kommerziell)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Withheld();

    [GeneratedRegex(@"\s*/\s*|\s+or\s+(?!later|newer|any)|\s*\|\|?\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Alternative();

    [GeneratedRegex(@"\s+and\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Both();

    // What says where the text is.
    [GeneratedRegex(@"[\s,;.(\[]{1,4}(?:see|in) (?:the )?(?:file )?[""'`]?(?:LICEN[SC]E|COPYING)[\w.-]{0,20}[""'`]?"
        + @"(?: file)?(?: for (?:more )?(?:details|information))?[)\].]{0,2}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pointer();

    [GeneratedRegex(@"[\s:,;.(<\[]{0,4}(?<link>https?://[^\s)>\]]{1,200})[)>\].]{0,2}\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"/(?:blob|raw|tree)/|\blicen[sc]e|\bcopying|raw\.githubusercontent|apache\.org/licenses/?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex File();

    [GeneratedRegex(@"\b(?:mit|bsd|apache|asl|gnu|general|lesser|affero|library|[al]?gpl ?v?\d?|mozilla|mpl|eclipse|epl|isc|zlib|boost"
        + @"|python|psf|perl|artistic|creative commons|cc|cc0|public|domain|open source|osi|approved|dfsg|dual|multiple|various"
        + @"|other|todo|tbd|declaration|unknown|see|file|copying|style|new|freely distributable|foundation|version|v?\d+)\b")]
    private static partial Regex Family();

    [GeneratedRegex(@"eula|\bterms\b|commercial|proprietary", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Contract();

    [GeneratedRegex(@"\bGNU\b|GPL", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Gnu();

    [GeneratedRegex(@"\b(?:only|must not|may not|non (?:production|commercial)|nonproduction|noncommercial|not (?:licensed|for|granted)"
        + @"|subscribers?|members|closed source|no (?:reuse|redistribution|commercial|production)|academic|educational|evaluation"
        + @"|personal use)\b")]
    private static partial Regex Limits();
}
